/**
 * What the curves of a run say: findings, each with the figures that it was read from. Pure: it asks
 * nobody.
 */
import { format } from "../core/format.js";
import { uselessness } from "./baselines.js";
import { isLuck } from "./luck.js";

/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {import("./types.js").FindingsReader} Reader */

const LEAST_ROWS = 3;
const FAR = 100;
const GAP = 0.05;
const CLOSE = 0.02;
const RISEN = 1.1;
const LARGE_UPDATE = 0.05;
const SMALL_UPDATE = 1e-5;

/** How many of the last measurements count: the last fifth of the run. @param {number} n measurements */
export const lastFifth = (n) => Math.min(n, Math.max(LEAST_ROWS, Math.ceil(n / 5)));

/** @param {any[]} rows */
const recent = (rows) => rows.slice(rows.length - lastFifth(rows.length));

/** @param {any[]} values */
function mean(values) {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

/** @param {any[]} values */
function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** @param {number} ratio */
const times = (ratio) => (ratio < 10 ? ratio.toFixed(1) : format.count(ratio));

/** @typedef {{path: string, value: number}} Measured a layer and its median over the last measurements */

/**
 * @param {string[]} paths
 * @param {any[]} rows a value a layer in each
 * @returns {Measured[]}
 */
function byLayer(paths, rows) {
  const last = recent(rows);
  const layers = paths.map((path, k) => ({ path, value: median(last.map((row) => row?.[k])) }));
  return layers.filter(({ value }) => Number.isFinite(value) && value > 0);
}

/** @param {Measured[]} layers */
const smallest = (layers) => layers.reduce((a, b) => (b.value < a.value ? b : a));
/** @param {Measured[]} layers */
const largest = (layers) => layers.reduce((a, b) => (b.value > a.value ? b : a));

/** @param {Reader} reader @returns {Finding[]} */
function gradients({ history, labelOf }) {
  const layers = byLayer(history.layer_names, history.layers.grad_norm);
  if (layers.length < 2) return [];
  const first = layers[0];
  const last = layers[layers.length - 1];
  const values = {
    first: labelOf(first.path),
    last: labelOf(last.path),
    a: format.number(first.value),
    b: format.number(last.value),
  };
  const grown = last.value / first.value;
  if (grown > FAR) {
    return [
      { key: "advice.vanishing", bad: true, chart: "grad_norm", values: { ...values, ratio: times(grown) } },
    ];
  }
  if (1 / grown > FAR) {
    return [
      {
        key: "advice.exploding",
        bad: true,
        chart: "grad_norm",
        values: { ...values, ratio: times(1 / grown) },
      },
    ];
  }
  return evenGradients(layers, labelOf);
}

/**
 * @param {Measured[]} layers
 * @param {(path: string) => string} labelOf
 * @returns {Finding[]}
 */
function evenGradients(layers, labelOf) {
  const low = smallest(layers);
  const high = largest(layers);
  const ratio = high.value / low.value;
  if (ratio > FAR) return [];
  const values = {
    low: format.number(low.value),
    first: labelOf(low.path),
    high: format.number(high.value),
    last: labelOf(high.path),
    ratio: times(ratio),
  };
  return [{ key: "advice.even", chart: "grad_norm", values }];
}

/** @param {Reader} reader @returns {Finding[]} */
function updates({ history, labelOf, isRunning }) {
  const layers = byLayer(history.layer_names, history.layers.update_ratio);
  if (!layers.length) return [];
  const most = largest(layers);
  const values = { layer: labelOf(most.path), ratio: format.number(most.value) };
  if (most.value > LARGE_UPDATE)
    return [{ key: "advice.large_updates", bad: true, chart: "update_ratio", values }];
  if (most.value < SMALL_UPDATE && isRunning) {
    return [{ key: "advice.small_updates", bad: true, chart: "update_ratio", values }];
  }
  return [];
}

/** @param {Reader} reader @returns {Finding[]} */
function generalisation({ history, classes, isRunning, nValidation = Infinity }) {
  const { epochs, layers } = history;
  const validation = epochs.val_accuracy?.at(-1);
  const train = mean(recent(layers.train_accuracy ?? []));
  if (!Number.isFinite(validation)) return [];
  const chance = classes ? 1 / classes : 0;
  if (classes && isLuck(validation, chance, nValidation)) {
    const isEarly = isRunning && epochs.epoch.length < LEAST_ROWS;
    if (isEarly) return [];
    const values = { given: format.percent(validation), chance: format.percent(chance) };
    return [{ key: "advice.guessing", bad: true, chart: "accuracy", values }];
  }
  if (!Number.isFinite(train)) return [];
  const values = { train: format.percent(train), validation: format.percent(validation) };
  const overfitting = overfittingFigures(epochs);
  if (train - validation > GAP && overfitting) {
    const gap = (100 * (train - validation)).toFixed(1);
    return [
      { key: "advice.overfitting", bad: true, chart: "loss", values: { ...values, gap, ...overfitting } },
    ];
  }
  return Math.abs(train - validation) <= CLOSE ? [{ key: "advice.gap", chart: "accuracy", values }] : [];
}

/**
 * The best and the present validation loss, where it has risen since; null where it has not.
 * @param {Record<string, any[]>} epochs
 */
function overfittingFigures({ epoch, val_loss: losses }) {
  if (epoch.length < LEAST_ROWS) return null;
  let best = 0;
  for (let k = 1; k < losses.length; k += 1) {
    const isBetter = Number.isFinite(losses[k]) && !(losses[k] >= losses[best]);
    if (isBetter) best = k;
  }
  const now = losses[losses.length - 1];
  if (!(now > RISEN * losses[best])) return null;
  return { epoch: epoch[best], best: format.number(losses[best]), now: format.number(now) };
}

/**
 * All that the curves say, what is bad first.
 * @param {Reader} reader
 * @returns {Finding[]}
 */
export function findings(reader) {
  if (!reader.history.layers.step.length) return [];
  const useless = uselessness(reader);
  // Where it says so, that it guesses is said already.
  const general = generalisation(reader).filter(({ key }) => !useless.length || key !== "advice.guessing");
  const all = [...useless, ...general, ...gradients(reader), ...updates(reader)];
  return [...all.filter(({ bad }) => bad), ...all.filter(({ bad }) => !bad)];
}
