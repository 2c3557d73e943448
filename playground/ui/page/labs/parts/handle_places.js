/** Where a handle stands and what its fields become: between data and pixels. Pure. */
import { isSameJson } from "../../core/json.js";
import { niceStep } from "../../kit/numbers.js";

/**
 * @typedef {object} Axis as Plotly has it
 * @property {string} type "log": its range is in powers of ten
 * @property {number[]} range
 * @property {number} offset of its first pixel
 * @property {number} length in pixels
 * @property {boolean} [isUp] it runs upwards, as y does
 */

const KEY_STEPS = 100; // a key moves by a hundredth of the axis
const LARGE = 10;

/** @param {Axis} axis @param {number} value */
const linear = ({ type }, value) => (type === "log" ? Math.log10(value) : value);

/** @param {Axis} axis @param {number} value */
const unlinear = ({ type }, value) => (type === "log" ? 10 ** value : value);

/**
 * The pixel of a value; one outside of the axis stands at its end.
 * @param {Axis} axis
 * @param {number} value
 */
export function toPixel(axis, value) {
  const [low, high] = axis.range;
  const share = (linear(axis, value) - low) / (high - low || 1);
  const inside = Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
  return axis.offset + axis.length * (axis.isUp ? 1 - inside : inside);
}

/**
 * The value of a pixel, as round as a pixel allows.
 * @param {Axis} axis
 * @param {number} pixel
 */
export function toValue(axis, pixel) {
  const share = Math.max(0, Math.min(1, (pixel - axis.offset) / (axis.length || 1)));
  const [low, high] = axis.range;
  const place = low + (high - low) * (axis.isUp ? 1 - share : share);
  return rounded(axis, place, axis.length / 2);
}

/**
 * Where a key moves a value.
 * @param {Axis} axis
 * @param {number} value
 * @param {number} direction 1 or −1
 * @param {boolean} isLarge
 */
export function stepped(axis, value, direction, isLarge) {
  const [low, high] = axis.range;
  const by = niceStep(Math.abs(high - low), KEY_STEPS) * (isLarge ? LARGE : 1);
  const from = Number.isFinite(linear(axis, value)) ? linear(axis, value) : low;
  return rounded(axis, from + direction * by, KEY_STEPS * 10);
}

/**
 * @param {Axis} axis
 * @param {number} place on the axis, a power of ten where it is logarithmic
 * @param {number} n how many different places the axis has
 */
function rounded(axis, place, n) {
  const [low, high] = axis.range;
  if (axis.type === "log") return Number(unlinear(axis, place).toPrecision(3));
  const step = niceStep(Math.abs(high - low), n);
  const digits = Math.max(0, Math.min(12, Math.ceil(-Math.log10(step)) + 1));
  return Number((Math.round(place / step) * step).toFixed(digits)) + 0; // never −0
}

/**
 * The fields that a moved handle is written to.
 * @param {any} handle
 * @param {number} x
 * @param {number} y
 * @param {Record<string, any>} [state] of the lab, where the handle does not bring the whole list
 * @returns {Record<string, any>}
 */
export function changesOf(handle, x, y, state = {}) {
  const { x_field: xField, y_field: yField, along } = handle;
  if (along) return { [xField]: placed(handle, xField, valueAlong(along, x, y), state) };
  if (xField && xField === yField) return { [xField]: placed(handle, xField, [x, y], state) };
  /** @type {Record<string, any>} */
  const changes = {};
  if (xField) changes[xField] = placed(handle, xField, x, state);
  if (yField) changes[yField] = placed(handle, yField, y, state);
  return changes;
}

/**
 * A place as the fields of a handle take it, such as whole numbers: those of a list are not looked at.
 * @param {any} handle
 * @param {{x: number, y: number}} place
 * @param {((changes: Record<string, any>) => Record<string, any>) | undefined} fit
 * @returns {{x: number, y: number}}
 */
export function fittingPlace({ x_field: xField, y_field: yField, index, along }, { x, y }, fit) {
  const isList = (index ?? null) !== null || xField === yField;
  if (!fit || isList || along) return { x, y };
  const fields = fit({ [xField]: x, [yField]: y });
  return { x: xField ? fields[xField] : x, y: yField ? fields[yField] : y };
}

/**
 * Where a handle stands when an answer comes: where it was moved to, while the answer is to an older state.
 * @param {any} before the handle as it stands, moved or not; undefined: it is new
 * @param {any} handle of the answer
 * @param {Record<string, any>} [state] the fields as they are now
 * @returns {{x: number, y: number}}
 */
export function standing(before, handle, state) {
  const fits = (/** @type {any} */ { x, y }) =>
    isSameJson(changesOf(handle, x, y, state), fieldsOf(handle, state));
  const isOld = state !== undefined && before && !fits(handle) && fits(before);
  const { x, y } = isOld ? before : handle;
  return { x, y };
}

/**
 * @param {any} handle
 * @param {Record<string, any>} [state]
 */
function fieldsOf({ x_field: xField, y_field: yField }, state = {}) {
  /** @type {Record<string, any>} */
  const fields = {};
  for (const name of [xField, yField]) if (name) fields[name] = state[name];
  return fields;
}

/**
 * What the field of a handle with a direction becomes at a place.
 * @param {[number, number, number]} along
 * @param {number} x
 * @param {number} y
 */
function valueAlong([a, b, c], x, y) {
  return Number((a * x + b * y + c).toPrecision(4)) + 0; // never −0
}

/**
 * Where a handle goes when it is pulled to a place: it may have one direction only.
 * @param {any} handle
 * @param {number} x
 * @param {number} y
 */
export function pulled(handle, x, y) {
  const { along, x_field: xField, y_field: yField } = handle;
  if (!along) return { x: xField ? x : handle.x, y: yField ? y : handle.y };
  const [a, b] = along;
  const share = ((x - handle.x) * a + (y - handle.y) * b) / (a * a + b * b || 1);
  return { x: handle.x + share * a, y: handle.y + share * b };
}

/**
 * @param {any} handle
 * @param {string} field
 * @param {any} value
 * @param {Record<string, any>} state
 */
function placed({ index, whole }, field, value, state) {
  if (index === null || index === undefined) return value;
  const list = [...(whole ?? state[field] ?? [])];
  list[index] = value;
  return list;
}
