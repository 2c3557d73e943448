/** Colours: the theme's tokens, the scales of pictures, the classes. */
import { state } from "../core/state.js";
import { on } from "../core/topics.js";

/** @type {Map<string, string>} */
const tokens = new Map();
on("dark", () => tokens.clear());

/**
 * The value of a colour token in the current theme.
 * @param {string} name
 * @returns {string}
 */
export function token(name) {
  const seen = tokens.get(name);
  if (seen) return seen;
  const value = getComputedStyle(document.body).getPropertyValue(`--${name}`).trim() || "#888";
  tokens.set(name, value);
  return value;
}

/**
 * 256 colours between the given stops, four bytes each.
 * @param {number[][]} stops
 */
function scale(stops) {
  const table = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i += 1) {
    const at = (i / 255) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    const part = at - low;
    for (let k = 0; k < 3; k += 1)
      table[4 * i + k] = stops[low][k] + (stops[low + 1][k] - stops[low][k]) * part;
    table[4 * i + 3] = 255;
  }
  return table;
}

const grey = scale([
  [0, 0, 0],
  [255, 255, 255],
]);
const viridis = scale([
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
]);
/* Negative orange, positive blue; zero is the colour of the card. */
const diverging = {
  light: scale([
    [179, 84, 8],
    [240, 160, 92],
    [250, 250, 250],
    [110, 160, 235],
    [30, 79, 176],
  ]),
  dark: scale([
    [255, 190, 130],
    [200, 112, 40],
    [30, 36, 46],
    [62, 110, 205],
    [150, 190, 255],
  ]),
};
export const scales = { grey, viridis, diverging };

/**
 * A colour of viridis between the ends that are legible in the current theme.
 * @param {number} share from 0 (first) to 1 (last)
 */
export function rampColor(share) {
  const [low, high] = state.boot.charts.ramp[state.dark ? "dark" : "light"];
  const at = 4 * Math.round(255 * (low + (high - low) * share));
  return `rgb(${viridis.slice(at, at + 3).join(", ")})`;
}

/**
 * Distinct for every kind of colour vision, and none of the colours that mean train, validation or
 * learning rate.
 */
export const classColors = [
  "#7b3fe4",
  "#e0ac12",
  "#0f9d94",
  "#d6336c",
  "#6b7890",
  "#8a5a2b",
  "#a3c644",
  "#d58bd0",
  "#2b2f8f",
  "#c9c2b8",
];

/** @param {number} index */
export const classColor = (index) => classColors[index % classColors.length];

const TRIANGLE = [
  [0, -1.25],
  [1.15, 0.85],
  [-1.15, 0.85],
];
const DIAMOND = [
  [0, -1.3],
  [1.3, 0],
  [0, 1.3],
  [-1.3, 0],
];

/**
 * Begins the path of a class's mark: circle, square, triangle, diamond, so that form tells what colour tells.
 * @param {any} context
 * @param {number} index of the class
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function traceMark(context, index, x, y, r) {
  const form = index % 4;
  context.beginPath();
  if (form === 0) context.arc(x, y, r, 0, 2 * Math.PI);
  else if (form === 1) context.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
  else {
    for (const [dx, dy] of form === 2 ? TRIANGLE : DIAMOND) context.lineTo(x + dx * r, y + dy * r);
    context.closePath();
  }
}
