/**
 * How often charts draw: at most five times a second, and all together no more than a share of the page's
 * time.
 */

const FASTEST_MS = 200;
const SHARE_OF_TIME = 0.3;

/** @type {Map<object, number>} milliseconds that each chart last took */
const costs = new Map();

/**
 * @param {object} chart
 * @param {number} ms that drawing it took
 */
export const spend = (chart, ms) => costs.set(chart, ms);

/** @param {object} chart that does not draw for now */
export const rest = (chart) => costs.delete(chart);

/** Milliseconds between two drawings of a chart. */
export function pause() {
  let total = 0;
  for (const cost of costs.values()) total += cost;
  return Math.max(FASTEST_MS, total / SHARE_OF_TIME);
}
