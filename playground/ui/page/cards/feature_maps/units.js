/** A vector as one row of bars. */
import { drawBars } from "../../kit/bars.js";

const HEIGHT = 150;

/**
 * @param {any} canvas
 * @param {number} width
 * @param {{bytes: Uint8Array, min: number, max: number}} units
 */
export function drawUnits(canvas, width, { bytes, min, max }) {
  drawBars(canvas, bytes, { min, max }, { width, height: HEIGHT });
  return {
    /** @param {number} x */
    at(x) {
      const unit = Math.floor((x / width) * bytes.length);
      return { index: Math.min(bytes.length - 1, Math.max(0, unit)) };
    },
  };
}
