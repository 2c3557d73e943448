/** The lines of a chart: where the numbers of each are in the history, what it is called, how it looks. */
import { hasWords, t } from "../../core/words.js";
import { rampColor, token } from "../../kit/colors.js";
import { runHistory } from "../../run/history.js";
import { layerLabel } from "../../run/layers.js";
import { plannedRate } from "../../run/plan.js";
import { modeOf } from "./look.js";

/**
 * @typedef {object} Line
 * @property {any} trace as the server describes it
 * @property {string} [path] of its layer
 * @property {() => number[]} x the steps of all its rows
 * @property {(i: number) => any} y the value of a row
 * @property {() => string} name
 * @property {() => string} color
 */

/** @param {string} part of a loss that has several */
const partName = (part) => (hasWords(`part.${part}`) ? t(`part.${part}`) : part);

/** @param {any} trace @returns {Line} */
function singleLine(trace) {
  const table = () => (trace.table === "plan" ? plannedRate() : runHistory[trace.table]);
  return {
    trace,
    x: () => table()?.step ?? [],
    y: (i) => table()?.[trace.y]?.[i],
    name: () => t(trace.name),
    color: () => token(trace.colour),
  };
}

/**
 * A line for each of several values that a row of the history has, dark to bright.
 * @param {any} trace
 * @param {string[]} members layers by path, or parts of the loss
 * @returns {Line[]}
 */
function fannedLines(trace, members) {
  const shareOf = (/** @type {number} */ k) => (members.length > 1 ? k / (members.length - 1) : 0.5);
  const suffix = () => (trace.suffix ? ` ${t(trace.suffix)}` : "");
  const nameOf = trace.per_part ? partName : layerLabel;
  return members.map((member, k) => ({
    trace,
    path: trace.per_layer ? member : undefined,
    x: () => runHistory.layers.step,
    y: (i) => runHistory.layers[trace.y]?.[i]?.[k],
    name: () => nameOf(member) + suffix(),
    color: () => rampColor(shareOf(k)),
  }));
}

/**
 * All lines that the chart has by now.
 * @param {any} spec
 * @returns {Line[]}
 */
export function linesOf(spec) {
  /** @type {Line[]} */
  const lines = [];
  for (const trace of spec.traces) {
    const isMissing = trace.optional && !runHistory.layers[trace.y]?.length;
    if (isMissing) continue;
    if (trace.per_part) lines.push(...fannedLines(trace, runHistory.part_names));
    else if (trace.per_layer) lines.push(...fannedLines(trace, runHistory.layer_names));
    else lines.push(singleLine(trace));
  }
  return lines;
}

/** @param {Line} line how Plotly draws it, without its numbers */
export const traceOf = (line) => ({
  type: "scatter",
  mode: modeOf(line),
  name: line.name(),
  opacity: line.trace.opacity ?? 1,
  line: { color: line.color(), width: line.trace.width, dash: line.trace.dash ?? "solid" },
  marker: { color: line.color(), size: 5 },
  hoverinfo: line.trace.opacity ? "skip" : "all",
  connectgaps: false,
});
