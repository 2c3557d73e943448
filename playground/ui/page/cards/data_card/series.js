/** A series in its parts, with one window of it, and what is to be known of its times. */
import { h } from "../../core/dom.js";
import { t } from "../../core/words.js";
import { onResize } from "../../kit/canvas.js";
import { token } from "../../kit/colors.js";
import { drawLines, naiveWords } from "../../kit/series.js";
import { previews } from "./previews.js";

const HEIGHT = 190;
const SIDE = 6; // the lines begin there
const WINDOW_MARGIN = 14; // above and below the window's ground
const WINDOW_OPACITY = 0.14;

/**
 * @typedef {object} SeriesPreview
 * @property {(number | null)[]} values every `every`-th of the series
 * @property {number} every
 * @property {number} n the steps of the whole series
 * @property {number} from how many steps of other series stand before it
 * @property {string[]} times
 * @property {string} unit
 * @property {number} train_until
 * @property {number} validation_from
 * @property {number[]} starts of the windows for validation
 * @property {number} window
 * @property {number} horizon
 * @property {number} missing
 * @property {Record<string, number>} naive
 * @property {any} [clock] what a file's first column says of the time
 */

previews.series = (view, /** @type {SeriesPreview} */ preview) => {
  const canvas = h("canvas", { class: "series-plot", role: "img", "aria-label": t("series.plot") });
  const board = h("div", { class: "series-board" }, canvas);
  const facts = h("p", { class: "dim" }, factWords(preview));
  view.replaceChildren(board, axis(preview), legend(), ...clockLine(preview), facts);
  const draw = () => drawSeries(canvas, board.clientWidth, preview);
  onResize(board, draw);
  draw();
};

/** @param {SeriesPreview} preview */
function axis({ times }) {
  const first = h("span", {}, times[0]);
  const last = h("span", {}, times.at(-1));
  return h("div", { class: "series-axis dim num" }, first, last);
}

function legend() {
  const train = legendPart("--train", "series.train");
  const validation = legendPart("--val", "series.validation");
  const window = legendPart("--accent", "series.window");
  return h("div", { class: "legend" }, train, validation, window);
}

/**
 * @param {string} color
 * @param {string} words
 */
const legendPart = (color, words) => h("span", {}, h("i", { style: `background: var(${color})` }), t(words));

/** @param {SeriesPreview} preview */
function factWords(preview) {
  const { missing, n, window, horizon } = preview;
  const whole = missing ? t("series.missing", { missing, n }) : t("series.whole", { n });
  const shape = t("series.shape", { size: window, horizon });
  const naive = t("series.naive", { list: naiveWords(preview) });
  return [whole, shape, naive].join(" ");
}

/** @param {SeriesPreview} preview */
function clockLine({ clock }) {
  const sentences = clock ? clockSentences(clock) : [];
  return sentences.length ? [h("p", { class: "series-clock" }, sentences.join(" "))] : [];
}

/**
 * What is unusual about the times of a file.
 * @param {any} clock
 */
function clockSentences({ order, name, untimed, repeated, missing, gaps, largest, after, uneven }) {
  const sentences = [];
  if (order !== "kept") sentences.push(t(`series.clock.${order}`, { name }));
  if (untimed) sentences.push(t("series.clock.untimed", { n: untimed, name }));
  if (missing) sentences.push(t("series.clock.missing", { missing, gaps, largest, after, name }));
  if (uneven) sentences.push(t("series.clock.uneven", { name }));
  if (repeated) sentences.push(t("series.clock.repeated", { n: repeated, name }));
  if (missing || uneven) sentences.push(t("series.clock.counted"));
  return sentences;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width 0 while its tab is hidden: then there is nothing to draw on
 * @param {SeriesPreview} preview
 */
function drawSeries(canvas, width, preview) {
  if (!width) return;
  const { values, unit, n, window } = preview;
  const start = preview.starts[0] ?? 0;
  const train = { ...cut(preview, 0, preview.train_until), color: "train" };
  const validation = { ...cut(preview, preview.validation_from, n), color: "val" };
  const shownWindow = { ...cut(preview, start, start + window), color: "accent" };
  drawLines(canvas, width, HEIGHT, [train, validation, shownWindow], values.length, unit);
  const share = (/** @type {number} */ step) => placeOf(preview, step) / Math.max(1, values.length - 1);
  const left = SIDE + share(start) * (width - 2 * SIDE);
  const right = SIDE + share(start + window) * (width - 2 * SIDE);
  shadeWindow(canvas, left, right);
}

/**
 * Where a step is among the values that were sent.
 * @param {SeriesPreview} preview
 * @param {number} step
 */
const placeOf = ({ every }, step) => Math.round(step / every);

/**
 * @param {SeriesPreview} preview
 * @param {number} first step
 * @param {number} last step
 */
function cut(preview, first, last) {
  const from = placeOf(preview, first);
  const to = placeOf(preview, last);
  return { from, values: preview.values.slice(from, to + 1) };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} left
 * @param {number} right
 */
function shadeWindow(canvas, left, right) {
  const context = /** @type {any} */ (canvas.getContext("2d"));
  context.globalAlpha = WINDOW_OPACITY;
  context.fillStyle = token("accent");
  context.fillRect(left, WINDOW_MARGIN, Math.max(1, right - left), HEIGHT - 2 * WINDOW_MARGIN);
  context.globalAlpha = 1;
}
