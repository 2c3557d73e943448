/** The one way to data of a person's own: a button, and files dropped on the card. The kind is found out. */
import { h } from "../../core/dom.js";
import { toast } from "../../core/notices.js";
import { state } from "../../core/state.js";
import { emit } from "../../core/topics.js";
import { t, translate } from "../../core/words.js";
import { factsOf } from "../../experiment/catalogue.js";
import { isFileGone } from "../../experiment/faults.js";
import { icon } from "../../kit/icons.js";
import { batchFor, FileChooser, takeDrops } from "../../kit/upload.js";
import { editOwn, switchSet } from "./own_edit.js";
import { forgetColumns, forgetFile, hasSameColumns } from "./reading/choices.js";
import { isOwnSet, readAs } from "./reading/layout.js";

const ACCEPT =
  ".csv,.tsv,.tab,.txt,.dat,.data,.arff,.md,.gz,.zip,.xlsx,text/*,application/zip,application/gzip";
const USUAL_WINDOW = 24;
const USUAL_HORIZON = 4;

/** @typedef {{kind: string, rows: number, columns: string[]}} Facts of a file, when it arrived */

export class OwnData {
  /** @param {HTMLElement} card where files may be dropped */
  constructor(card) {
    const chooser = new FileChooser({ kind: "own", accept: ACCEPT, words: "own_data.use", done: takeFile });
    this.words = h("span", { "data-t": "own_data.use" });
    this.button = chooser.button;
    this.button.replaceChildren(icon("open"), this.words);
    delete this.button.dataset.t;
    this.button.dataset.tTitle = "own_data.help";
    this.button.className = "own-data";
    this.trouble = chooser.trouble;
    this.input = chooser.input;
    this.hint = h("p", { class: "own-data-hint dim", "data-t": "own_data.drop", hidden: true });
    takeDrops(card, (file) => chooser.take(file));
  }

  update() {
    const { data } = state.experiment;
    const isOwn = isOwnSet(data.dataset);
    const words = isOwn && data.file ? "own_data.other" : "own_data.use";
    this.words.dataset.t = words;
    translate(this.words);
    this.hint.hidden = !isOwn || Boolean(data.file);
  }
}

/**
 * The file that the server has now is what is learnt from.
 * @param {string} id
 * @param {Facts} facts
 * @param {string} name
 */
export function takeFile(id, facts, name) {
  const entry = setFor(facts.kind);
  if (!entry) return;
  const isKnown = holdsOn(entry.id, facts);
  const before = factsOf("dataset", state.experiment.data.dataset).read_as;
  editOwn("edit.own_data", (experiment) => {
    if (experiment.data.dataset !== entry.id) switchSet(experiment, entry.id);
    const { data } = experiment;
    if (!isKnown) forgetFile(data, entry.default);
    forgetColumns(data, entry.default, facts.columns);
    data.file = id;
    if ("called" in entry.default) data.called = name;
    data.batch_size = batchFor(samplesIn(facts, data), data.batch_size);
  });
  emit("file_taken", id);
  if (before && before !== facts.kind) offerToReadAs(before, facts.kind, id);
}

/**
 * The file is of another kind than the data set that was chosen.
 * @param {string} wished
 * @param {string} kind
 * @param {string} file
 */
function offerToReadAs(wished, kind, file) {
  const words = t("own_data.switched", { kind: t(`read.kind.${kind}`) });
  const label = t("own_data.read_as", { kind: t(`read.kind.${wished}`) });
  toast(words, { label, act: () => readAs(wished, file) });
}

/** @param {string} kind @returns {any} */
const setFor = (kind) =>
  state.boot.catalogue.dataset.find((/** @type {any} */ { facts }) => facts.read_as === kind);

/**
 * Whether what was said about the file before is true of this one: it stands in for a file that is gone, or
 * it has the same columns.
 * @param {string} dataset
 * @param {Facts} facts
 */
function holdsOn(dataset, { columns }) {
  const { data } = state.experiment;
  if (data.dataset !== dataset || !data.file) return false;
  return isFileGone() || hasSameColumns(state.understood?.columns, columns);
}

/**
 * @param {Facts} facts
 * @param {Record<string, any>} data
 */
function samplesIn({ kind, rows }, { window = USUAL_WINDOW, horizon = USUAL_HORIZON }) {
  return kind === "series" ? rows - window - 2 * horizon : rows;
}
