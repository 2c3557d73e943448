/** Many small pictures side by side. */
import { fitCanvas } from "./canvas.js";

/**
 * Draws n tiles of h × w bytes side by side, all scaled up by one factor, and remembers where they are.
 * @param {any} canvas
 * @param {{bytes: Uint8Array, n: number, h: number, w: number, table: Uint8ClampedArray, columns: number,
 *   width: number,
 *   gap?: number, most?: number, frame?: string | null}} tiles `most` is the largest side of a tile
 */
export function mosaic(canvas, { bytes, n, h, w, table, columns, width, gap = 6, most = 160, frame = null }) {
  const cell = Math.min(most, (width - gap * (columns - 1)) / columns);
  const scale = cell / Math.max(h, w);
  const tileW = w * scale;
  const tileH = h * scale;
  const rows = Math.ceil(n / columns);
  const height = rows * tileH + (rows - 1) * gap;
  canvas.style.height = `${height}px`;
  canvas.style.width = `${width}px`;
  const context = fitCanvas(canvas, width, height);
  context.imageSmoothingEnabled = false;
  const sheet = coloured(bytes, n * h, w, table);
  const place = (/** @type {number} */ k) => [
    (k % columns) * (tileW + gap),
    Math.floor(k / columns) * (tileH + gap),
  ];
  for (let k = 0; k < n; k += 1) {
    const [x, y] = place(k);
    context.drawImage(sheet, 0, k * h, w, h, x, y, tileW, tileH);
    if (!frame) continue;
    context.strokeStyle = frame;
    context.strokeRect(x + 0.5, y + 0.5, tileW - 1, tileH - 1);
  }
  /**
   * What is at a place in CSS pixels of the canvas.
   * @param {number} x
   * @param {number} y
   */
  function at(x, y) {
    const column = Math.floor(x / (tileW + gap));
    const row = Math.floor(y / (tileH + gap));
    const tile = row * columns + column;
    const dx = x - column * (tileW + gap);
    const dy = y - row * (tileH + gap);
    if (x < 0 || y < 0 || column >= columns || tile >= n || dx >= tileW || dy >= tileH) return null;
    const c = Math.floor(dx / scale);
    const r = Math.floor(dy / scale);
    return { tile, row: r, column: c, index: tile * h * w + r * w + c };
  }
  return { tileW, tileH, place, at };
}

/**
 * All tiles below one another, one pixel a byte.
 * @param {Uint8Array} bytes
 * @param {number} rows
 * @param {number} columns
 * @param {Uint8ClampedArray} table
 */
function coloured(bytes, rows, columns, table) {
  const sheet = new OffscreenCanvas(columns, rows);
  const context = /** @type {any} */ (sheet.getContext("2d"));
  const image = context.createImageData(columns, rows);
  // four bytes at a time: half of the time of a large mosaic goes here
  const pixels = new Uint32Array(image.data.buffer);
  const colours = new Uint32Array(table.buffer, table.byteOffset, 256);
  for (let i = 0; i < rows * columns; i += 1) pixels[i] = colours[bytes[i]];
  context.putImageData(image, 0, 0);
  return sheet;
}
