/** How each layer's weights, and the last gradients, are spread: a pair of small histograms a layer. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { translate } from "../core/words.js";
import { asking } from "../kit/asking.js";
import { card, head } from "../kit/card.js";
import { rampColor } from "../kit/colors.js";
import { layerLabel } from "../run/layers.js";
import { Cell } from "./histograms/cell.js";

const HZ = 2;

/** @typedef {import("./histograms/cell.js").Histogram} Histogram */
/** @typedef {{path: string, weights: Histogram, gradients: Histogram | null}} LayerHistograms */

/** A row a layer: its weights and, from the first step on, its gradients. */
class Table {
  /** @param {HTMLElement} line says what is under the pointer */
  constructor(line) {
    this.line = line;
    this.element = h("div", { class: "histograms" });
    this.later = h("p", { class: "dim histograms-later", "data-t": "histograms.later", hidden: true });
    /** @type {{name: HTMLElement, weights: Cell, gradients: Cell}[]} */
    this.rows = [];
    this.pathsShown = "";
  }

  /** @param {number} n */
  rebuild(n) {
    this.rows = Array.from({ length: n }, () => this.row());
    const head = [
      h("span"),
      h("span", { class: "dim", "data-t": "histograms.weights" }),
      h("span", { class: "dim of-gradients", "data-t": "histograms.gradients" }),
    ];
    this.element.replaceChildren(...head);
    for (const { name, weights, gradients } of this.rows) {
      this.element.append(name, weights.box, gradients.box);
    }
    translate(this.element);
  }

  row() {
    const name = h("span", { class: "histogram-name" });
    const weights = new Cell("histograms.weights", this.line);
    const gradients = new Cell("histograms.gradients", this.line);
    gradients.box.classList.add("of-gradients");
    return { name, weights, gradients };
  }

  /** @param {{layers: LayerHistograms[]}} answer */
  draw({ layers }) {
    const paths = layers.map(({ path }) => path).join(" ");
    if (paths !== this.pathsShown) this.rebuild(layers.length);
    this.pathsShown = paths;
    const hasGradients = layers.some(({ gradients }) => gradients);
    this.element.classList.toggle("without-gradients", !hasGradients);
    this.later.hidden = hasGradients;
    layers.forEach((layer, k) => this.show(layer, k, layers.length));
  }

  /**
   * @param {LayerHistograms} layer
   * @param {number} k which layer it is
   * @param {number} n of so many
   */
  show({ path, weights, gradients }, k, n) {
    const label = layerLabel(path);
    const color = rampColor(n > 1 ? k / (n - 1) : 0.5);
    const row = this.rows[k];
    row.name.textContent = label;
    row.weights.show(weights, label, color);
    row.gradients.show(gradients, label, color);
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const line = h("p", { class: "maps-line num dim" });
  const table = new Table(line);
  const title = head("histograms.title", "histograms.help");
  root.append(h("section", { class: "card" }, title, table.element, table.later, line));
  asking(root, {
    board: table.element,
    hz: HZ,
    question: () => (state.sample ? { name: "histograms" } : null),
    draw: (answer) => table.draw(answer),
  });
}

export default card("histograms", setup);
