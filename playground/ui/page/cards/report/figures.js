/** Scores as they are shown: in the report over the validation part, and in that on a person's own file. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { t } from "../../core/words.js";
import { nameInWords } from "../../run/shown.js";

/** @typedef {{key: string, value: string, words: string}} Figure a score as it is shown */

/**
 * Scores that are shares, then those that are amounts of each target.
 * @param {any} answer
 * @returns {Figure[]}
 */
export function figuresOf({ shares, values }) {
  /** @type {Figure[]} */
  const figures = [];
  for (const { name, value } of shares) {
    figures.push({ key: name, value: format.percent(value), words: t(`report.${name}`) });
  }
  for (const { name, mae, rmse, r2 } of values) {
    const amounts = [
      [t("report.mae"), mae],
      [t("report.rmse"), rmse],
      ["R²", r2],
    ];
    for (const [what, amount] of amounts) {
      const words = name ? `${nameInWords(name)}: ${what}` : what;
      figures.push({ key: words, value: format.number(amount), words });
    }
  }
  return figures;
}

/**
 * @param {Figure} figure
 * @param {string} [was] what it was before
 */
export function figureElement({ value, words }, was) {
  const beside = was ? h("small", { class: "was" }, t("report.was", { value: was })) : null;
  return h("span", { class: "report-figure" }, h("b", {}, value), h("small", {}, words), beside);
}
