/** One head of an encoder as a square: a row looks at its columns. */
import { fitCanvas } from "../../kit/canvas.js";
import { scales, token } from "../../kit/colors.js";
import { tokenSign } from "../../kit/tokens.js";

const SIDE = 190;
const EDGE = 16; // where the steps are named
const LEAST_CELL = 3;
const MOST_CELL = 16;
const NAMED_CELL = 7; // smaller ones leave no room for letters
const LETTERS = 2;

/**
 * @param {any} canvas
 * @param {number[][]} matrix
 * @param {string[]} steps
 * @returns {(x: number, y: number) => {row: number, column: number}} the cell at a place of the canvas
 */
export function drawHead(canvas, matrix, steps) {
  const n = matrix.length;
  const cell = Math.max(LEAST_CELL, Math.min(MOST_CELL, (SIDE - EDGE) / n));
  const size = EDGE + n * cell;
  const context = fitCanvas(canvas, size, size);
  Object.assign(canvas.style, { width: `${size}px`, height: `${size}px`, cursor: "crosshair" });
  drawCells(context, matrix, cell);
  if (cell >= NAMED_CELL) nameSteps(context, steps.slice(0, n), cell);
  return (x, y) => ({ row: Math.floor((y - EDGE) / cell), column: Math.floor((x - EDGE) / cell) });
}

/**
 * @param {any} context
 * @param {number[][]} matrix
 * @param {number} cell
 */
function drawCells(context, matrix, cell) {
  const { viridis } = scales;
  const most = Math.max(...matrix.flat(), 1e-6);
  matrix.forEach((weights, row) => {
    weights.forEach((weight, column) => {
      const at = 4 * Math.round((255 * weight) / most);
      context.fillStyle = `rgb(${viridis[at]} ${viridis[at + 1]} ${viridis[at + 2]})`;
      context.fillRect(EDGE + column * cell, EDGE + row * cell, cell + 0.3, cell + 0.3); // no seams
    });
  });
}

/**
 * @param {any} context
 * @param {string[]} steps
 * @param {number} cell
 */
function nameSteps(context, steps, cell) {
  context.fillStyle = token("ink");
  context.font = `${Math.min(12, cell + 1)}px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  steps.forEach((step, i) => {
    const name = tokenSign(step).slice(0, LETTERS);
    context.fillText(name, EDGE + (i + 0.5) * cell, EDGE - 4);
    context.fillText(name, EDGE / 2, EDGE + (i + 0.8) * cell);
  });
}
