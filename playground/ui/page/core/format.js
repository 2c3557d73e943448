/** Numbers as people read them. What is no number (a half-typed field holds a text) shows as a dash. */

const NONE = "–";
const grouped = new Intl.NumberFormat("en-US");
const sixDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** @param {any} value */
const isNone = (value) => typeof value !== "number" || Number.isNaN(value);

/**
 * The number in the largest unit in which it is at least one: 12300 with k, M, … is "12.3 k".
 * @param {number} value
 * @param {string[]} units
 */
function scaled(value, units) {
  let rest = value;
  let unit = 0;
  // 999.5 is rounded to 1000, which is 1.0 of the next unit
  while (unit < units.length - 1 && Math.abs(rest) >= 1000 * 0.9995) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || rest >= 100 ? 0 : 1;
  return rest.toFixed(digits) + units[unit];
}

/**
 * @param {number} value
 * @param {number} digits
 */
const exponent = (value, digits) =>
  value
    .toExponential(digits)
    .replace(/\.?0+e/, "e")
    .replace("e+", "e");

/** @param {any} n how many of something */
function count(n) {
  if (isNone(n)) return NONE;
  if (Math.abs(n) < 10000) return grouped.format(Math.round(n));
  return scaled(n, ["", " k", " M", " G", " T", " P"]);
}

/** @param {any} n */
const bytes = (n) => (isNone(n) ? NONE : scaled(n, [" B", " kB", " MB", " GB", " TB"]));

/** @param {any} s a duration in seconds */
function seconds(s) {
  if (isNone(s)) return NONE;
  if (s < 0.095) return `${Math.max(1, Math.round(s * 1000))} ms`;
  if (s < 9.95) return `${s.toFixed(1)} s`;
  if (s < 99.5) return `${Math.round(s)} s`;
  return s < 5970 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
}

/** @param {any} s time left, in seconds, as on a clock */
function clock(s) {
  if (isNone(s)) return "–:––";
  const whole = Math.max(0, Math.ceil(s));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** @param {any} x any measured number */
function number(x) {
  if (isNone(x)) return NONE;
  if (!Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  if (size === 0) return "0.000";
  if (size >= 1e4 && size < 1e6) return grouped.format(Math.round(x)); // such as prices
  if (size < 5e-4 || size >= 1e6) return x.toExponential(1).replace("e+", "e");
  if (size >= 100) return x.toFixed(1);
  return x.toFixed(size >= 10 ? 2 : 3);
}

/** @param {any} x a value of the data, as a person would write it */
const value = (x) => (isNone(x) ? NONE : sixDigits.format(x));

/** @param {any} share of 1 */
const percent = (share) => (isNone(share) ? NONE : `${(100 * share).toFixed(1)} %`);

/** @param {any} x a learning rate: short, since it is read beside a curve */
function lr(x) {
  if (isNone(x)) return NONE;
  if (x === 0) return "0";
  return x < 0.01 || x >= 100 ? exponent(x, 1) : String(Number(x.toPrecision(3)));
}

const ENDINGS = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en-US", { type: "ordinal" });

/** @param {number} n a place in a line: 3 is "3rd" */
function ordinal(n) {
  const rule = /** @type {keyof typeof ENDINGS} */ (ordinals.select(n));
  return `${n}${ENDINGS[rule]}`;
}

/** @param {number[] | null | undefined} sizes */
function shape(sizes) {
  if (!sizes) return "?";
  return sizes.length ? sizes.join(" × ") : "1";
}

export const format = { count, bytes, seconds, clock, number, value, percent, lr, ordinal, shape };
