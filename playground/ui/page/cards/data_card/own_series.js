/** A series of a person's own: which column is forecast, once the file is known. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { faultsAt } from "../../experiment/faults.js";
import { editOwn } from "./own_edit.js";

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
    this.element = h("div", { class: "series-own", hidden: true }, this.column, this.example);
  }

  chooseColumn() {
    editOwn("edit.data", ({ data }) => {
      data.column = this.choice.value;
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
