/** The columns of a table: their names, what each holds, how its values are spread, the first rows. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { t } from "../../core/words.js";
import { icon } from "../../kit/icons.js";
import { oneStopRow } from "../../kit/toolbar.js";
import { useChoice } from "../data_card/reading/uses.js";
import { rangeOf } from "./ranges.js";

const LEAST_BAR = 6; // per cent: a bar that stands for a few values can be seen

/**
 * @typedef {object} Column What the server says of it.
 * @property {string} name
 * @property {"number" | "category" | "date" | "leave_out"} kind
 * @property {boolean} target
 * @property {string} why it is as it is; "" where nothing is odd
 * @property {number} distinct
 * @property {number} missing
 * @property {number} odd values that are no numbers
 * @property {import("./ranges.js").Bars} bars
 */

/**
 * @param {{columns: Column[], rows: string[][]}} table
 * @param {boolean} isOwn whether the columns can be used as somebody says
 */
export function tableOf({ columns, rows }, isOwn) {
  const heads = columns.map((column) => columnHead(column, isOwn));
  const bodies = rows.map((row) =>
    h(
      "tr",
      {},
      row.map((cell, i) => h("td", { class: cellClass(columns[i]) }, cell)),
    ),
  );
  const names = h("tr", {}, heads);
  oneStopRow(names);
  return h("table", {}, h("thead", {}, names), h("tbody", {}, bodies));
}

/** @param {Column} column */
function roleClass({ target, kind }) {
  if (target) return "target";
  return kind === "leave_out" ? "out" : "";
}

/** @param {Column} column */
const cellClass = (column) => `${roleClass(column)} ${column.kind === "number" ? "num" : ""}`;

/**
 * @param {Column} column
 * @param {boolean} isOwn
 */
function columnHead(column, isOwn) {
  const canChange = isOwn && !column.target;
  return h(
    "th",
    { scope: "col", class: roleClass(column) },
    h("div", { class: "table-name", title: column.name }, column.name),
    canChange ? useChoice(column.name, column.kind) : kindSign(column),
    barsOf(column),
    notesOf(column),
  );
}

/** @param {Column} column */
function kindSign({ target, kind }) {
  return h("span", { class: "chip" }, t(target ? "table.target.sign" : `table.kind.${kind}`));
}

/**
 * A histogram in a few bars; of categories the most frequent first.
 * @param {Column} column
 */
function barsOf({ name, bars }) {
  const most = Math.max(1, ...bars.counts);
  const elements = bars.counts.map((n, i) => {
    const height = n > 0 ? Math.max(LEAST_BAR, (100 * n) / most) : 0;
    return h("i", { style: `height:${height}%`, title: `${rangeOf(bars, i, format.value)}: ${n}` });
  });
  return h("div", { class: "table-bars", role: "img", "aria-label": t("table.bars", { name }) }, elements);
}

/** @param {Column} column */
function notesOf({ why, kind, distinct, missing, odd }) {
  const isWarning = why === "no_numbers";
  const notes = [];
  if (why) notes.push(t(`table.why.${why}`));
  else if (kind === "category") notes.push(t("table.distinct", { n: format.count(distinct) }));
  if (missing && why !== "all_missing") notes.push(t("table.missing", { n: format.count(missing) }));
  if (odd && !isWarning) notes.push(t("table.odd", { n: format.count(odd) }));
  const sign = isWarning ? icon("warning") : null;
  return h("small", { class: isWarning ? "table-warning" : "dim" }, sign, notes.join(" · "));
}
