/**
 * A Plotly figure whose owner says what it shows; it is drawn while it can be seen, and keeps zoom and
 * hover.
 */
import { h, visible } from "../core/dom.js";
import { on } from "../core/topics.js";
import { translate } from "../core/words.js";
import { onResize } from "./canvas.js";
import { baseLayout, plotConfig, plotly, registerWords } from "./plotly.js";

/**
 * @typedef {{data: any[], layout: any} | null} Drawing traces and layout as Plotly has them; null:
 * nothing to show
 */

/**
 * @typedef {object} Options
 * @property {string} file name of the picture that one may download
 * @property {number} height
 * @property {() => Drawing} describe asked at every `show`, and again when the theme or the language changes
 * @property {() => string} [idle] what stands there while there is nothing to show
 */

/**
 * @param {Element} root the card
 * @param {Options} options
 */
export function figure(root, { file, height, describe, idle }) {
  const plotted = h("div", { class: "figure-plot", style: `height:${height}px` });
  const failed = h("p", { class: "dim", "data-t": "chart.failed", hidden: true });
  const empty = h("p", { class: "figure-empty dim", hidden: true });
  const element = h("div", { class: "figure" }, plotted, empty, failed);
  /** @type {any} the library, once it is there */
  let library = null;
  let isMade = false;
  let isLoading = false;

  async function load() {
    if (isLoading) return;
    isLoading = true;
    try {
      library = await plotly();
      registerWords();
      failed.hidden = true;
    } catch {
      translate(failed);
      failed.hidden = false;
    }
    isLoading = false;
    if (library) show();
  }

  function show() {
    const drawing = describe();
    // its place is kept, so that nothing jumps when the first answer comes
    plotted.classList.toggle("is-empty", drawing === null);
    empty.hidden = drawing !== null;
    empty.textContent = idle?.() ?? "";
    if (drawing === null || !visible(plotted)) return;
    if (!library) {
      load();
      return;
    }
    const layout = { ...baseLayout(), height, ...drawing.layout };
    // `react` keeps what people zoomed as long as the layout's uirevision stays the same
    if (isMade) library.react(plotted, drawing.data, layout, plotConfig(file));
    else library.newPlot(plotted, drawing.data, layout, plotConfig(file));
    isMade = true;
  }

  function showSoon() {
    requestAnimationFrame(show); // the theme's colours are there with the next frame
  }

  on("tab", showSoon, root);
  on("dark", showSoon, root);
  on(
    "lang",
    () => {
      if (library) registerWords();
      show();
    },
    root,
  );
  onResize(element, () => {
    if (isMade && visible(plotted)) library.Plots.resize(plotted);
    else show();
  });

  return {
    element,
    plotted,
    show,
    /** Whether it stands there, so that a part of it may be restyled. */
    isMade: () => isMade,
    /**
     * Changes some properties of some traces, which is quicker than `show`.
     * @param {Record<string, any>} change
     * @param {number[]} traces
     */
    restyle(change, traces) {
      if (isMade && visible(plotted)) library.restyle(plotted, change, traces);
    },
    /** @param {Record<string, any>} change of the layout, quicker than `show` */
    relayout(change) {
      if (isMade && visible(plotted)) library.relayout(plotted, change);
    },
  };
}
