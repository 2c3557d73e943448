/** Vectors as bars. */
import { unscale } from "../core/bytes.js";
import { fitCanvas } from "./canvas.js";
import { token } from "./colors.js";

/**
 * A vector as bars around zero, blue up, orange down.
 * @param {any} canvas
 * @param {Uint8Array} bytes
 * @param {{min: number, max: number}} scale what the bytes stand for
 * @param {{width: number, height: number, highlight?: number}} options
 */
export function drawBars(canvas, bytes, scale, { width, height, highlight = -1 }) {
  const context = fitCanvas(canvas, width, height);
  const low = Math.min(0, scale.min);
  const high = Math.max(0, scale.max);
  const span = high - low || 1;
  const zero = (high / span) * (height - 2) + 1;
  const step = width / bytes.length;
  const gap = step > 4 ? 1 : 0;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const signColor = (/** @type {number} */ value) => (value >= 0 ? token("train") : token("val"));
  bytes.forEach((byte, i) => {
    const value = unscale(byte, scale.min, scale.max);
    const size = (value / span) * (height - 2);
    const thickness = Math.max(Math.abs(size), value === 0 ? 0 : 0.7); // a small value is still seen
    context.fillStyle = i === highlight ? token("ink") : signColor(value);
    context.fillRect(i * step, size >= 0 ? zero - size : zero, Math.max(0.6, step - gap), thickness);
  });
  context.fillStyle = token("dim");
  context.globalAlpha = 0.5;
  context.fillRect(0, zero - 0.5, width, 1);
  context.globalAlpha = 1;
}
