/** The lines of a figure in a small box. Pure. */
import { numberOf } from "./numbers.js";

/** @typedef {{x: (value: number) => number, y: (value: number) => number}} Scale */

const MARGIN = 6;
const MOST_POINTS = 90;

/**
 * @param {any} part
 * @param {number} width
 * @param {number} height
 * @param {any} [field] a trace of heights under the lines, which fills the box
 * @returns {Scale}
 */
export function scaleOf(part, width, height, field) {
  const flat = field ? [field] : part.traces;
  const hasBars = flat.some((/** @type {any} */ trace) => trace.type === "bar");
  const ys = flat.flatMap((/** @type {any} */ trace) => (trace.y ?? []).map(numberOf));
  const { xaxis, yaxis } = part.layout ?? {};
  const beside = hasBars ? 2 * MARGIN : MARGIN;
  const room = field ? { x: 0, y: 0 } : { x: beside, y: MARGIN };
  return {
    x: along(flat.flatMap(xsOf), xaxis, room.x, width - room.x),
    y: along(hasBars ? [0, ...ys] : ys, yaxis, height - room.y, room.y),
  };
}

/** @param {any} trace @returns {any[]} */
function xsOf(trace) {
  const n = trace.y?.length ?? 0;
  const hasNumbers = trace.x?.every((/** @type {any} */ x) => numberOf(x) !== null);
  return hasNumbers ? trace.x.map(numberOf) : Array.from({ length: n }, (_, k) => k);
}

/**
 * @param {any[]} values
 * @param {any} axis of the layout
 * @param {number} from
 * @param {number} to
 * @returns {(value: number) => number}
 */
function along(values, axis, from, to) {
  const isLog = axis?.type === "log";
  const placed = (/** @type {number} */ value) => (isLog ? Math.log10(value) : value);
  const finite = values
    .filter((value) => value !== null)
    .map(placed)
    .filter(Number.isFinite);
  const [low, high] = axis?.range ?? endsOf(finite);
  return (value) => from + ((placed(value) - low) / (high - low || 1)) * (to - from);
}

/**
 * The smallest and the largest; a fiftieth at each end is passed over, which a pole of 1/x would stretch.
 * @param {number[]} values
 */
function endsOf(values) {
  const sorted = values.sort((a, b) => a - b);
  const last = sorted.length - 1;
  return [sorted[Math.floor(0.02 * last)] ?? 0, sorted[Math.ceil(0.98 * last)] ?? 1];
}

/**
 * The points of a trace, and its line broken where a number is missing.
 * @param {any} trace
 * @param {Scale} scale
 */
export function polyline(trace, scale) {
  const xs = xsOf(trace);
  const every = Math.max(1, Math.ceil(xs.length / MOST_POINTS));
  /** @type {string[]} */
  const paths = [];
  /** @type {[number, number][]} */
  const points = [];
  let isBroken = true;
  for (let k = 0; k < xs.length; k += every) {
    const y = numberOf(trace.y[k]);
    const at = [scale.x(xs[k]), scale.y(y ?? Number.NaN)].map((value) => Math.round(10 * value) / 10);
    if (!at.every(Number.isFinite)) {
      isBroken = true;
      continue;
    }
    points.push([at[0], at[1]]);
    if (isBroken) paths.push(`M${at[0]} ${at[1]}`);
    else paths[paths.length - 1] += `L${at[0]} ${at[1]}`;
    isBroken = false;
  }
  return { paths, points };
}
