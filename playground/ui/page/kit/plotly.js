/**
 * Plotly, with the page's colours, words and buttons. It weighs 4.8 MB: loaded once, when the first chart
 * is seen.
 */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";
import { token } from "./colors.js";
import { toolbar } from "./toolbar.js";

/** @type {Promise<any> | null} */
let loading = null;

const present = () => /** @type {any} */ (window).Plotly;

/**
 * The library. Rejects where it cannot be loaded; the next chart that asks tries again.
 * @returns {Promise<any>}
 */
export function plotly() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  if (present()) return present();
  const script = h("script", { src: new URL("../plotly.min.js", import.meta.url).href });
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("plotly"));
  });
  document.head.append(script);
  await loaded;
  return present();
}

const BUTTON_WORDS = {
  "Download plot as a PNG": "chart.download",
  "Download plot as a png": "chart.download",
  Zoom: "chart.zoom",
  Pan: "chart.pan",
  "Zoom in": "chart.zoom_in",
  "Zoom out": "chart.zoom_out",
  Autoscale: "chart.autoscale",
  "Reset axes": "chart.reset_axes",
};

/** Tells Plotly the words of its buttons in the page's language; a chart wears them at its next `react`. */
export function registerWords() {
  /** @type {Record<string, string>} */
  const dictionary = {};
  for (const [word, key] of Object.entries(BUTTON_WORDS)) dictionary[word] = t(key);
  present().register({ moduleType: "locale", name: state.lang, dictionary, format: {} });
}

/**
 * Makes Plotly's buttons of a chart one stop for the Tab key and gives them a name, which they lack. To be
 * called after each drawing: Plotly makes them again where the language changed.
 * @param {HTMLElement} element of the chart
 */
export function nameButtons(element) {
  for (const bar of element.querySelectorAll(".modebar:not([data-t-label])")) {
    toolbar(/** @type {HTMLElement} */ (bar), "chart.tools");
  }
}

const UNUSED_BUTTONS = [
  "sendChartToCloud",
  "sendDataToCloud",
  "select2d",
  "lasso2d",
  "resetScale2d",
  "zoomIn2d",
  "zoomOut2d",
];

/** @param {string} file name of the picture that one may download */
export const plotConfig = (file) => ({
  displaylogo: false,
  responsive: false,
  showTips: false,
  locale: state.lang,
  doubleClick: "autosize",
  displayModeBar: "hover",
  showSendToCloud: false,
  modeBarButtonsToRemove: UNUSED_BUTTONS,
  toImageButtonOptions: { filename: file, scale: 2 },
});

/**
 * Whether the page is used with fingers: there a drag scrolls the page, and the buttons of a chart always
 * show.
 */
export const isTouch = () => matchMedia("(pointer: coarse)").matches;

/** Room above a chart for buttons of a finger's size. */
const TOUCH_TOP = 46;

/**
 * The margins of a chart, with room for its buttons where they always show.
 * @param {Record<string, number>} margin
 */
export const withButtons = (margin) => (isTouch() ? { ...margin, t: TOUCH_TOP } : margin);

export const axisLook = () => ({
  color: token("dim"),
  gridcolor: token("line"),
  linecolor: token("line"),
  zeroline: false,
  automargin: false,
  fixedrange: false,
  tickfont: { size: 11 },
});

export const hoverLook = () => ({
  bgcolor: token("card"),
  bordercolor: token("line"),
  font: { color: token("ink"), size: 12 },
  namelength: -1, // whole names, however long
});

export const buttonLook = () => ({
  bgcolor: "rgba(0,0,0,0)",
  color: token("dim"),
  activecolor: token("ink"),
  orientation: "h",
});

/** What every chart has: a see-through ground, the page's type, room for the buttons. */
export function baseLayout() {
  const touch = isTouch();
  return {
    margin: { l: 54, r: 12, t: touch ? TOUCH_TOP : 10, b: 34 },
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: token("dim") },
    hoverlabel: hoverLook(),
    dragmode: touch ? false : "zoom",
    modebar: buttonLook(),
    uirevision: "kept",
  };
}
