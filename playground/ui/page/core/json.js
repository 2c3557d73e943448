/**
 * Experiments as JSON. The page gives each layer a `_key` to tell it from others; it never leaves the
 * page.
 */

/**
 * For JSON.stringify: leaves out the keys of layers.
 * @param {string} key
 * @param {any} value
 */
export const withoutKeys = (key, value) => (key === "_key" ? undefined : value);

/**
 * The JSON text that is sent and compared.
 * @param {any} value
 */
export const toJson = (value) => JSON.stringify(value, withoutKeys);

/**
 * Whether two values are the same once they are sent.
 * @param {any} a
 * @param {any} b
 */
export const isSameJson = (a, b) => toJson(a) === toJson(b);
