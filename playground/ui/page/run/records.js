/** What this browser remembers of its runs: the right to steer them, and what they train. */
import { local } from "../core/storage.js";

const MOST_RECORDS = 20;

/** @type {Record<string, any>} for a browser that forgets */
let remembered = {};

/** @returns {Record<string, any>} */
const records = () => local.get("runs") ?? remembered;

/**
 * What is remembered of a run.
 * @param {string} id
 */
export const recordOf = (id) => records()[id] ?? null;

/**
 * Remembers more of a run; the oldest run is forgotten.
 * @param {string} id
 * @param {{control?: string, experiment?: any, data?: any}} values
 */
export function remember(id, values) {
  const all = { ...records(), [id]: { ...recordOf(id), ...values, at: Date.now() } };
  const newestFirst = Object.entries(all).sort((a, b) => b[1].at - a[1].at);
  remembered = Object.fromEntries(newestFirst.slice(0, MOST_RECORDS));
  local.set("runs", remembered);
}
