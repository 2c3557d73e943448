/** The pixels of a picture on a canvas, one canvas pixel each. */
import { scales } from "../../kit/colors.js";
import { numberOf } from "./numbers.js";

const NOT_A_NUMBER = [185, 52, 52];

/**
 * @param {any} canvas
 * @param {any} part `colours`: "values", "levels", or "heat" for a field of numbers that is no photo
 * @param {boolean} isDark
 */
export function paint(canvas, part, isDark) {
  const height = part.pixels.length;
  const width = part.pixels[0]?.length ?? 0;
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  if (!width) return;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const colour = colouring(part, isDark);
  for (const [r, row] of part.pixels.entries())
    for (const [c, value] of row.entries()) image.data.set([...colour(value), 255], 4 * (r * width + c));
  context.putImageData(image, 0, 0);
}

/**
 * How a pixel becomes red, green and blue.
 * @param {any} part
 * @param {boolean} isDark
 * @returns {(value: any) => ArrayLike<number> & Iterable<number>}
 */
function colouring({ colours, low, high }, isDark) {
  const span = high - low || 1;
  const byteOf = (/** @type {any} */ value) => {
    const share = ((numberOf(value) ?? low) - low) / span;
    return Math.round(255 * Math.max(0, Math.min(1, share)));
  };
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const aroundZero = (/** @type {any} */ value) => {
    const share = (numberOf(value) ?? 0) / most;
    return Math.round(127.5 * (1 + Math.max(-1, Math.min(1, share))));
  };
  const table = tableOf(colours, isDark);
  return (value) => {
    if (Array.isArray(value)) return value.map(byteOf);
    if (value === "NaN") return NOT_A_NUMBER;
    const at = 4 * (colours === "values" ? aroundZero(value) : byteOf(value));
    return table.subarray(at, at + 3);
  };
}

/**
 * @param {string} colours
 * @param {boolean} isDark
 */
function tableOf(colours, isDark) {
  if (colours === "values") return isDark ? scales.diverging.dark : scales.diverging.light;
  return colours === "heat" ? scales.viridis : scales.grey;
}
