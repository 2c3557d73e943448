/** What a score must beat: answers without a network, and whether the network beats them. Pure. */
import { format } from "../core/format.js";
import { isLuck } from "./luck.js";

const LEAST_EPOCHS = 3; // before it is said of a run that goes on

/**
 * @typedef {object} Baseline What the server says of an answer without a network.
 * @property {string} name
 * @property {string} answer the class that it always gives; "" where it gives several
 * @property {string} metric by which a network is compared with it
 * @property {boolean} lower_is_better
 * @property {Record<string, number | null>} scores by metric
 */

/**
 * A score as it is shown.
 * @param {string} metric
 * @param {any} value
 */
export const scoreText = (metric, value) =>
  metric === "accuracy" ? format.percent(value) : format.number(value);

/**
 * Whether a score is better than that of a baseline; anything is better than one without a score.
 * @param {any} score
 * @param {Baseline} baseline
 */
function beats(score, { metric, scores, lower_is_better: isLowerBetter }) {
  const other = scores[metric];
  if (!Number.isFinite(other)) return true;
  return isLowerBetter ? score < /** @type {number} */ (other) : score > /** @type {number} */ (other);
}

/**
 * The score of the network by the metric of a baseline, as it was after the last epoch.
 * @param {Record<string, any[]>} epochs
 * @param {Baseline} baseline
 */
export const lastScore = (epochs, { metric }) => epochs[`val_${metric}`]?.at(-1);

/**
 * The best of the baselines that the network is no better than; null where it beats them all.
 * @param {Record<string, any[]>} epochs
 * @param {Baseline[]} baselines
 * @returns {Baseline | null}
 */
export function unbeaten(epochs, baselines) {
  /** @type {Baseline | null} */
  let best = null;
  for (const baseline of baselines) {
    const score = lastScore(epochs, baseline);
    if (!Number.isFinite(score) || beats(score, baseline)) continue;
    if (!best || beats(baseline.scores[baseline.metric], best)) best = baseline;
  }
  return best;
}

/**
 * Whether a network that beats them all does so by luck, for all one can know: its accuracy is within two
 * standard deviations of what one of them would reach on as many other samples.
 * @param {Record<string, any[]>} epochs
 * @param {Baseline[]} baselines
 * @param {number} n samples that both were judged by, one class each
 */
export function mayBeLuck(epochs, baselines, n) {
  return baselines.some((baseline) => {
    const { metric, scores } = baseline;
    const score = lastScore(epochs, baseline);
    return (
      metric === "accuracy" &&
      Number.isFinite(score) &&
      Number.isFinite(scores.accuracy) &&
      isLuck(score, /** @type {number} */ (scores.accuracy), n)
    );
  });
}

/**
 * The values of a sentence that says so.
 * @param {Record<string, any[]>} epochs
 * @param {Baseline} baseline
 * @param {(baseline: Baseline) => string} wordsOf
 */
export function comparison(epochs, baseline, wordsOf) {
  const { metric, scores } = baseline;
  return {
    given: scoreText(metric, lastScore(epochs, baseline)),
    what: wordsOf(baseline),
    score: scoreText(metric, scores[metric]),
  };
}

/**
 * A network that is no better than an answer without one, once it has had a few epochs.
 * @param {import("./types.js").FindingsReader} reader
 * @returns {import("./types.js").Finding[]}
 */
export function uselessness({ history, isRunning, baselines = [], wordsOf = ({ name }) => name }) {
  const { epochs } = history;
  const isEarly = isRunning && epochs.epoch.length < LEAST_EPOCHS;
  const baseline = isEarly ? null : unbeaten(epochs, baselines);
  if (!baseline) return [];
  const values = comparison(epochs, baseline, wordsOf);
  return [{ key: "baseline.no_better", bad: true, chart: baseline.metric, values }];
}
