/** The network's answers all over the plane, as colours: the mix of the classes, the paler the less sure. */
import { decode, unscale } from "../../core/bytes.js";
import { state } from "../../core/state.js";
import { classColor } from "../../kit/colors.js";

/** The card's colour, on which the surface lies. */
const GROUND = { light: [255, 255, 255], dark: [23, 30, 40] };
const FAINTEST = 0.12;
const STRONGEST = 0.62;

/** @param {string} hex as "#7b3fe4" */
const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/**
 * Writes the colour of a place: classes weigh by the square of their probability, so that the likely ones
 * stand out. Called for thousands of places a picture, so nothing is allocated here.
 * @param {Uint8ClampedArray | number[]} pixels red, green, blue, opacity of each
 * @param {number} at
 * @param {number[]} probabilities
 * @param {number[][]} colors of the classes
 * @param {number[]} ground
 */
export function mix(pixels, at, probabilities, colors, ground) {
  const classes = probabilities.length;
  let surest = 0;
  let total = 0;
  for (let k = 0; k < classes; k += 1) {
    surest = Math.max(surest, probabilities[k]);
    total += probabilities[k] * probabilities[k];
  }
  const guessing = 1 / classes;
  const sureness = Math.max(0, (surest - guessing) / (1 - guessing));
  const strength = total ? FAINTEST + (STRONGEST - FAINTEST) * sureness : 0;
  for (let channel = 0; channel < 3; channel += 1) {
    let sum = 0;
    for (let k = 0; k < classes; k += 1) sum += probabilities[k] * probabilities[k] * colors[k][channel];
    const mean = total ? sum / total : ground[channel];
    pixels[at + channel] = ground[channel] + (mean - ground[channel]) * strength;
  }
  pixels[at + 3] = 255;
}

/**
 * The surface as a small canvas, a pixel a place; the first row is the top.
 * @param {any} answer
 */
export function sheetOf({ probabilities }) {
  const [classes, rows, columns] = probabilities.shape;
  const bytes = decode(probabilities);
  const low = probabilities.min ?? 0;
  const high = probabilities.max ?? 1;
  const colors = Array.from({ length: classes }, (_, k) => rgb(classColor(k)));
  const ground = state.dark ? GROUND.dark : GROUND.light;
  const sheet = document.createElement("canvas");
  sheet.width = columns;
  sheet.height = rows;
  const context = /** @type {any} */ (sheet.getContext("2d"));
  const image = context.createImageData(columns, rows);
  const size = rows * columns;
  const shares = new Array(classes);
  for (let i = 0; i < size; i += 1) {
    // the server's rows go up, those of a canvas go down
    const row = rows - 1 - Math.floor(i / columns);
    const at = 4 * (columns * row + (i % columns));
    for (let k = 0; k < classes; k += 1) shares[k] = unscale(bytes[k * size + i], low, high);
    mix(image.data, at, shares, colors, ground);
  }
  context.putImageData(image, 0, 0);
  return sheet;
}

/**
 * A square around the points, with some room.
 * @param {number[][]} points
 * @returns {number[]} x from, x to, y from, y to
 */
export function extentOf(points) {
  const corners = points.length
    ? points
    : [
        [-1, -1],
        [1, 1],
      ];
  const ends = [0, 1].map((axis) => {
    let low = Infinity;
    let high = -Infinity;
    for (const point of corners) {
      low = Math.min(low, point[axis]);
      high = Math.max(high, point[axis]);
    }
    return [low, high];
  });
  const half = Math.max(...ends.map(([low, high]) => high - low)) * 0.55;
  const [x, y] = ends.map(([low, high]) => (low + high) / 2);
  return [x - half, x + half, y - half, y + half];
}

/** The points of the data set, once they are known. */
export const points = () => (state.preview?.kind === "points" ? state.preview : null);

/** What the network answered last, all over the plane. */
export class Surface {
  constructor() {
    /** @type {any} */
    this.answer = null;
    /** @type {any} the answer as a picture */
    this.sheet = null;
  }
  forget() {
    this.answer = null;
    this.sheet = null;
  }
  /** @param {any} answer */
  put(answer) {
    this.answer = answer;
    this.repaint();
  }
  repaint() {
    if (this.answer) this.sheet = sheetOf(this.answer);
  }
  /** @returns {number[]} */
  extent() {
    return this.answer?.extent ?? extentOf(points()?.x ?? []);
  }
}
