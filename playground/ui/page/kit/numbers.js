/** Numbers of charts: marks of axes, smoothing, thinning. */
import { extremes } from "../run/thinning.js";

/**
 * The step of an axis with about n marks: 1, 2 or 5 times a power of ten.
 * @param {number} span
 * @param {number} n
 */
export function niceStep(span, n) {
  const rough = span / Math.max(1, n);
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const lead = rough / power;
  if (lead > 5) return 10 * power;
  if (lead > 2) return 5 * power;
  return lead > 1 ? 2 * power : power;
}

/**
 * Exponential moving average that starts at the first value; feed it one value at a time.
 * @param {number} weight
 * @returns {(value: number | null) => number | null}
 */
export function smoother(weight) {
  let mean = 0;
  let norm = 0;
  return (value) => {
    if (value === null || !Number.isFinite(value)) return null;
    mean = weight * mean + (1 - weight) * value;
    norm = weight * norm + (1 - weight);
    return mean / norm;
  };
}

/**
 * The same picture of a line in no more than about `most` points: spikes stay, and so does the last point.
 * @param {number[]} x steps, ascending
 * @param {any[]} y
 * @param {number} most
 * @returns {[number[], any[]]}
 */
export function thinned(x, y, most) {
  const n = x.length;
  if (n <= most) return [x, y];
  const keep = extremes(x, y, n, Math.floor(most / 2));
  if (keep.at(-1) !== n - 1) keep.push(n - 1);
  return [keep.map((i) => x[i]), keep.map((i) => y[i])];
}
