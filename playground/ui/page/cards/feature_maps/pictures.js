/**
 * Maps of pictures as one mosaic, each with the number of its channel. On a canvas, since they move four
 * times a second: a heatmap of Plotly takes some fifty times as long for the same picture.
 */
import { scales } from "../../kit/colors.js";
import { mosaic } from "../../kit/mosaic.js";

const NARROW = 520;
const LEAST_NUMBERED = 26; // a smaller tile leaves no room for its number
const MANY = 32;

/**
 * How many maps stand in a row.
 * @param {number} n
 * @param {number} width
 */
export function columnsFor(n, width) {
  if (n <= 4) return Math.max(2, n);
  if (width < NARROW) return n > 16 ? 6 : 4;
  if (n > MANY) return 16;
  return n > 16 ? 11 : 8;
}

/**
 * @param {any} canvas
 * @param {number} width
 * @param {{bytes: Uint8Array, shape: [number, number, number], channels: number[]}} maps
 */
export function drawPictures(canvas, width, { bytes, shape, channels }) {
  const [n, rows, columns] = shape;
  const tiles = mosaic(canvas, {
    bytes,
    n,
    h: rows,
    w: columns,
    table: scales.viridis,
    columns: columnsFor(n, width),
    width,
    gap: n > MANY ? 4 : 8,
  });
  if (tiles.tileW >= LEAST_NUMBERED) numberTiles(canvas.getContext("2d"), tiles, channels);
  return tiles;
}

/**
 * @param {any} context
 * @param {{place: (k: number) => number[]}} tiles
 * @param {number[]} channels
 */
function numberTiles(context, tiles, channels) {
  context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = "top";
  channels.forEach((channel, k) => {
    const [x, y] = tiles.place(k);
    const text = String(channel);
    context.fillStyle = "rgb(0 0 0 / 45%)";
    context.fillRect(x, y, context.measureText(text).width + 6, 13);
    context.fillStyle = "#fff";
    context.fillText(text, x + 3, y + 2);
  });
}
