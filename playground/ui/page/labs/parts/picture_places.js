/** Where the window of a picture goes: a click, a key. Pure. */

/** @typedef {{row: number, column: number}} Place */

/** @type {Record<string, [number, number]>} key → rows and columns that it moves by */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const LARGE_STEP = 5;

/**
 * The place inside the picture that is nearest.
 * @param {Place} place
 * @param {number} height
 * @param {number} width
 * @returns {Place}
 */
export const inside = ({ row, column }, height, width) => ({
  row: Math.max(0, Math.min(height - 1, row)),
  column: Math.max(0, Math.min(width - 1, column)),
});

/**
 * Where an arrow key moves it; null for another key.
 * @param {Place} place
 * @param {string} key
 * @param {boolean} isLarge
 * @returns {Place | null}
 */
export function movedBy(place, key, isLarge) {
  const step = STEPS[key];
  if (!step) return null;
  const by = isLarge ? LARGE_STEP : 1;
  return { row: place.row + by * step[0], column: place.column + by * step[1] };
}

/**
 * The pixel under a point.
 * @param {{left: number, top: number, width: number, height: number}} box of the picture, on the screen
 * @param {number} x
 * @param {number} y
 * @param {number} height in pixels
 * @param {number} width
 * @returns {Place}
 */
export function pixelAt(box, x, y, height, width) {
  const row = Math.floor(((y - box.top) / box.height) * height);
  const column = Math.floor(((x - box.left) / box.width) * width);
  return inside({ row, column }, height, width);
}

/**
 * The fields that a place is written to.
 * @param {{row_field: string, column_field: string}} part
 * @param {Place} place
 */
export function placeFields({ row_field: rowField, column_field: columnField }, { row, column }) {
  /** @type {Record<string, number>} */
  const changes = {};
  if (rowField) changes[rowField] = row;
  if (columnField) changes[columnField] = column;
  return changes;
}
