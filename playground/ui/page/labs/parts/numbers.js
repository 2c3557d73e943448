/** Numbers of the labs as text: whole numbers whole, others with as many digits as asked for. */

/** How JSON has what is not finite. */
export const NOT_FINITE = ["NaN", "Infinity", "-Infinity"];

const WHOLE_BELOW = 1e15;
const EXPONENT_FROM = 1e6;
const EXPONENT_BELOW = 1e-4;

const grouped = new Intl.NumberFormat("en-US");

/**
 * @param {any} value of JSON; what is not finite comes as "NaN", "Infinity" or "-Infinity"
 * @param {number} [digits] that count
 * @returns {string}
 */
export function textOf(value, digits = 3) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return tupleOf(value, digits);
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < WHOLE_BELOW) return String(value);
  return fraction(value, digits);
}

/**
 * @param {number} value
 * @param {number} digits
 */
function fraction(value, digits) {
  const size = Math.abs(value);
  if (size >= EXPONENT_FROM || size < EXPONENT_BELOW) return exponent(value, digits);
  const before = Math.max(1, Math.floor(Math.log10(size)) + 1);
  const after = size >= 1 ? Math.max(0, digits - before) : digits - 1 - Math.floor(Math.log10(size));
  return withoutZeros(value.toFixed(Math.min(after, 20)));
}

/**
 * @param {number} value
 * @param {number} digits
 */
function exponent(value, digits) {
  const [lead, power] = value.toExponential(Math.max(0, digits - 1)).split("e");
  return `${withoutZeros(lead)}e${power.replace("+", "")}`;
}

/** @param {string} text */
const withoutZeros = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/**
 * A list as Python writes a tuple, which is how torch writes shapes.
 * @param {any[]} values
 * @param {number} digits
 * @returns {string}
 */
function tupleOf(values, digits) {
  const inner = values.map((value) => textOf(value, digits)).join(", ");
  return values.length === 1 ? `(${inner},)` : `(${inner})`;
}

/**
 * A number in a sentence: large whole numbers are grouped.
 * @param {any} value
 */
export function inSentence(value) {
  const isWhole = typeof value === "number" && Number.isInteger(value) && Math.abs(value) < WHOLE_BELOW;
  return isWhole ? grouped.format(value) : textOf(value, 4);
}

/**
 * The number, whatever JSON had to write; null for what is no number at all.
 * @param {any} value
 * @returns {number | null}
 */
export function numberOf(value) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (value === "Infinity") return Number.POSITIVE_INFINITY;
  if (value === "-Infinity") return Number.NEGATIVE_INFINITY;
  return value === "NaN" ? Number.NaN : null;
}
