/**
 * A Plotly figure whose owner says what it shows; it is drawn while it can be seen, and keeps zoom and
 * hover.
 */
import { h, visible } from "../core/dom.js";
import { on } from "../core/topics.js";
import { translate } from "../core/words.js";
import { onResize } from "./canvas.js";
import { baseLayout, nameButtons, plotConfig, plotly, registerWords, withButtons } from "./plotly.js";

/** Until it is laid out. */
const USUAL_WIDTH = 480;

/**
 * @typedef {{data: any[], layout: any} | null} Drawing traces and layout as Plotly has them; null:
 * nothing to show
 */

/**
 * @typedef {object} Options
 * @property {string} file name of the picture that one may download
 * @property {number | ((width: number) => number)} height
 * @property {() => Drawing} describe asked at every `show`, and again when the theme or the language changes
 * @property {() => string} [idle] what stands there while there is nothing to show
 */

export class Figure {
  /** @param {Options} options */
  constructor({ file, height, describe, idle }) {
    this.file = file;
    this.heightAt = typeof height === "number" ? () => height : height;
    this.describe = describe;
    this.idle = idle ?? (() => "");
    this.plotted = h("div", { class: "figure-plot", style: `height:${this.heightAt(USUAL_WIDTH)}px` });
    this.failed = h("p", { class: "dim", "data-t": "chart.failed", hidden: true });
    this.empty = h("p", { class: "figure-empty dim", hidden: true });
    this.element = h("div", { class: "figure" }, this.plotted, this.empty, this.failed);
    /** @type {any} Plotly, once it is there */
    this.library = null;
    this.isMade = false;
    this.isLoading = false;
  }

  async load() {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      this.library = await plotly();
      registerWords();
      this.failed.hidden = true;
    } catch {
      translate(this.failed);
      this.failed.hidden = false;
    }
    this.isLoading = false;
    if (this.library) this.show();
  }

  /** Draws what there is to show now; an unseen figure is drawn when it is seen. */
  show() {
    const drawing = this.describe();
    // its place is kept, so that nothing jumps when the first answer comes
    this.plotted.classList.toggle("is-empty", drawing === null);
    this.empty.hidden = drawing !== null;
    this.empty.textContent = this.idle();
    if (drawing === null || !visible(this.plotted)) return;
    if (!this.library) {
      this.load();
      return;
    }
    const height = this.heightAt(this.element.clientWidth);
    this.plotted.style.height = `${height}px`;
    const own = { ...baseLayout(), ...drawing.layout };
    const layout = { ...own, height, margin: withButtons(own.margin) };
    // `react` keeps what people zoomed as long as the layout's uirevision stays the same
    const draw = this.isMade ? this.library.react : this.library.newPlot;
    const drawn = draw(this.plotted, drawing.data, layout, plotConfig(this.file));
    drawn.then(() => nameButtons(this.plotted));
    this.isMade = true;
  }

  /** Whether a part of it may be changed by itself. */
  isChangeable() {
    return this.isMade && visible(this.plotted);
  }

  /**
   * Changes some properties of some traces, which is quicker than `show`.
   * @param {Record<string, any>} change
   * @param {number[]} traces
   */
  restyle(change, traces) {
    if (this.isChangeable()) this.library.restyle(this.plotted, change, traces);
  }

  /** @param {Record<string, any>} change of the layout, quicker than `show` */
  relayout(change) {
    if (this.isChangeable()) this.library.relayout(this.plotted, change);
  }
}

/**
 * A figure that follows tab, width, theme and language as long as its card stands.
 * @param {Element} root the card
 * @param {Options} options
 */
export function figure(root, options) {
  const made = new Figure(options);
  // the theme's colours are there with the next frame
  const showSoon = () => requestAnimationFrame(() => made.show());
  function speak() {
    if (made.library) registerWords();
    made.show();
  }
  on("tab", showSoon, root);
  on("dark", showSoon, root);
  on("lang", speak, root);
  onResize(made.element, () => made.show());
  return made;
}
