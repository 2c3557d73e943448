/** One histogram, drawn on a canvas, with the ends of its axis below it. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { t } from "../../core/words.js";
import { fitCanvas, reader } from "../../kit/canvas.js";
import { token } from "../../kit/colors.js";

const HEIGHT = 46;
const TOP = 3; // room above the highest bar
const GAP = 0.8;

/** @typedef {{counts: number[], edges: number[], not_finite: number}} Histogram */

export class Cell {
  /**
   * @param {string} words a key: what it counts
   * @param {HTMLElement} line says what is under the pointer
   */
  constructor(words, line) {
    this.words = words;
    this.canvas = h("canvas", { role: "img" });
    this.low = h("span");
    this.high = h("span");
    this.odd = h("span", { class: "fault" });
    const ends = h("span", { class: "histogram-ends num dim" }, this.low, this.odd, this.high);
    this.box = h("div", { class: "histogram" }, this.canvas, ends);
    /** @type {Histogram | null} */
    this.data = null;
    reader(
      this.canvas,
      line,
      (x) => this.read(x),
      () => "",
    );
  }

  /**
   * @param {Histogram | null} data null where there are no gradients yet
   * @param {string} layer its name
   * @param {string} color
   */
  show(data, layer, color) {
    this.data = data;
    this.box.classList.toggle("none", !data);
    this.canvas.hidden = !data;
    this.low.textContent = data ? format.number(data.edges[0]) : t("histograms.none");
    this.high.textContent = data ? format.number(data.edges.at(-1)) : "";
    this.odd.textContent = data?.not_finite ? t("histograms.odd", { n: format.count(data.not_finite) }) : "";
    const width = this.box.clientWidth;
    if (!data || !width) return;
    this.canvas.style.height = `${HEIGHT}px`;
    this.canvas.setAttribute("aria-label", `${layer}, ${t(this.words)}`);
    drawHistogram(fitCanvas(this.canvas, width, HEIGHT), data, width, color);
  }

  /** @param {number} x */
  read(x) {
    if (!this.data) return "";
    const { counts, edges } = this.data;
    const at = Math.floor((x / this.canvas.clientWidth) * counts.length);
    const bin = Math.min(counts.length - 1, Math.max(0, at));
    return t("histograms.value", {
      low: format.number(edges[bin]),
      high: format.number(edges[bin + 1]),
      count: format.count(counts[bin]),
    });
  }
}

/**
 * @param {any} context of a canvas
 * @param {Pick<Histogram, "counts"|"edges">} data
 * @param {number} width
 * @param {string} color
 */
export function drawHistogram(context, { counts, edges }, width, color) {
  const most = Math.max(...counts, 1);
  const step = width / counts.length;
  context.fillStyle = color;
  counts.forEach((count, i) => {
    const size = (HEIGHT - TOP) * Math.sqrt(count / most); // so that rare values are seen beside common ones
    context.fillRect(i * step, HEIGHT - 1 - size, Math.max(0.5, step - GAP), size);
  });
  context.fillStyle = token("dim");
  context.fillRect(0, HEIGHT - 1, width, 1);
  const [low] = edges;
  const high = edges[edges.length - 1];
  if (low < 0 && high > 0) context.fillRect((-low / (high - low)) * width, 4, 1, HEIGHT - 4);
}
