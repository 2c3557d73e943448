/** What a file of weights has in common with the network, key by key. */
import { h } from "../../core/dom.js";
import { t } from "../../core/words.js";

/**
 * @typedef {object} Comparison What the server says of the file.
 * @property {number} loaded keys that fit
 * @property {number} of all keys of the network
 * @property {string[]} missing in the file
 * @property {string[]} unexpected in the network
 * @property {[string, number[], number[]][]} different key, shape in the file, shape in the network
 * @property {any} [run] the run that began with them
 */

/** @param {number[]} sizes */
const shapeWords = (sizes) => (sizes.length ? sizes.join(" × ") : "1");

/**
 * @param {Comparison} comparison
 * @returns {[string, string][]} key, and what is wrong with it
 */
function troubles({ missing, unexpected, different }) {
  /** @type {[string, string][]} */
  const rows = [];
  for (const [key, given, wanted] of different)
    rows.push([key, t("weights.shapes", { given: shapeWords(given), wanted: shapeWords(wanted) })]);
  for (const key of missing) rows.push([key, t("weights.missing")]);
  for (const key of unexpected) rows.push([key, t("weights.unexpected")]);
  return rows;
}

/**
 * How many keys fit, which do not, and the offer to take those that do.
 * @param {Comparison} comparison
 * @param {string} name of the file
 * @param {() => void} takeFitting
 */
export function comparisonElements(comparison, name, takeFitting) {
  const { loaded, of: all, run } = comparison;
  const elements = [h("p", {}, h("b", {}, t("weights.fit", { name, n: loaded, of: all })))];
  const rows = troubles(comparison);
  if (rows.length) elements.push(troubleTable(rows));
  if (rows.length && loaded && !run) {
    const words = t("weights.partly", { n: loaded });
    elements.push(h("button", { type: "button", class: "small", onclick: takeFitting }, words));
  }
  return elements;
}

/** @param {[string, string][]} rows */
function troubleTable(rows) {
  const lines = rows.map(([key, words]) => h("tr", {}, h("td", {}, h("code", {}, key)), h("td", {}, words)));
  return h("div", { class: "weights-table" }, h("table", {}, h("tbody", {}, lines)));
}
