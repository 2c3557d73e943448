/** Axes and marks of a live chart. */
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { hasWords, t } from "../../core/words.js";
import { fieldName } from "../../experiment/catalogue.js";
import { token } from "../../kit/colors.js";
import { axisLook, baseLayout, buttonLook, hoverLook } from "../../kit/plotly.js";

const FEW_LINES = 8;
const NAMED_EVENTS = 4;
const FEWEST_STEPS = 10;
const MOST_MARKS = 60;
export const POINTS_TOO = "lines+markers";
export const HEIGHT = 226;

/** How Plotly draws a line. @param {{trace: any}} line @param {number} [n] how many points it has */
export const modeOf = ({ trace }, n = 0) => (trace.markers && n <= MOST_MARKS ? POINTS_TOO : "lines");

/** @param {number} n how many lines there are */
export const hasMany = (n) => n > FEW_LINES;

/** @param {number} n how many lines there are: the values of many would cover the chart */
export const hoverMode = (n) => (hasMany(n) ? "closest" : "x unified");

/**
 * The step of a logarithmic axis: 1, 2, 5 within a decade or two, else every so many powers of ten.
 * @param {number} decades that it spans
 * @returns {string | number} as Plotly's `dtick`
 */
export function logStep(decades) {
  if (decades < 0.7) return "D1";
  if (decades < 2) return "D2";
  return Math.max(1, Math.ceil(decades / 6));
}

/**
 * @param {any} spec
 * @param {string | number | null} step on a logarithmic axis, else null
 */
export const ticks = (spec, step) => ({
  nticks: 6,
  tickformat: typeof step === "number" ? ".0e" : spec.tickformat,
  dtick: step,
});

/** An axis of shares does not go below nothing, whatever room a single point gets. @param {any} spec */
function rangeMode({ from_zero: isFromZero, tickformat }) {
  if (isFromZero) return "tozero";
  return tickformat.endsWith("%") ? "nonnegative" : "normal";
}

/**
 * @param {any} spec
 * @param {number} n how many lines there are
 * @param {string | number | null} step
 */
export const layoutOf = (spec, n, step) => ({
  ...baseLayout(),
  height: HEIGHT,
  hovermode: hoverMode(n),
  xaxis: {
    ...axisLook(),
    title: { text: t("chart.step"), font: { size: 11 }, standoff: 6 },
    hoverformat: ",d",
    rangemode: "tozero",
    autorangeoptions: { include: FEWEST_STEPS }, // a single measurement would be at a fifth of a step
  },
  yaxis: {
    ...axisLook(),
    type: step === null ? "linear" : "log",
    rangemode: rangeMode(spec),
    ...ticks(spec, step),
    hoverformat: spec.hoverformat,
  },
  shapes: [],
  annotations: [],
});

/** What another theme or language changes; marks are drawn after it. */
export function redressed() {
  /** @type {Record<string, any>} */
  const change = {
    "font.color": token("dim"),
    hoverlabel: hoverLook(),
    modebar: buttonLook(),
    "xaxis.title.text": t("chart.step"),
    shapes: [],
    annotations: [],
  };
  for (const axis of ["xaxis", "yaxis"]) {
    change[`${axis}.color`] = token("dim");
    change[`${axis}.gridcolor`] = token("line");
    change[`${axis}.linecolor`] = token("line");
  }
  return change;
}

/**
 * The range of a y axis that was zoomed, on the other scale.
 * @param {any} axis of Plotly's layout
 * @param {boolean} isLog the scale from now on
 */
export function rescaled(axis, isLog) {
  const convert = (/** @type {number} */ value) => (isLog ? Math.log10(Math.max(value, 1e-12)) : 10 ** value);
  const isZoomed = axis.autorange === false && axis.range;
  if (!isZoomed) return { "yaxis.autorange": true };
  return { "yaxis.range": axis.range.map(convert), "yaxis.autorange": false };
}

/** @typedef {{step: number, kind: string, value: any}} Event something that was set while it trained */

/** @param {Event} event */
const lineAt = ({ step }) => ({
  type: "line",
  xref: "x",
  yref: "paper",
  x0: step,
  x1: step,
  y0: 0,
  y1: 1,
  line: { color: token("lr"), width: 1, dash: "dot" },
});

/** @param {Event} event */
function changeWords({ kind, value }) {
  const shown = value === null ? t("chart.changed.none") : format.lr(value);
  const key = `chart.changed.${kind}`;
  if (hasWords(key)) return t(key, { value: shown });
  const field = state.boot.live_settings[kind]?.at(-1) ?? kind;
  return `${fieldName(field) || kind} ${shown}`;
}

/** @param {Event} event */
function wordsAt(event) {
  return {
    x: event.step,
    yref: "paper",
    y: 1,
    yanchor: "top",
    xanchor: "left",
    showarrow: false,
    text: changeWords(event),
    font: { size: 10.5, color: token("dim") },
  };
}

/**
 * Lines where something was set by hand; the last ones say what.
 * @param {Event[]} events
 * @param {boolean} isNamed
 */
export const marksOf = (events, isNamed) => ({
  shapes: events.map(lineAt),
  annotations: isNamed ? events.slice(-NAMED_EVENTS).map(wordsAt) : [],
});
