/** How a file is read, to be changed by hand: its kind, its letters, what separates its cells, its names. */
import { h } from "../../../core/dom.js";
import { state } from "../../../core/state.js";
import { t } from "../../../core/words.js";
import { entryOf } from "../../../experiment/catalogue.js";
import { editOwn, putInForce } from "../own_edit.js";
import { saidOf, withLine } from "./choices.js";
import { encodingName, separatorWords } from "./told.js";

/** @typedef {import("./types.js").Understood} Understood */

const ENCODINGS = [
  "utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp850", "cp866",
  "koi8_r", "mac_roman", "gb18030", "big5", "cp932", "euc_jp", "cp949",
]; // biome-ignore format: a table
/** As the server names them in its answer -> as it wants them said. */
const SEPARATORS = [
  [",", "comma"],
  [";", "semicolon"],
  ["tab", "tab"],
  ["|", "bar"],
  ["blanks", "blanks"],
];
const NAMES = ["auto", "first_row", "none"];

/**
 * @param {Understood} facts
 * @param {boolean} isOpen
 */
export function layoutBox(facts, isOpen) {
  const fields = [kindField(facts)];
  if (facts.kind !== "images") fields.push(encodingField(facts), separatorField(facts), namesField());
  const summary = h("summary", {}, t("read.change"));
  return h(
    "details",
    { class: "read-layout", open: isOpen },
    summary,
    h("div", { class: "options" }, fields),
  );
}

/**
 * @param {string} words key of its label
 * @param {[string, string][]} options values with what they are called
 * @param {string} value
 * @param {(value: string) => void} choose
 */
function field(words, options, value, choose) {
  const select = h("select", { "aria-label": t(words), onchange: () => choose(select.value) });
  for (const [option, label] of options) select.append(new Option(label, option));
  select.value = value;
  return h("label", { class: "field" }, h("span", {}, t(words)), select);
}

/** @param {Understood} facts */
function kindField({ kind, file }) {
  /** @type {[string, string][]} */
  const options = ownSets().map(({ facts }) => [facts.read_as, t(`read.kind.${facts.read_as}`)]);
  return field("read.kind", options, kind, (next) => readAs(next, file));
}

/** The data sets for files of a person's own, by the kind of file. @returns {any[]} */
const ownSets = () => state.boot.catalogue.dataset.filter((/** @type {any} */ { facts }) => facts.read_as);

/**
 * Reads a file as another kind, with the data set for such files.
 * @param {string} kind
 * @param {string} file
 */
export function readAs(kind, file) {
  const entry = ownSets().find(({ facts }) => facts.read_as === kind);
  const choices = withLine(state.experiment.data.choices ?? [], `kind=${kind}`);
  if (entry) putInForce({ dataset: entry.id, file, choices });
}

/** @param {Understood} facts */
function encodingField({ encoding }) {
  const known = encoding && !ENCODINGS.includes(encoding) ? [encoding, ...ENCODINGS] : ENCODINGS;
  /** @type {[string, string][]} */
  const options = known.map((name) => [name, encodingName(name)]);
  return field("read.encoding", options, encoding ?? "utf-8", (name) => say(`encoding=${name}`));
}

/** @param {Understood} facts */
function separatorField({ separator }) {
  /** @type {[string, string][]} */
  const options = SEPARATORS.map(([sign, name]) => [name, separatorWords(sign)]);
  const present = SEPARATORS.find(([sign]) => sign === separator)?.[1] ?? separator ?? "";
  const isOther = !options.some(([name]) => name === present);
  if (isOther) options.unshift([present, present ? separatorWords(present) : "–"]);
  return field("read.separator", options, present, (name) => say(`separator=${name}`));
}

function namesField() {
  /** @type {[string, string][]} */
  const options = NAMES.map((name) => [name, t(`read.names.${name}`)]);
  const said = saidOf(state.experiment.data.choices, "names") || "auto";
  return field("read.names", options, said, (name) => say(`names=${name}`));
}

/** @param {string} line */
function say(line) {
  editOwn("edit.reading", ({ data }) => {
    data.choices = withLine(data.choices ?? [], line);
  });
}

/** Whether a data set reads files of a person's own. @param {string} id */
export const isOwnSet = (id) => Boolean(entryOf("dataset", id)?.facts?.takes_file);
