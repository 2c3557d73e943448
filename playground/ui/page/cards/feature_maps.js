/** What the chosen layer gives for the sample: maps of pictures, a picture over time, or bars. */
import { decode, unscale } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";
import { asking } from "../kit/asking.js";
import { reader } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { drawViridis, scaleBar } from "../kit/pixels.js";
import { tokenRow } from "../kit/tokens.js";
import { layerLabel } from "../run/layers.js";
import { tokensOf } from "../run/reading.js";
import { wire } from "../run/samples.js";
import { shownKind } from "../run/shown.js";
import { drawPictures } from "./feature_maps/pictures.js";
import { drawSteps } from "./feature_maps/steps.js";
import { drawUnits } from "./feature_maps/units.js";

const HZ = 4;
const CHOICES = [16, 32, 64];

/** @typedef {"pictures" | "steps" | "units"} Form how a layer's output is drawn */

/**
 * @typedef {object} Maps the answer, with its bytes
 * @property {Form} form
 * @property {Uint8Array} bytes
 * @property {[number, number, number]} shape
 * @property {number} min what byte 0 stands for
 * @property {number} max
 * @property {number[]} channels
 * @property {number} of
 * @property {string[]} steps
 */

const DRAW = { pictures: drawPictures, steps: drawSteps, units: drawUnits };

/**
 * @param {any} answer
 * @returns {Form}
 */
function formOf({ maps, of, steps }) {
  if (steps) return "steps";
  return maps.shape[1] === 1 && of === 1 ? "units" : "pictures";
}

/**
 * @param {any} answer
 * @returns {Maps}
 */
function mapsOf(answer) {
  const { maps, channels, of, steps = [] } = answer;
  const { min, max, shape } = maps;
  return { form: formOf(answer), bytes: decode(maps), shape, min, max, channels, of, steps };
}

/** @param {Maps} maps */
function helpWords({ form, shape, of }) {
  const [n, rows, columns] = shape;
  if (form === "steps") return t("maps.sequence", { shown: rows, total: of, steps: columns });
  if (form === "units") return t("maps.units", { total: columns });
  return t(n < of ? "maps.help" : "maps.all", { shown: n, total: of, size: format.shape([rows, columns]) });
}

/** How to read a value. @param {Maps} maps */
const hoverWords = ({ form }) => t(form === "units" ? "maps.hover.units" : "maps.hover");

/**
 * @param {Maps} maps
 * @param {any} hit where the pointer is
 */
function valueWords({ form, bytes, min, max, channels, steps }, hit) {
  const value = format.number(unscale(bytes[hit.index], min, max));
  const { row, column, tile, index } = hit;
  if (form === "units") return t("maps.unit_value", { unit: index, value });
  if (form === "pictures") return t("maps.value", { channel: channels[tile], row, column, value });
  return t("maps.step_value", { feature: channels[row], step: column + 1, name: steps[column], value });
}

function mapsParts() {
  const options = CHOICES.map((n) => h("option", { value: n }, String(n)));
  const count = h("select", { "data-t-label": "maps.count" }, options);
  return {
    title: h("span", { "data-t": "maps.waiting" }), // until the first answer
    help: h("small", { class: "num" }),
    count,
    choice: h("label", { class: "field maps-choice" }, h("span", { "data-t": "maps.count" }), count),
    canvas: h("canvas", { class: "maps-canvas", role: "img", hidden: true }),
    text: h("div", { class: "maps-text", hidden: true }),
    scale: h("div", { class: "maps-scale num" }),
    line: h("p", { class: "maps-line num dim" }),
  };
}

/**
 * Whether a layer is the input, and that is a text: its numbers say nothing, its tokens do.
 * @param {string | null} path
 */
const isText = (path) => path === "input" && shownKind() === "text";

/** What the card shows now. */
class MapsView {
  /** @param {HTMLElement} root the card */
  constructor(root) {
    this.parts = mapsParts();
    const { title, help, choice, canvas, text, scale, line } = this.parts;
    this.board = h("div", { class: "maps-board" }, canvas, text);
    this.foot = h("div", { class: "maps-foot", hidden: true }, scale, line);
    /** @type {{maps: Maps, tiles: any} | null} */
    this.drawn = null;
    choice.hidden = true;
    root.append(h("section", { class: "card" }, head(title, help, choice), this.board, this.foot));
    const idle = () => (this.drawn ? hoverWords(this.drawn.maps) : "");
    this.say = reader(canvas, line, (x, y) => this.read(x, y), idle);
  }

  /** @param {any} answer */
  draw(answer) {
    answer.path ??= state.layer; // the one that was asked about
    const { title, choice, canvas, text } = this.parts;
    const maps = mapsOf(answer);
    const isOfText = isText(answer.path);
    delete title.dataset.t;
    title.textContent = t("maps.title", { label: layerLabel(answer.path) });
    canvas.hidden = isOfText;
    text.hidden = !isOfText;
    this.foot.hidden = isOfText;
    choice.hidden = isOfText || maps.form !== "pictures" || maps.of <= CHOICES[0];
    if (isOfText) this.drawText();
    else this.drawMaps(maps);
  }

  async drawText() {
    const { help, text } = this.parts;
    const { sample } = state;
    if (!sample) return;
    const { tokens, known } = await tokensOf(sample);
    if (state.sample !== sample || !isText(state.layer)) return;
    const unit = state.preview?.unit ?? "character";
    text.replaceChildren(tokenRow({ tokens, known, unit, classes: [] }));
    help.textContent = t("maps.tokens", { n: tokens.length });
  }

  /** @param {Maps} maps */
  drawMaps(maps) {
    const { title, help, canvas, scale } = this.parts;
    help.textContent = helpWords(maps);
    canvas.setAttribute("aria-label", `${title.textContent}, ${help.textContent}`);
    this.drawn = { maps, tiles: DRAW[maps.form](canvas, this.board.clientWidth, maps) };
    const ends = `${format.number(maps.min)} … ${format.number(maps.max)}`;
    const bar = maps.form === "units" ? [ends] : scaleBar(drawViridis, maps.min, maps.max);
    scale.replaceChildren(...bar);
    this.say();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  read(x, y) {
    const hit = this.drawn?.tiles.at(x, y);
    return this.drawn && hit ? valueWords(this.drawn.maps, hit) : "";
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const view = new MapsView(root);
  const { count } = view.parts;

  function question() {
    const { sample, layer } = state;
    if (!sample || !layer) return null;
    const body = { path: layer, sample: wire(sample), limit: Number(count.value) };
    return { name: "feature_maps", body };
  }
  const draw = (/** @type {any} */ answer) => view.draw(answer);
  const { wish } = asking(root, { board: view.board, hz: HZ, question, draw, also: ["layer"] });
  count.addEventListener("change", wish);
}

export default card("feature_maps", setup);
