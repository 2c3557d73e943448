/**
 * The confusion matrix as a table: rows are the true classes, columns the answers. It is a table and no
 * picture, so that its counts can be read aloud and copied.
 */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { t } from "../../core/words.js";

/**
 * @param {{confusion: number[][], recall: (number | null)[], support: number[]}} counts `support`:
 *   samples of each class
 * @param {string[]} names of the classes
 */
export function confusionTable({ confusion, recall, support }, names) {
  const nameOf = (/** @type {number} */ k) => names[k] ?? String(k);
  const heading = h(
    "tr",
    {},
    h("th", { scope: "col" }, t("report.true")),
    names.map((name) => h("th", { scope: "col" }, name)),
    h("th", { scope: "col" }, t("report.recall")),
  );
  const rows = confusion.map((counts, i) => {
    const cells = counts.map((count, j) => {
      const title = t("report.cell", { count, of: support[i], label: nameOf(i), answer: nameOf(j) });
      return cell(count, { isRight: i === j, share: support[i] ? count / support[i] : 0, title });
    });
    const recalled = h("td", { class: "recall" }, format.percent(recall[i]));
    return h("tr", {}, h("th", { scope: "row" }, nameOf(i)), cells, recalled);
  });
  const label = { "aria-label": t("report.confusion") };
  return h("table", label, h("thead", {}, heading), h("tbody", {}, rows));
}

/**
 * The darker, the larger a share of its row.
 * @param {number} count
 * @param {{isRight: boolean, share: number, title: string}} about
 */
function cell(count, { isRight, share, title }) {
  const wrong = count ? "wrong" : "";
  const attributes = { class: isRight ? "right" : wrong, style: `--share:${share}`, title };
  return h("td", attributes, count ? String(count) : "·");
}
