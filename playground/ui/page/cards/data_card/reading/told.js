/** What was understood of a file, in words: layout, times, classes, groups, notes, what was left out. */
import { h } from "../../../core/dom.js";
import { format } from "../../../core/format.js";
import { state } from "../../../core/state.js";
import { localized, t } from "../../../core/words.js";
import { remedyButton } from "./doubts.js";

/** @typedef {import("./types.js").Understood} Understood */

/** @type {Record<string, string>} */
const SEPARATORS = {
  ",": "read.comma",
  ";": "read.semicolon",
  tab: "read.tab",
  "|": "read.bar",
  blanks: "read.blanks",
  fixed: "read.fixed",
  markdown: "read.markdown",
};
const SHOWN = 12; // classes or groups
/** These name what was left out themselves. */
const SAYS_LEFT_OUT = ["bad_rows", "totals", "pictures_left_out"];

const gap = () => (state.lang === "zh" ? "；" : "; ");
const comma = () => (state.lang === "zh" ? "，" : ", ");

/**
 * "Understood as a table: 1,460 rows, 12 columns; semicolons, decimal comma, Windows-1252".
 * @param {Understood} facts
 */
export function summaryWords(facts) {
  const counts = {
    rows: format.count(facts.rows),
    columns: format.count(facts.n_columns),
    classes: format.count(facts.n_classes),
  };
  const kind = t(`read.as.${facts.kind}`, counts);
  const layout = layoutWords(facts);
  return layout ? kind + gap() + layout : kind;
}

/** @param {Understood} facts */
function layoutWords({ separator, decimal, encoding, parts }) {
  const words = [];
  if (separator) words.push(separatorWords(separator));
  if (decimal === ",") words.push(t("read.decimal_comma"));
  if (encoding) words.push(encodingName(encoding));
  if (parts.train) words.push(t("read.parts", { train: parts.train, test: parts.test ?? 0 }));
  return words.join(comma());
}

/** @param {string} separator */
export const separatorWords = (separator) => (separator in SEPARATORS ? t(SEPARATORS[separator]) : separator);

/**
 * As people know them: "cp1252" is Windows-1252.
 * @param {string} encoding
 */
export function encodingName(encoding) {
  const windows = /^cp(12\d\d)$/.exec(encoding);
  if (windows) return `Windows-${windows[1]}`;
  return encoding.replaceAll("_", "-").toUpperCase();
}

/** @param {Understood} facts */
export function timeWords({ time }) {
  if (!time) return "";
  const values = { from: time.from, to: time.to, step: localized(time.step ?? "") };
  const words = [t(time.step ? "read.time" : "read.time.uneven", values)];
  if (time.order === "newest first") words.push(t("read.time.newest"));
  if (time.order === "none") words.push(t("read.time.none"));
  if (time.season) words.push(t("read.time.season", { n: time.season }));
  return words.join(gap());
}

/**
 * Classes with their counts, the most frequent first as they come.
 * @param {Understood} facts
 */
export function classLine({ kind, classes, n_classes: n, target, proposed }) {
  if (!classes.length) return null;
  const name = target ?? proposed;
  const label = kind === "images" || !name ? t("read.classes.folders") : t("read.classes", { name });
  const chips = classes
    .slice(0, SHOWN)
    .map(({ name: word, count }) =>
      h("span", { class: "chip num" }, word, " ", h("b", {}, format.count(count))),
    );
  const more = n > SHOWN ? h("span", { class: "dim" }, `+ ${format.count(n - SHOWN)}`) : null;
  return h("div", { class: "read-classes" }, h("span", { class: "dim" }, label), ...chips, more);
}

/** @param {Understood} facts */
export function groupWords({ groups, n_groups: n }) {
  return n > 1 ? t("read.groups", { n: format.count(n), list: listed(groups, n) }) : "";
}

/**
 * @param {(string | number)[]} items
 * @param {number} n how many there are in all
 */
function listed(items, n) {
  const shown = items.slice(0, SHOWN);
  const list = shown.join(comma());
  return n > shown.length ? t("read.more", { list, n: format.count(n - shown.length) }) : list;
}

/** @param {Understood} facts */
function leftOutWords({ left_out: { count, lines, files } }) {
  if (!count) return "";
  if (lines.length) return t("read.left_out.lines", { n: format.count(count), places: listed(lines, count) });
  return t("read.left_out.files", { n: format.count(count), places: listed(files, count) });
}

/**
 * What is told and need not be answered, folded; null where there is nothing.
 * @param {Understood} facts
 * @param {boolean} isOpen
 */
export function toldBox(facts, isOpen) {
  const told = [...facts.doubts, ...facts.notes];
  const isSaid = told.some(({ code }) => SAYS_LEFT_OUT.includes(code));
  const leftOut = isSaid ? "" : leftOutWords(facts);
  const items = facts.notes.map(({ message, remedies }) =>
    h("li", {}, localized(message), " ", remedies.map(remedyButton)),
  );
  if (leftOut) items.unshift(h("li", {}, leftOut));
  if (!items.length) return null;
  const summary = h("summary", {}, `${t("read.told")} (${items.length})`);
  return h("details", { class: "told", open: isOpen }, summary, h("ul", {}, items));
}
