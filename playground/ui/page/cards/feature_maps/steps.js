/** The maps of a sequence as one picture: a row a feature, a column a step, the steps' names above. */
import { fitCanvas } from "../../kit/canvas.js";
import { scales, token } from "../../kit/colors.js";

const TOP = 18; // the names
const MOST_HEIGHT = 280;
const LEAST_ROW = 3;
const MOST_ROW = 12;
const LETTER = 7; // its width
const NAMED_LETTERS = 3; // where not every step has room for its name

/**
 * Which steps are named, and with how many letters, so that names do not overlap.
 * @param {number} stepWidth
 */
export function naming(stepWidth) {
  const letters = Math.floor(stepWidth / LETTER);
  if (letters >= 1) return { every: 1, letters };
  return { every: Math.ceil((NAMED_LETTERS * LETTER) / stepWidth), letters: NAMED_LETTERS };
}

/**
 * @param {any} canvas
 * @param {number} width
 * @param {{bytes: Uint8Array, shape: [number, number, number], steps: string[]}} maps
 */
export function drawSteps(canvas, width, { bytes, shape, steps }) {
  const [, rows, columns] = shape;
  const stepWidth = width / columns;
  const rowHeight = Math.max(LEAST_ROW, Math.min(MOST_ROW, MOST_HEIGHT / rows));
  const height = TOP + rows * rowHeight;
  const context = fitCanvas(canvas, width, height);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const { viridis } = scales;
  for (let i = 0; i < rows * columns; i += 1) {
    const at = 4 * bytes[i];
    const x = (i % columns) * stepWidth;
    const y = TOP + Math.floor(i / columns) * rowHeight;
    context.fillStyle = `rgb(${viridis[at]} ${viridis[at + 1]} ${viridis[at + 2]})`;
    context.fillRect(x, y, stepWidth + 0.3, rowHeight + 0.3); // a little wider: no seams
  }
  nameSteps(context, steps, stepWidth);
  return {
    /**
     * @param {number} x
     * @param {number} y
     */
    at(x, y) {
      const column = Math.floor(x / stepWidth);
      const row = Math.floor((y - TOP) / rowHeight);
      const isInside = column >= 0 && column < columns && row >= 0 && row < rows;
      return isInside ? { row, column, index: row * columns + column } : null;
    },
  };
}

/**
 * @param {any} context
 * @param {string[]} steps
 * @param {number} stepWidth
 */
function nameSteps(context, steps, stepWidth) {
  const { every, letters } = naming(stepWidth);
  context.fillStyle = token("ink");
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  steps.forEach((step, i) => {
    if (i % every === 0) context.fillText(step.slice(0, letters), (i + 0.5) * stepWidth, TOP - 5);
  });
}
