/**
 * A window of a series, what came next, and what the network expects; below, how that compares with no
 * network at all.
 */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { on, onAny } from "../../core/topics.js";
import { t } from "../../core/words.js";
import { onResize } from "../../kit/canvas.js";
import { drawLines, naiveWords } from "../../kit/series.js";
import { ask } from "../../run/ask.js";
import { live } from "../../run/live.js";
import { setSample, wire } from "../../run/samples.js";
import { shownData, shownKind } from "../../run/shown.js";
import { sequenceFacts, showAnother, smallButton, soon } from "./facts.js";
import { wordsOfStep } from "./write_try.js";

const HZ = 5;
const HEIGHT = { rail: 150, draw: 340 };
const LEGEND = [
  ["dim", "series.past"],
  ["val", "series.came"],
  ["accent", "series.guess"],
];

function seriesParts() {
  const canvas = h("canvas", { class: "forecast", role: "img", "data-t-label": "series.forecast" });
  return {
    canvas,
    board: h("div", { class: "forecast-board" }, canvas),
    legend: h("div", { class: "legend" }),
    slider: h("input", { type: "range", min: 0, step: 1, value: 0, "data-t-label": "series.which" }),
    line: h("p", { class: "dim num" }),
    naive: h("p", { class: "dim num" }),
  };
}

/**
 * @param {HTMLElement} root the card
 * @param {"rail" | "draw"} place
 */
export function seriesTry(root, place) {
  const parts = seriesParts();
  /** @type {any} the network's forecast */
  let forecast = null;
  const show = () => showForecast(parts, forecast, HEIGHT[place]);

  async function refresh() {
    const { sample } = state;
    if (shownKind() !== "series" || !sequenceFacts()) return false;
    if (!sample && !state.run) {
      forecast = null; // who only looks starts no run
      show();
      return true;
    }
    if (!sample) {
      setSample({ kind: "validation", index: 0 });
      return true;
    }
    forecast = await ask("forecast", { sample: wire(sample) });
    if (state.sample === sample) show();
    return true;
  }

  const wish = live(parts.board, refresh, HZ);
  parts.slider.addEventListener("input", () => {
    setSample({ kind: "validation", index: Number(parts.slider.value) });
  });
  onAny(["lang", "dark"], show, root);
  on(
    "preview",
    () => {
      forecast = null;
      soon(wish);
    },
    root,
  );
  onResize(parts.board, show);
  const { board, legend, slider, line, naive } = parts;
  const row = h("div", { class: "row" }, slider, smallButton("series.other", showAnother));
  return h("div", { class: "series-try" }, board, legend, row, line, naive);
}

/**
 * @param {any} parts
 * @param {any} forecast
 * @param {number} height
 */
function showForecast(parts, forecast, height) {
  const { canvas, board, legend, slider, line, naive } = parts;
  const preview = sequenceFacts();
  const width = board.clientWidth;
  canvas.hidden = !forecast;
  legend.hidden = !forecast;
  if (preview?.kind !== "series") return;
  naive.textContent = t("series.naive", { list: naiveWords(preview) });
  if (!forecast) {
    line.textContent = t("series.press");
    return;
  }
  if (!width) return;
  slider.max = Math.max(0, (shownData()?.n_validation ?? 1) - 1);
  if (state.sample?.kind === "validation") slider.value = state.sample.index;
  const n = forecast.window.length + forecast.values.length;
  drawLines(canvas, width, height, linesOf(forecast), n, preview.unit);
  line.textContent = forecastWords(forecast, preview);
  legend.replaceChildren(...LEGEND.map(([color, key]) => legendEntry(color, key)));
}

/**
 * @param {string} color
 * @param {string} key
 */
const legendEntry = (color, key) => h("span", {}, h("i", { style: `background: var(--${color})` }), t(key));

/**
 * The lines of what came and of the forecast both begin at the window's end.
 * @param {any} forecast
 */
function linesOf({ window: past, values, future }) {
  const from = past.length - 1;
  const lastSeen = past.findLast((/** @type {number | null} */ value) => value !== null) ?? null;
  return [
    { from: 0, values: past, color: "dim" },
    { from, values: [past.at(-1), ...(future ?? [])], color: "val" },
    { from, values: [lastSeen, ...values], color: "accent", dots: true },
  ];
}

/**
 * @param {any} forecast
 * @param {any} preview
 */
function forecastWords({ window: past, values, future, start, step, finite }, preview) {
  const { times, every, unit } = preview;
  if (finite === false) return t("answer.not_finite");
  const words = [];
  // Of several series the preview shows one; the times of the others are not at hand.
  const firstAhead = start - preview.from + past.length;
  const time = start >= preview.from ? times[Math.floor(firstAhead / every)] : "";
  if (time) words.push(t("series.from", { time }));
  const isComplete = future?.every((/** @type {number | null} */ value) => value !== null);
  if (isComplete) words.push(t("series.off", { error: format.number(meanError(values, future)), unit }));
  words.push(wordsOfStep(step));
  return words.join(" · ");
}

/**
 * @param {number[]} guess
 * @param {number[]} truth
 */
function meanError(guess, truth) {
  let sum = 0;
  guess.forEach((value, i) => {
    sum += Math.abs(value - truth[i]);
  });
  return sum / guess.length;
}
