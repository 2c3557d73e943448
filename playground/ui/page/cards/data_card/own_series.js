/** A series of a person's own: a file can be chosen at any time, a column of it once the file is known. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { faultsAt } from "../../experiment/faults.js";
import { edit } from "../../experiment/store.js";
import { batchFor, fileChooser } from "../../kit/upload.js";

const USUAL_WINDOW = 24;
const USUAL_HORIZON = 4;

/**
 * How many windows with their targets a series may be cut into at most.
 * @param {number} steps
 * @param {Record<string, any>} data
 */
function windowsIn(steps, { window = USUAL_WINDOW, horizon = USUAL_HORIZON }) {
  return steps - window - 2 * horizon;
}

/** @param {(data: Record<string, any>) => void} change */
const editData = (change) => edit("edit.data", ({ data }) => change(data));

/** The preview of a file, where that is what is previewed. */
function filePreview() {
  const { preview } = state;
  return preview?.own && preview.kind === "series" ? preview : null;
}

export class OwnSeries {
  constructor() {
    this.choice = h("select", { "data-t-label": "series.column", onchange: () => this.chooseColumn() });
    this.column = h("label", { class: "field" }, h("span", { "data-t": "series.column" }), this.choice);
    this.example = h("p", { class: "dim", "data-t": "series.example" });
    const chooser = fileChooser({
      kind: "series",
      accept: ".csv,.tsv,.txt,text/csv",
      words: "series.choose",
      done: (id, facts) => this.take(id, facts.steps),
    });
    this.element = h("div", { class: "series-own", hidden: true }, chooser, this.column, this.example);
  }

  chooseColumn() {
    editData((data) => {
      data.column = this.choice.value;
    });
  }

  /**
   * @param {string} id of the file
   * @param {number} steps
   */
  take(id, steps) {
    editData((data) => {
      data.file = id;
      data.column = ""; // another file has other columns
      data.batch_size = batchFor(windowsIn(steps, data), data.batch_size);
    });
  }

  update() {
    const { data } = state.experiment;
    const preview = filePreview();
    this.element.hidden = data.dataset !== "own_series";
    this.example.hidden = Boolean(data.file);
    this.column.hidden = !preview || faultsAt("data.file").length > 0;
    if (!preview) return;
    const columns = /** @type {string[]} */ (preview.columns);
    this.choice.replaceChildren(...columns.map((name) => new Option(name, name)));
    this.choice.value = preview.column;
  }
}
