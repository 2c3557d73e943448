/** An array of any rank as grids of cells, and the colour of a cell. Pure. */
import { numberOf } from "./numbers.js";

const MOST_CELLS = 4096;

/** @typedef {{prefix: number[], rows: any[][]}} Grid the last two axes at a place of those before */

/**
 * @param {any} cells nested as deep as the array has axes
 * @param {number[]} shape
 * @returns {Grid[]} one for rank two and below
 */
export function gridsOf(cells, shape) {
  if (shape.length === 0) return [{ prefix: [], rows: [[cells]] }];
  if (shape.length === 1) return [{ prefix: [], rows: [cells] }];
  if (shape.length === 2) return [{ prefix: [], rows: cells }];
  return cells.flatMap((/** @type {any} */ inner, /** @type {number} */ place) =>
    gridsOf(inner, shape.slice(1)).map(({ prefix, rows }) => ({ prefix: [place, ...prefix], rows })),
  );
}

/**
 * The grids that fit, and how many cells are left out.
 * @param {Grid[]} grids
 * @param {number} [most]
 */
export function fitting(grids, most = MOST_CELLS) {
  let room = most;
  let left = 0;
  const fit = [];
  for (const { prefix, rows } of grids) {
    const shown = [];
    for (const row of rows) {
      const part = row.slice(0, room);
      room -= part.length;
      left += row.length - part.length;
      if (part.length || !row.length) shown.push(part);
    }
    if (shown.length || !rows.length) fit.push({ prefix, rows: shown });
  }
  return { grids: fit, left };
}

/**
 * The index of a cell as torch has it.
 * @param {number} rank
 * @param {number[]} prefix
 * @param {number} row
 * @param {number} column
 */
export function indexOf(rank, prefix, row, column) {
  if (rank === 0) return [];
  return rank === 1 ? [column] : [...prefix, row, column];
}

/**
 * The roles of the cells by their index.
 * @param {[number[] | number, string][]} marks
 */
export function rolesOf(marks) {
  /** @type {Map<string, string>} */
  const roles = new Map();
  for (const [index, role] of marks) roles.set(String(index), role);
  return roles;
}

/**
 * The ends of the finite values.
 * @param {Grid[]} grids
 */
export function extentOf(grids) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { rows } of grids)
    for (const row of rows)
      for (const cell of row) {
        const value = numberOf(cell);
        if (value === null || !Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/**
 * How strong the colour of a cell is: from −1 to 1 around zero ("values"), from 0 to 1 ("levels"), or null.
 * @param {any} cell
 * @param {string} colours
 * @param {{low: number, high: number}} extent
 */
export function strengthOf(cell, colours, { low, high }) {
  const value = numberOf(cell);
  if (!colours || value === null || Number.isNaN(value)) return null;
  if (colours === "values") {
    const most = Math.max(Math.abs(low), Math.abs(high));
    if (!Number.isFinite(value)) return Math.sign(value);
    return most ? value / most : 0;
  }
  if (!Number.isFinite(value)) return value > 0 ? 1 : 0;
  return high > low ? (value - low) / (high - low) : 0.5;
}
