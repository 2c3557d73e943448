/** The plane on a canvas: the surface, the data on top, and the point that is asked about. */
import { fitCanvas } from "../../kit/canvas.js";
import { classColor, token, traceMark } from "../../kit/colors.js";

const LARGE = 380; // from this side on marks are a little larger

/**
 * @param {number} size
 * @param {number[]} extent
 */
function scalesOf(size, [x0, x1, y0, y1]) {
  return {
    X: (/** @type {number} */ value) => ((value - x0) / (x1 - x0)) * size,
    Y: (/** @type {number} */ value) => size - ((value - y0) / (y1 - y0)) * size,
  };
}

/**
 * @param {any} canvas
 * @param {number} size of its side
 * @param {{sheet: any, extent: number[], data: any, asked: number[] | null}} what
 */
export function paintPlane(canvas, size, { sheet, extent, data, asked }) {
  canvas.style.width = `${size}px`;
  canvas.style.height = `${size}px`;
  const context = fitCanvas(canvas, size, size);
  context.fillStyle = token("soft");
  context.fillRect(0, 0, size, size);
  if (sheet) {
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(sheet, 0, 0, size, size);
  }
  const { X, Y } = scalesOf(size, extent);
  const radius = size > LARGE ? 3.4 : 2.7;
  data?.x.forEach((/** @type {number[]} */ [x, y], /** @type {number} */ i) => {
    paintPoint(context, { label: data.y[i], isValidation: data.part[i] === 1, x: X(x), y: Y(y), radius });
  });
  if (asked) paintRing(context, X(asked[0]), Y(asked[1]), size);
}

/**
 * Training points are full, validation points are rings.
 * @param {any} context
 * @param {{label: number, isValidation: boolean, x: number, y: number, radius: number}} point
 */
function paintPoint(context, { label, isValidation, x, y, radius }) {
  const color = classColor(label);
  traceMark(context, label, x, y, isValidation ? radius * 1.15 : radius);
  context.lineWidth = isValidation ? 1.8 : 0.8;
  context.strokeStyle = isValidation ? color : token("card");
  context.fillStyle = isValidation ? token("card") : color;
  context.fill();
  context.stroke();
}

/**
 * @param {any} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function paintRing(context, x, y, size) {
  context.strokeStyle = token("ink");
  context.lineWidth = 1;
  context.globalAlpha = 0.4;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, size);
  context.moveTo(0, y);
  context.lineTo(size, y);
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = 2.4;
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.stroke();
}
