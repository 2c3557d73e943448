/** The first rows of a file as they were understood, and in the head of each column what it is used as. */
import { h } from "../../../core/dom.js";
import { format } from "../../../core/format.js";
import { t } from "../../../core/words.js";
import { useChoice } from "./uses.js";

/** @typedef {import("./types.js").Understood} Understood */
/** @typedef {import("./types.js").ReadColumn} ReadColumn */

const MOST_COLUMNS = 40;

/** @param {Understood} facts */
export function firstRows(facts) {
  const { columns, rows } = facts;
  const shown = columns.slice(0, MOST_COLUMNS);
  const n = Math.min(rows, Math.max(0, ...shown.map(({ first }) => first.length)));
  const names = h(
    "tr",
    {},
    shown.map((column) => columnHead(column, roleOf(column, facts))),
  );
  const bodies = Array.from({ length: n }, (_, row) =>
    h(
      "tr",
      {},
      shown.map((column) => cell(column, column.first[row])),
    ),
  );
  return h("table", {}, h("thead", {}, names), h("tbody", {}, bodies));
}

/**
 * What a column is to the network, which its owner says elsewhere: predicted, or the time.
 * @param {ReadColumn} column
 * @param {Understood} facts
 */
function roleOf({ name }, { time, values, target, proposed }) {
  const aim = values ? values.column : (target ?? proposed);
  if (name === aim) return "target";
  return time?.columns.includes(name) ? "time" : "";
}

/**
 * @param {ReadColumn} column
 * @param {string} role "target", "time" or ""
 */
function columnHead(column, role) {
  const { name, missing, type } = column;
  const note = missing ? h("small", { class: "dim" }, t("read.missing", { n: format.count(missing) })) : null;
  return h(
    "th",
    { scope: "col", class: role === "target" ? "target" : type === "left out" ? "out" : null },
    h("div", { class: "table-name", title: name }, name),
    role ? h("span", { class: "chip" }, t(`read.role.${role}`)) : useChoice(name, type),
    note,
  );
}

/**
 * @param {ReadColumn} column
 * @param {any} value
 */
function cell({ type, unit }, value) {
  const isNumber = typeof value === "number";
  const text = isNumber ? format.value(value) : String(value ?? "–");
  const look = `${type === "left out" ? "out" : ""} ${isNumber ? "num" : ""}`;
  return h("td", { class: look, title: text }, isNumber && unit ? `${text} ${unit}` : text);
}
