/** Curves and points of a figure as a small SVG: Plotly would weigh too much for a card. */

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 10;
const MOST_POINTS = 400;

/** @typedef {{x: number[], y: number[]}} Line */

/**
 * The places of a trace that are numbers; a trace that has only heights stands at 0, 1, 2, …
 * @param {any} trace
 * @returns {Line}
 */
export function lineOf({ x, y }) {
  /** @type {Line} */
  const line = { x: [], y: [] };
  if (!Array.isArray(y)) return line;
  const every = Math.max(1, Math.ceil(y.length / MOST_POINTS));
  for (let i = 0; i < y.length; i += every) {
    const across = x ? Number(x[i]) : i;
    if (!Number.isFinite(across) || typeof y[i] !== "number") continue;
    line.x.push(across);
    line.y.push(y[i]);
  }
  return line;
}

/**
 * From the smallest to the largest; a tenth of each end of heights is left out where it is far away.
 * @param {number[]} values
 */
export function rangeOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const low = sorted[Math.floor(0.02 * (sorted.length - 1))];
  const high = sorted[Math.ceil(0.98 * (sorted.length - 1))];
  return low === high ? [low - 1, high + 1] : [low, high];
}

/**
 * @param {any[]} traces of a figure
 * @param {number} width
 * @param {number} height
 */
export function curves(traces, width, height) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const lines = traces.map(lineOf);
  const [left, right] = rangeOf(lines.flatMap(({ x }) => x));
  const [low, high] = rangeOf(lines.flatMap(({ y }) => y));
  const across = (/** @type {number} */ x) => MARGIN + ((x - left) / (right - left)) * (width - 2 * MARGIN);
  const down = (/** @type {number} */ y) =>
    height - MARGIN - ((y - low) / (high - low)) * (height - 2 * MARGIN);
  lines.forEach(({ x, y }, i) => {
    const places = x.map((value, k) => [across(value), down(y[k])]);
    svg.append(shapeOf(traces[i], places));
  });
  return svg;
}

/**
 * @param {any} trace
 * @param {number[][]} places
 */
function shapeOf(trace, places) {
  const path = document.createElementNS(SVG, "path");
  const isPoints = trace.mode === "markers";
  const steps = places.map(([x, y], i) => {
    const at = `${x.toFixed(1)} ${y.toFixed(1)}`;
    if (isPoints) return `M${at}h0.01`;
    return `${i === 0 ? "M" : "L"}${at}`;
  });
  path.setAttribute("d", steps.join(""));
  path.setAttribute("class", isPoints ? "mini-points" : "mini-line");
  path.setAttribute("data-role", String(trace.color ?? "value"));
  return path;
}
