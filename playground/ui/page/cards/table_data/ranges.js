/** What a bar of a column's histogram stands for: pure, no page. */

/**
 * @typedef {object} Bars
 * @property {number[]} counts
 * @property {number} low
 * @property {number} high
 * @property {string[] | null} [names] of categories
 */

/**
 * A category, or the range of numbers from this bar's left edge to its right one.
 * @param {Bars} bars
 * @param {number} i
 * @param {(value: number) => string} written
 */
export function rangeOf({ counts, low, high, names }, i, written) {
  if (names) return names[i];
  const width = (high - low) / counts.length;
  return `${written(low + i * width)} – ${written(low + (i + 1) * width)}`;
}

/**
 * Which columns could not be predicted, so that one before them is: nobody chose that.
 * @param {{passed_over?: string[], columns: {name: string, target: boolean}[]}} table
 */
export function passedOver({ passed_over: names = [], columns }) {
  const target = columns.find((column) => column.target)?.name;
  if (!names.length || !target) return null;
  return { target, names: names.slice(0, 3).join(", "), nMore: Math.max(0, names.length - 3) };
}
