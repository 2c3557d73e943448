/** The first convolution's kernels, blue above zero, orange below; the card hides where no layer has any. */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { openLab } from "../core/tabs.js";
import { localized, t } from "../core/words.js";
import { asking } from "../kit/asking.js";
import { reader } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { scales, token } from "../kit/colors.js";
import { mosaic } from "../kit/mosaic.js";
import { drawDiverging, scaleBar } from "../kit/pixels.js";
import { ask } from "../run/ask.js";
import { hasLayer } from "../run/subject.js";

const HZ = 2;
const GAP = 8;
const MOST_SIDE = 40;
const NARROW = 420;

/**
 * How many kernels stand in a row.
 * @param {number} n
 * @param {number} width
 */
function columnsFor(n, width) {
  if (width < NARROW || n <= 12) return 8;
  return n > 32 ? 16 : 11;
}

/** The kernels that are drawn now. */
class KernelsView {
  /** @param {HTMLElement} root the card */
  constructor(root) {
    this.help = h("small", { class: "num" });
    this.canvas = h("canvas", { class: "maps-canvas", role: "img", "data-t-label": "kernels.title" });
    this.canvas.hidden = true; // nothing large stands there before the first answer
    this.board = h("div", { class: "maps-board" }, this.canvas);
    this.line = h("p", { class: "maps-line num dim" });
    this.scale = h("div", { class: "maps-scale num" });
    this.number = h("input", {
      type: "text",
      inputmode: "numeric",
      autocomplete: "off",
      value: "0",
      class: "num",
    });
    const toLab = h("button", { type: "button", class: "small", onclick: () => this.openInLab() });
    toLab.dataset.t = "kernels.to_lab";
    toLab.dataset.tTitle = "kernels.to_lab.help";
    toLab.dataset.tLabel = "kernels.to_lab";
    const label = h("label", {}, h("span", { "data-t": "kernels.number" }), " ", this.number);
    this.trouble = h("p", { class: "fault", role: "status", hidden: true });
    const lab = h("div", { class: "kernels-lab" }, label, toLab);
    const foot = h("div", { class: "maps-foot" }, this.scale, this.line);
    const frame = h("section", { class: "card" }, head("kernels.title", this.help), this.board, foot);
    frame.append(lab, this.trouble);
    root.append(frame);
    /** @type {any} bytes, where the tiles are, the largest value */
    this.drawn = null;
    this.canvas.addEventListener("click", (/** @type {MouseEvent} */ event) => this.choose(event));
    this.say = reader(
      this.canvas,
      this.line,
      (x, y) => this.read(x, y),
      () => "",
    );
  }

  /** The kernel that is clicked on is the one for the lab. @param {MouseEvent} event */
  choose({ offsetX, offsetY }) {
    const hit = this.drawn?.tiles.at(offsetX, offsetY);
    if (hit) this.number.value = String(hit.tile);
  }

  /** Its weights, the picture that it is given, and how it moves: the lab walks it over the picture. */
  async openInLab() {
    this.trouble.hidden = true;
    try {
      const index = Number(this.number.value);
      const { lab, state: fields, finite } = await ask("kernel_at_work", { index, sample: state.sample });
      if (finite) openLab(lab, fields);
      else this.complain(t("answer.not_finite"));
    } catch (/** @type {any} */ error) {
      this.complain(localized(error.text) || error.message);
    }
  }

  /** @param {string} words */
  complain(words) {
    this.trouble.hidden = false;
    this.trouble.textContent = words;
  }

  /** @param {any} answer */
  draw({ kernels, of }) {
    if (!kernels) return;
    const [n, rows, columns] = kernels.shape;
    const words = of > n ? "kernels.more" : "kernels.help";
    this.help.textContent = t(words, { n, of, height: rows, width: columns });
    this.canvas.hidden = false;
    const bytes = decode(kernels);
    const width = this.board.clientWidth;
    const tiles = mosaic(this.canvas, {
      bytes,
      n,
      h: rows,
      w: columns,
      table: state.dark ? scales.diverging.dark : scales.diverging.light,
      columns: columnsFor(n, width),
      width,
      gap: GAP,
      most: MOST_SIDE,
      frame: token("dim"),
    });
    this.drawn = { bytes, tiles, most: kernels.max };
    this.scale.replaceChildren(...scaleBar(drawDiverging, kernels.min, kernels.max));
    this.say();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  read(x, y) {
    const hit = this.drawn?.tiles.at(x, y);
    if (!hit) return "";
    const value = ((this.drawn.bytes[hit.index] - 128) / 127) * this.drawn.most; // zero stands at 128
    const { tile, row, column } = hit;
    return t("kernels.value", { kernel: tile, row, column, value: format.number(value) });
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const view = new KernelsView(root);
  asking(root, {
    board: view.board,
    hz: HZ,
    applies: () => hasLayer("has_kernels"),
    question: () => (state.sample ? { name: "kernels" } : null),
    draw: (answer) => view.draw(answer),
  });
}

export default card("kernels", setup);
