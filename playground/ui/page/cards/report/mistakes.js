/** Which classes are taken for which: the most frequent mistakes, beside the confusion matrix. */
import { h } from "../../core/dom.js";
import { t } from "../../core/words.js";

const MOST = 6;

/** @typedef {{truth: number, guess: number, count: number}} Mistake classes by their numbers */

/**
 * The largest counts off the diagonal, the largest first; at most six.
 * @param {number[][]} confusion rows are the true classes, columns the answers
 * @returns {Mistake[]}
 */
export function commonMistakes(confusion) {
  /** @type {Mistake[]} */
  const mistakes = [];
  confusion.forEach((counts, truth) => {
    counts.forEach((count, guess) => {
      if (count > 0 && guess !== truth) mistakes.push({ truth, guess, count });
    });
  });
  mistakes.sort((a, b) => b.count - a.count);
  return mistakes.slice(0, MOST);
}

/**
 * @param {{confusion: number[][], support: number[]}} counts `support`: samples of each class
 * @param {string[]} names of the classes
 */
export function mistakesList({ confusion, support }, names) {
  const nameOf = (/** @type {number} */ k) => names[k] ?? String(k);
  const mistakes = commonMistakes(confusion);
  const title = h("h3", {}, t(mistakes.length ? "report.mistakes" : "report.mistakes.none"));
  const items = mistakes.map(({ truth, guess, count }) => {
    const pair = { label: nameOf(truth), answer: nameOf(guess) };
    return h("li", {}, t("report.cell", { count, of: support[truth], ...pair }));
  });
  return h("div", { class: "report-mistakes" }, title, h("ol", {}, items));
}
