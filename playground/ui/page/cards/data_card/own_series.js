/** A series of a person's own: which column is forecast, of which series, and what is seen beside it. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { faultsAt } from "../../experiment/faults.js";
import { editOwn } from "./own_edit.js";
import { withLine } from "./reading/choices.js";

const EVERY = "*"; // each series with windows of its own

/** The preview of a file, where that is what is previewed. */
function filePreview() {
  const { preview } = state;
  return preview?.own && preview.kind === "series" ? preview : null;
}

/**
 * A choice with its name in front.
 * @param {string} key of the words
 * @param {(value: string) => void} choose
 */
function namedChoice(key, choose) {
  const select = h("select", { "data-t-label": key, onchange: () => choose(select.value) });
  const element = h("label", { class: "field" }, h("span", { "data-t": key }), select);
  return { select, element };
}

export class OwnSeries {
  constructor() {
    this.column = namedChoice("series.column", (name) => {
      editOwn("edit.data", ({ data }) => {
        data.column = name;
      });
    });
    this.group = namedChoice("series.group", (name) => {
      editOwn("edit.reading", ({ data }) => {
        data.choices = withLine(data.choices ?? [], `group=${name}`);
      });
    });
    this.boxes = h("span", { class: "series-boxes" });
    this.inputs = h("div", { class: "field" }, h("span", { "data-t": "series.inputs" }), this.boxes);
    this.example = h("p", { class: "dim", "data-t": "series.example" });
    const choices = [this.column.element, this.group.element, this.inputs];
    this.element = h("div", { class: "series-own", hidden: true }, ...choices, this.example);
  }

  update() {
    const { data } = state.experiment;
    const preview = filePreview();
    const isShown = preview !== null && !faultsAt("data.file").length;
    this.element.hidden = data.dataset !== "own_series";
    this.example.hidden = Boolean(data.file);
    this.column.element.hidden = !isShown;
    this.group.element.hidden = !isShown || preview.groups.length < 2;
    this.inputs.hidden = !isShown || preview.columns.length < 2;
    if (!preview) return;
    const columns = /** @type {string[]} */ (preview.columns);
    this.column.select.replaceChildren(...columns.map((name) => new Option(name, name)));
    this.column.select.value = preview.column;
    this.showGroups(preview);
    const others = columns.filter((name) => name !== preview.column);
    this.boxes.replaceChildren(...others.map((name) => inputBox(name, data.inputs ?? [])));
  }

  /** @param {{groups: string[], group: string}} preview */
  showGroups({ groups, group }) {
    const every = new Option(t("series.group.every"), EVERY);
    const names = groups.map((name) => new Option(name, name));
    this.group.select.replaceChildren(...names, every);
    this.group.select.value = group || EVERY;
  }
}

/**
 * Whether the network sees a further column beside the one that is forecast.
 * @param {string} name
 * @param {string[]} inputs
 */
function inputBox(name, inputs) {
  const box = h("input", { type: "checkbox", onchange: () => seeBeside(name, box.checked) });
  box.checked = inputs.includes(name);
  return h("label", { class: "inline" }, box, " ", name);
}

/**
 * @param {string} name
 * @param {boolean} isSeen
 */
function seeBeside(name, isSeen) {
  editOwn("edit.data", ({ data }) => {
    const others = (data.inputs ?? []).filter((/** @type {string} */ other) => other !== name);
    data.inputs = isSeen ? [...others, name] : others;
  });
}
