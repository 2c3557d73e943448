/** The form of a row: an input a column. What is being typed in it is never rewritten. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { knownSample } from "../../run/samples.js";
import { columnsOf, isLearnedFrom, isUnknown } from "./columns.js";
import { columnsOfRun } from "./run_columns.js";

/** @typedef {import("./columns.js").Column} Column */
/** @typedef {{name: string, input: any, row: HTMLElement}} Box */

const TYPED = "typed";

/**
 * The columns of the last form. All forms share them: that of the tab is often built only after the screen
 * has gone on to other data.
 * @type {Column[]}
 */
let described = [];

/** @param {Column} column */
function inputOf({ kind, categories = [] }) {
  if (kind !== "category") {
    return h("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: t("row.unknown"),
    });
  }
  const options = categories.map((name) => new Option(name, name));
  return h("select", {}, new Option(t("row.unknown"), ""), ...options);
}

/**
 * A category that the columns do not list is listed from now on.
 * @param {any} input
 * @param {string} text
 */
function put(input, text) {
  const isSelect = input.tagName === "SELECT";
  const isListed = isSelect && [...input.options].some((option) => option.value === text);
  if (isSelect && !isListed) input.append(new Option(text, text));
  input.value = text;
}

export class RowForm {
  /** @param {(row: Record<string, string>) => void} onTyped called with all values at every change */
  constructor(onTyped) {
    this.onTyped = onTyped;
    this.element = h("div", { class: "row-form" });
    /** @type {Box[]} */
    this.boxes = [];
    this.builtOf = "";
    /** @type {any} the sample whose values stand in the form, or TYPED */
    this.filledOf = null;
  }

  /** Shows the sample. What is being typed stays. */
  show() {
    this.build();
    this.fill();
  }

  /** The next `show` builds the form again. */
  forget() {
    this.builtOf = "";
  }

  tell() {
    this.filledOf = TYPED;
    /** @type {Record<string, string>} */
    const row = {};
    for (const { name, input } of this.boxes) row[name] = input.value.trim();
    this.onTyped(row);
  }

  build() {
    const onScreen = /** @type {Column[]} */ (state.preview?.columns ?? []);
    const row = knownSample(state.sample)?.shown;
    if (isUnknown(row, [...onScreen, ...described])) this.learnColumns();
    const columns = columnsOf(onScreen, row, described);
    const shape = columns.map(({ name, kind, categories }) => [name, kind, categories]);
    const of = JSON.stringify([state.lang, shape]);
    const isTyping = state.sample?.kind === "raw" && this.boxes.length > 0;
    if (of === this.builtOf || isTyping) return;
    this.builtOf = of;
    this.filledOf = null;
    if (columns.length > 0) described = columns;
    this.boxes = columns.map((column) => this.boxOf(column));
    this.element.replaceChildren(...this.boxes.map(({ row }) => row));
  }

  /** Builds the form again once the server has said what the columns of the run hold. */
  async learnColumns() {
    const columns = await columnsOfRun();
    if (!columns) return;
    described = columns.filter(isLearnedFrom);
    this.forget();
    this.show();
  }

  /**
   * @param {Column} column
   * @returns {Box}
   */
  boxOf(column) {
    const { name, kind } = column;
    const input = inputOf(column);
    input.addEventListener(kind === "category" ? "change" : "input", () => this.tell());
    return { name, input, row: h("label", {}, h("span", { title: name }, name), input) };
  }

  fill() {
    const { sample } = state;
    if (sample?.kind === "raw") {
      this.fillWithRaw(sample.value);
      return;
    }
    const row = knownSample(sample)?.shown;
    if (!row || this.filledOf === sample) return;
    this.filledOf = sample;
    for (const { name, input } of this.boxes) put(input, row[name] ?? "");
  }

  /** @param {Record<string, string>} row */
  fillWithRaw(row) {
    if (this.filledOf === TYPED || typeof row !== "object") return;
    for (const { name, input } of this.boxes) {
      if (name in row && document.activeElement !== input) put(input, row[name]);
    }
  }
}
