/** Pictures on a canvas, one canvas pixel a value; the style sheet scales them up. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { shownData } from "../run/shown.js";
import { scales } from "./colors.js";

/**
 * @param {any} canvas
 * @param {number} height
 * @param {number} width
 * @param {(pixels: Uint8ClampedArray) => void} fill writes red, green, blue, opacity of each pixel
 */
function put(canvas, height, width, fill) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  fill(image.data);
  context.putImageData(image, 0, 0);
}

/**
 * @param {any} canvas
 * @param {ArrayLike<number>} bytes
 * @param {number} height
 * @param {number} width
 * @param {Uint8ClampedArray} table 256 colours
 */
function drawScaled(canvas, bytes, height, width, table) {
  put(canvas, height, width, (pixels) => {
    for (let i = 0; i < height * width; i += 1) {
      const at = 4 * bytes[i];
      pixels[4 * i] = table[at];
      pixels[4 * i + 1] = table[at + 1];
      pixels[4 * i + 2] = table[at + 2];
      pixels[4 * i + 3] = 255;
    }
  });
}

/**
 * @param {any} canvas
 * @param {ArrayLike<number>} bytes
 * @param {number} height
 * @param {number} width
 */
export const drawGrey = (canvas, bytes, height, width) =>
  drawScaled(canvas, bytes, height, width, scales.grey);

/**
 * @param {any} canvas
 * @param {ArrayLike<number>} bytes
 * @param {number} height
 * @param {number} width
 */
export const drawViridis = (canvas, bytes, height, width) =>
  drawScaled(canvas, bytes, height, width, scales.viridis);

/**
 * Bytes with zero at 128, or numbers between -limit and limit.
 * @param {any} canvas
 * @param {Uint8Array | ArrayLike<number>} values
 * @param {number} height
 * @param {number} width
 * @param {number} [limit]
 */
export function drawDiverging(canvas, values, height, width, limit = 1) {
  const toByte = (/** @type {number} */ value) => 128 + Math.round((127 * value) / (limit || 1));
  const bytes = values instanceof Uint8Array ? values : Uint8Array.from(values, toByte);
  drawScaled(canvas, bytes, height, width, state.dark ? scales.diverging.dark : scales.diverging.light);
}

/**
 * A picture of `channels` bytes a pixel: grey, or red, green and blue.
 * @param {any} canvas
 * @param {ArrayLike<number>} bytes
 * @param {number} height
 * @param {number} width
 * @param {number} [channels]
 */
export function drawPicture(canvas, bytes, height, width, channels = 1) {
  if (channels !== 3) {
    drawGrey(canvas, bytes, height, width);
    return;
  }
  put(canvas, height, width, (pixels) => {
    for (let i = 0; i < height * width; i += 1) {
      for (let k = 0; k < 3; k += 1) pixels[4 * i + k] = bytes[3 * i + k];
      pixels[4 * i + 3] = 255;
    }
  });
}

/**
 * Channels one after the other → pixel by pixel.
 * @param {Uint8Array} bytes
 * @param {number} channels
 */
export function interleaved(bytes, channels) {
  if (channels === 1) return bytes;
  const n = bytes.length / channels;
  return Uint8Array.from(bytes, (_, i) => bytes[(i % channels) * n + Math.floor(i / channels)]);
}

/**
 * Draws the pixels of a sample in the size of the data; a drawing is grey, whatever the data.
 * @param {any} canvas
 * @param {Uint8Array | null} pixels
 */
export function drawSample(canvas, pixels) {
  const shape = shownData()?.shape ?? [];
  const [channels, height, width] = shape.length === 3 ? shape : [1, 28, 28];
  const isColour = pixels?.length === channels * height * width;
  drawPicture(canvas, pixels ?? new Uint8Array(height * width), height, width, isColour ? channels : 1);
}

/**
 * All colours of a scale in a row, with the numbers that they begin and end with.
 * @param {(canvas: any, bytes: Uint8Array, height: number, width: number) => void} draw
 * @param {number} low
 * @param {number} high
 */
export function scaleBar(draw, low, high) {
  const bar = h("canvas", { "aria-hidden": "true" });
  draw(
    bar,
    Uint8Array.from({ length: 256 }, (_, i) => i),
    1,
    256,
  );
  return [h("span", {}, format.number(low)), bar, h("span", {}, format.number(high))];
}
