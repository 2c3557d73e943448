/** Values of a lab's fields: as they are typed, as they stand in a box, along a slider. Pure, no page. */

/** @typedef {import("../types.js").Descriptor} Descriptor */

/** So many places has a slider that is not stepped by whole numbers. */
export const SLIDER_STEPS = 400;
const WIDE = 2000; // a wider range of whole numbers is on a logarithmic scale
const WIDEST = 1e6; // such as a seed: no slider finds one

/**
 * JSON as people type it: with round brackets, single quotes, the brackets of a Chinese keyboard.
 * @param {string} text
 * @returns {{value: any} | null} null where it cannot be read
 */
export function readJson(text) {
  const usual = text
    .replace(/[（(【]/g, "[")
    .replace(/[）)】]/g, "]")
    .replace(/[，、]/g, ",")
    .replace(/：/g, ":")
    .replace(/[‘’']/g, '"')
    .replace(/[“”]/g, '"');
  for (const candidate of [text, usual, usual.replace(/,\s*\]/g, "]")]) {
    try {
      return { value: JSON.parse(candidate) };
    } catch {
      // the next reading
    }
  }
  return null;
}

/**
 * A value with a space after each comma, as a person would write it.
 * @param {any} value
 * @returns {string}
 */
export function writeJson(value) {
  if (Array.isArray(value)) return `[${value.map(writeJson).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${writeJson(inner)}`);
  return `{${pairs.join(", ")}}`;
}

/**
 * Whether a slider helps: between two limits that are not too far apart.
 * @param {Descriptor} field
 */
export function hasSlider({ control, min, max }) {
  if (control !== "integer" && control !== "number") return false;
  if (typeof min !== "number" || typeof max !== "number") return false;
  return max > min && max - min <= WIDEST;
}

/** @param {Descriptor} field */
const isLogarithmic = ({ log, control, min, max }) =>
  Boolean(log) || (control === "integer" && Number(max) - Number(min) > WIDE);

/**
 * How many places the slider has.
 * @param {Descriptor} field
 */
export function placesOf(field) {
  const range = Number(field.max) - Number(field.min);
  if (isLogarithmic(field)) return SLIDER_STEPS;
  return field.control === "integer" ? range : Math.round(range / stepOf(field));
}

/**
 * The step of a slider along numbers: 1, 2 or 5 times a power of ten, or the field's own.
 * @param {Descriptor} field
 */
function stepOf({ step, min, max }) {
  if (step) return step;
  const wanted = (Number(max) - Number(min)) / SLIDER_STEPS;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const lead = [1, 2, 5, 10].find((candidate) => candidate * power >= wanted * 0.999) ?? 10;
  return lead * power;
}

/**
 * The value at a place of the slider.
 * @param {number} place
 * @param {Descriptor} field
 */
export function valueAt(place, field) {
  const min = Number(field.min);
  const max = Number(field.max);
  if (!isLogarithmic(field)) {
    const step = field.control === "integer" ? 1 : stepOf(field);
    return withoutNoise(Math.min(max, min + place * step));
  }
  const share = place / SLIDER_STEPS;
  // a logarithm needs a start above zero
  const value = min > 0 ? min * (max / min) ** share : min + (max - min + 1) ** share - 1;
  const isEnd = place <= 0 || place >= SLIDER_STEPS;
  if (isEnd) return place <= 0 ? min : max;
  return field.control === "integer" ? Math.round(value) : Number(value.toPrecision(2));
}

/**
 * The place of a value on the slider.
 * @param {any} value
 * @param {Descriptor} field
 */
export function placeOf(value, field) {
  const min = Number(field.min);
  const max = Number(field.max);
  const within = Math.min(max, Math.max(min, Number(value)));
  if (!Number.isFinite(within)) return 0;
  if (!isLogarithmic(field)) {
    const step = field.control === "integer" ? 1 : stepOf(field);
    return Math.round((within - min) / step);
  }
  const share =
    min > 0
      ? Math.log(within / min) / Math.log(max / min)
      : Math.log(within - min + 1) / Math.log(max - min + 1);
  return Math.round(SLIDER_STEPS * share);
}

/** 0.30000000000000004 is 0.3. @param {number} number */
const withoutNoise = (number) => Number(number.toPrecision(12));

/**
 * What a handle or a picture wrote, as the fields allow it: whole where they want that, within their limits.
 * @param {Descriptor[]} fields
 * @param {Record<string, any>} changes
 */
export function fitting(fields, changes) {
  /** @type {Record<string, any>} */
  const made = {};
  for (const [name, value] of Object.entries(changes)) {
    const field = fields.find((candidate) => candidate.name === name);
    made[name] = field && typeof value === "number" ? within(field, value) : value;
  }
  return made;
}

/** @param {Descriptor} field @param {number} value */
function within({ control, min, max }, value) {
  const asWanted = control === "integer" ? Math.round(value) : value;
  const atMost = typeof max === "number" ? Math.min(max, asWanted) : asWanted;
  return typeof min === "number" ? Math.max(min, atMost) : atMost;
}
