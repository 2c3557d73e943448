/** A series: lines over its steps, and how well it is forecast without any network. */
import { format } from "../core/format.js";
import { t } from "../core/words.js";
import { fitCanvas } from "./canvas.js";
import { token } from "./colors.js";

const SIDE = 6;
const END = 16; // room above and below the lines, for the numbers there
const DOT = 2.5;

/**
 * @typedef {object} Line
 * @property {number} from the step of its first value
 * @property {(number | null)[]} values null breaks the line
 * @property {string} color a token of the theme, such as "val"
 * @property {boolean} [dots] marks every value but the first
 */

/**
 * @typedef {{across: (step: number) => number, up: (value: number) => number}} Scale where a value is
 * drawn
 */

/**
 * Lines over one axis of n steps; the highest and the lowest value stand at the left.
 * @param {any} canvas
 * @param {number} width
 * @param {number} height
 * @param {Line[]} lines
 * @param {number} n
 * @param {string} unit
 */
export function drawLines(canvas, width, height, lines, n, unit) {
  const context = fitCanvas(canvas, width, height);
  const values = lines.flatMap((line) => line.values).filter((value) => value !== null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = Math.max(high - low, 1e-9);
  const scale = {
    across: (/** @type {number} */ step) => SIDE + (step / Math.max(1, n - 1)) * (width - 2 * SIDE),
    up: (/** @type {number} */ value) => END + (1 - (value - low) / span) * (height - 2 * END),
  };
  context.font = `11px ${getComputedStyle(document.body).getPropertyValue("--sans")}`;
  context.fillStyle = token("dim");
  context.fillText(`${format.number(high)} ${unit}`, SIDE, 11);
  context.fillText(format.number(low), SIDE, height - 2);
  for (const line of lines) drawLine(context, line, scale);
}

/**
 * @param {any} context
 * @param {Line} line
 * @param {Scale} scale
 */
function drawLine(context, { from, values, color, dots }, scale) {
  context.strokeStyle = token(color);
  context.fillStyle = token(color);
  context.lineWidth = dots ? 2 : 1.5;
  context.beginPath();
  let isDown = false;
  values.forEach((value, i) => {
    if (value === null) {
      isDown = false;
      return;
    }
    const x = scale.across(from + i);
    if (isDown) context.lineTo(x, scale.up(value));
    else context.moveTo(x, scale.up(value));
    isDown = true;
  });
  context.stroke();
  if (dots) drawDots(context, from, values, scale);
}

/**
 * The first value is where the line before ends: it gets no dot.
 * @param {any} context
 * @param {number} from
 * @param {(number | null)[]} values
 * @param {Scale} scale
 */
function drawDots(context, from, values, scale) {
  values.forEach((value, i) => {
    if (i === 0 || value === null) return;
    context.beginPath();
    context.arc(scale.across(from + i), scale.up(value), DOT, 0, 2 * Math.PI);
    context.fill();
  });
}

/**
 * What the simplest forecasts are off by, in words.
 * @param {{naive?: Record<string, number>, unit: string}} preview
 */
export function naiveWords({ naive = {}, unit }) {
  const sentences = Object.entries(naive).map(([name, error]) => {
    const words = t(`series.naive.${name}`, { error: format.number(error), unit });
    return words.trim();
  });
  return sentences.join(" · ");
}
