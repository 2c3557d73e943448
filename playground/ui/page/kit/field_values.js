/** What is typed into a field as a value, and a value as it is written: pure, no page. */

/** @typedef {import("../types.js").Descriptor} Descriptor */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BETWEEN_NUMBERS = /[\s,;，、]+/;

/**
 * A number where the text is one, else the text itself, so that the server can say what is wrong with it.
 * @param {string} text
 * @param {Descriptor} descriptor
 */
export function parsed(text, { control, optional }) {
  const trimmed = text.trim().replace("−", "-");
  if (control === "integers") return parsedList(trimmed);
  if (trimmed === "" && optional) return null;
  const number = Number(trimmed);
  return NUMBER.test(trimmed) && Number.isFinite(number) ? number : trimmed;
}

/** @param {string} text */
function parsedList(text) {
  const parts = text.split(BETWEEN_NUMBERS).filter(Boolean);
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : text;
}

/**
 * A value as it stands in the box.
 * @param {any} value
 */
export function written(value) {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/**
 * @param {any} a
 * @param {any} b
 */
export const isSameValue = (a, b) =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.join() === b.join());

/**
 * The next value by arrow key: doubled or 1-2-5 on a logarithmic scale, else a step more; within the
 * field's limits.
 * @param {any} value
 * @param {Descriptor} descriptor
 * @param {boolean} isUp
 */
export function stepped(value, descriptor, isUp) {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = descriptor;
  const next = unlimitedStep(startOf(value, descriptor), descriptor, isUp);
  return Math.min(max, Math.max(min, next));
}

/**
 * From where to step: an empty or half-typed field begins at its default.
 * @param {any} value
 * @param {Descriptor} descriptor
 */
function startOf(value, descriptor) {
  if (typeof value === "number") return value;
  return descriptor.default ?? descriptor.min ?? 0;
}

/**
 * @param {number} number
 * @param {Descriptor} descriptor
 * @param {boolean} isUp
 */
function unlimitedStep(number, { control, log, step }, isUp) {
  const isInteger = control === "integer";
  if (log && isInteger) return isUp ? Math.max(1, number * 2) : Math.floor(number / 2);
  if (log) return niceNeighbour(number, isUp);
  const size = step ?? (isInteger ? 1 : 0.1);
  const steps = Math.round(number / size) + (isUp ? 1 : -1);
  return withoutNoise(steps * size, 12);
}

/**
 * The next of 1, 2, 5, 10, 20, 50, … (also below 1).
 * @param {number} number
 * @param {boolean} isUp
 */
function niceNeighbour(number, isUp) {
  if (number <= 0) return isUp ? 1e-4 : 0;
  const power = Math.floor(Math.log10(number) + 1e-9); // log10(1000) is 2.9999999999999996
  const lead = number / 10 ** power;
  const leads = [0.5, 1, 2, 5, 10];
  const next = isUp
    ? leads.find((candidate) => candidate > lead + 1e-6)
    : leads.findLast((candidate) => candidate < lead - 1e-6);
  return withoutNoise(/** @type {number} */ (next) * 10 ** power, 6);
}

/**
 * 0.30000000000000004 is 0.3.
 * @param {number} number
 * @param {number} digits
 */
const withoutNoise = (number, digits) => Number(number.toPrecision(digits));
