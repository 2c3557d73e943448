/** How the axes of a figure begin and end, where the lab leaves it open. Pure. */
import { numberOf } from "./numbers.js";

const SEVERAL_POWERS = 2;
const MOST_TICKS = 8;
const FLAT = 1e-4; // a span this small beside the values is rounding, not a curve
const ROOM = 0.2;

/**
 * What is added to an axis: ticks of a logarithmic one, the ends of one whose values are all the same.
 * @param {any} wanted of the lab
 * @param {any} part
 * @param {"x" | "y"} side
 */
export function endsOf(wanted, part, side) {
  const isLog = wanted?.type === "log";
  const values = part.traces.flatMap((/** @type {any} */ trace) => (trace[side] ?? []).map(numberOf));
  const shown = values.filter((/** @type {any} */ value) => Number.isFinite(value) && (!isLog || value > 0));
  if (!shown.length) return {};
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  return isLog ? powerTicks(low, high) : steady(low, high);
}

/**
 * An axis of several powers of ten has ticks at those alone; a shorter one between them, as whole numbers:
 * without a format Plotly writes the 2 and the 5 of "0.02" and "0.05" alone, and small.
 * @param {number} low
 * @param {number} high
 */
function powerTicks(low, high) {
  const span = Math.log10(high) - Math.log10(low);
  if (span >= SEVERAL_POWERS) return { dtick: Math.ceil(span / MOST_TICKS) };
  return { dtick: "D2", tickformat: "~g" };
}

/**
 * Without it a constant is drawn as the noise of its last digits.
 * @param {number} low
 * @param {number} high
 */
function steady(low, high) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size === 0 || high - low > FLAT * size) return {};
  return { range: [low - ROOM * size, high + ROOM * size] };
}
