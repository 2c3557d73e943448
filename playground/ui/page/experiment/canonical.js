/** When two experiments are the same. */

/**
 * The same text for two experiments that train alike: keys in order, without the name and the keys of layers.
 * @param {any} experiment
 */
export function canonical(experiment) {
  return JSON.stringify({ ...sorted(experiment), name: null });
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
