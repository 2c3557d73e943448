/** How each layer's weights, and the last gradients, are spread: a pair of small histograms a layer. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { t, translate } from "../core/words.js";
import { asking } from "../kit/asking.js";
import { fitCanvas, reader } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { rampColor, token } from "../kit/colors.js";
import { layerLabel } from "../run/layers.js";

const HZ = 2;
const HEIGHT = 46;
const TOP = 3; // room above the highest bar
const GAP = 0.8;

/** @typedef {{counts: number[], edges: number[]}} Histogram */
/** @typedef {{path: string, weights: Histogram, gradients: Histogram | null}} LayerHistograms */

/** One histogram, with the ends of its axis below it. */
class Cell {
  /**
   * @param {string} words a key: what it counts
   * @param {HTMLElement} line says what is under the pointer
   */
  constructor(words, line) {
    this.words = words;
    this.canvas = h("canvas", { role: "img" });
    this.low = h("span");
    this.high = h("span");
    const ends = h("span", { class: "histogram-ends num dim" }, this.low, this.high);
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
 * @param {any} context
 * @param {Histogram} data
 * @param {number} width
 * @param {string} color
 */
function drawHistogram(context, { counts, edges }, width, color) {
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

/** @param {HTMLElement} root */
function setup(root) {
  const table = h("div", { class: "histograms" });
  const line = h("p", { class: "maps-line num dim" });
  const later = h("p", { class: "dim histograms-later", "data-t": "histograms.later", hidden: true });
  const title = head("histograms.title", "histograms.help");
  root.append(h("section", { class: "card" }, title, table, later, line));
  /** @type {{name: HTMLElement, weights: Cell, gradients: Cell}[]} */
  let rows = [];
  let pathsShown = "";

  function rebuild(/** @type {number} */ n) {
    rows = Array.from({ length: n }, () => ({
      name: h("span", { class: "histogram-name" }),
      weights: new Cell("histograms.weights", line),
      gradients: new Cell("histograms.gradients", line),
    }));
    for (const { gradients } of rows) gradients.box.classList.add("of-gradients");
    const heads = [
      h("span", { class: "dim", "data-t": "histograms.weights" }),
      h("span", { class: "dim of-gradients", "data-t": "histograms.gradients" }),
    ];
    const cells = rows.flatMap(({ name, weights, gradients }) => [name, weights.box, gradients.box]);
    table.replaceChildren(h("span"), ...heads, ...cells);
    translate(table);
  }
  function draw(/** @type {{layers: LayerHistograms[]}} */ { layers }) {
    const paths = layers.map(({ path }) => path).join(" ");
    if (paths !== pathsShown) rebuild(layers.length);
    pathsShown = paths;
    const hasGradients = layers.some(({ gradients }) => gradients);
    table.classList.toggle("without-gradients", !hasGradients);
    later.hidden = hasGradients;
    layers.forEach(({ path, weights, gradients }, k) => {
      const label = layerLabel(path);
      const color = rampColor(layers.length > 1 ? k / (layers.length - 1) : 0.5);
      rows[k].name.textContent = label;
      rows[k].weights.show(weights, label, color);
      rows[k].gradients.show(gradients, label, color);
    });
  }
  asking(root, {
    board: table,
    hz: HZ,
    question: () => (state.sample ? { name: "histograms" } : null),
    draw,
  });
}

export default card("histograms", setup);
