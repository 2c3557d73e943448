/** The blocks of the diagram: one a layer, with a miniature of what it gives now. */
import { decode } from "../../core/bytes.js";
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { t } from "../../core/words.js";
import { drawBars } from "../../kit/bars.js";
import { drawGrey, drawViridis } from "../../kit/pixels.js";
import { tokenSign } from "../../kit/tokens.js";
import { layerEntry, layerLabel } from "../../run/layers.js";

const BARS = { width: 66, height: 30 };
const MOST_TOKENS = 8;

/** @typedef {{path: string, maps?: any, vector?: any}} Miniature what the server says of a layer */

/**
 * The colour family of a layer; the output is a Linear.
 * @param {string} path
 */
export const familyOf = (path) => (path === "output" ? "dense" : (layerEntry(path)?.family ?? "shape"));

export class Block {
  /**
   * @param {string} path
   * @param {() => void} onChosen
   */
  constructor(path, onChosen) {
    this.path = path;
    this.name = h("span", { class: "flow-name" });
    this.minis = h("span", { class: "flow-minis" });
    this.size = h("span", { class: "flow-shape num dim" });
    this.button = h("button", { type: "button", class: "flow-block", onclick: onChosen, "data-path": path });
    this.button.style.setProperty("--c", `var(--${familyOf(path)})`);
    this.button.append(this.name, this.minis, this.size);
  }

  /**
   * @param {number[] | null | undefined} shape
   * @param {boolean} isChosen
   */
  label(shape, isChosen) {
    const label = layerLabel(this.path);
    this.name.textContent = label;
    this.size.textContent = shape ? format.shape(shape) : "";
    this.button.title = t("flow.block", { label, shape: this.size.textContent });
    this.button.setAttribute("aria-pressed", String(isChosen));
    this.button.tabIndex = isChosen ? 0 : -1; // one stop for the Tab key; the arrows walk
  }

  /**
   * Maps as small pictures, a vector as a strip of bars.
   * @param {Miniature} miniature
   */
  paint({ path, maps, vector }) {
    if (!maps) {
      const bytes = decode(vector);
      const [canvas] = this.canvases(1, "flow-vector");
      drawBars(canvas, bytes, vector, BARS);
      return;
    }
    const [n, rows, columns] = maps.shape;
    const bytes = decode(maps);
    const draw = path === "input" ? drawGrey : drawViridis;
    this.canvases(n, "flow-map").forEach((canvas, k) => {
      const map = bytes.subarray(k * rows * columns, (k + 1) * rows * columns);
      draw(canvas, map, rows, columns);
    });
  }

  /**
   * The first tokens of a text.
   * @param {string[]} tokens
   */
  paintTokens(tokens) {
    const text = h("span", { class: "flow-tokens" });
    for (const token of tokens.slice(0, MOST_TOKENS)) text.append(h("span", {}, tokenSign(token)));
    this.minis.replaceChildren(text);
  }

  /**
   * As many canvases as that, those that are there first.
   * @param {number} n
   * @param {string} className
   * @returns {any[]}
   */
  canvases(n, className) {
    const present = [...this.minis.querySelectorAll(`canvas.${className}`)].slice(0, n);
    while (present.length < n) present.push(h("canvas", { class: className, "aria-hidden": "true" }));
    const isSame = this.minis.children.length === n && present[n - 1]?.parentElement === this.minis;
    if (!isSame) this.minis.replaceChildren(...present);
    return present;
  }
}
