/** When two experiments are the same. */

/**
 * @type {WeakMap<object, string>} an experiment is never changed in place, and compared at every message
 * of a run
 */
const texts = new WeakMap();

/**
 * The same text for two experiments that train alike: keys in order, without the name and the keys of layers.
 * @param {any} experiment
 * @returns {string}
 */
export function canonical(experiment) {
  const before = texts.get(experiment);
  if (before !== undefined) return before;
  const text = JSON.stringify({ ...sorted(experiment), name: null });
  texts.set(experiment, text);
  return text;
}

/**
 * @param {any} value
 * @returns {any}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== "object") return value;
  /** @type {Record<string, any>} */
  const copy = {};
  for (const name of Object.keys(value).sort()) {
    if (name !== "_key") copy[name] = sorted(value[name]);
  }
  return copy;
}
