/** The line with the fields of the run itself: epochs, seed, limits of gradients, … */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { fieldValue } from "../../experiment/catalogue.js";
import { edit } from "../../experiment/store.js";
import { fieldControl } from "../../kit/fields.js";
import { applySoon, applyWhenLeft } from "./live_settings.js";

/** @param {any} field */
function boxOf(field) {
  const onChange = (/** @type {any} */ value) => {
    const put = (/** @type {any} */ experiment) => {
      experiment.training[field.name] = value;
    };
    edit("edit.training", put, { merge: `training.${field.name}` });
    applySoon(["training", field.name], field);
  };
  const box = fieldControl(field, fieldValue(state.experiment.training, field), onChange, { unit: true });
  applyWhenLeft(box, ["training", field.name], field);
  return { field, box };
}

export class RunLine {
  /** @param {string[]} kinds the parts that have lines of their own */
  constructor(kinds) {
    this.place = "training";
    /** @type {any[]} */
    const fields = state.boot.catalogue.training_fields;
    this.boxes = fields.filter((field) => !kinds.includes(field.name)).map(boxOf);
    this.label = h("span", { class: "label" });
    this.fields = h("div", { class: "fields wide" });
    this.faults = h("div", { class: "faults", hidden: true });
    this.element = h("div", { class: "line", "data-part": "run" }, this.label, this.fields, this.faults);
    this.gather();
  }

  relabel() {
    this.label.textContent = t("training.run");
    for (const { box } of this.boxes) box.relabel();
  }

  update() {
    for (const { field, box } of this.boxes) box.update(fieldValue(state.experiment.training, field));
  }

  /** Brings the controls to their places in the line. */
  gather() {
    this.fields.replaceChildren(...this.boxes.map(({ box }) => box));
  }
}
