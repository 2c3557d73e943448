/** The line with the fields of the run itself: epochs, seed, limits of gradients, … */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { entryOf, fieldValue } from "../../experiment/catalogue.js";
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

/** @param {string} loss its id */
const comparesSamples = (loss) => entryOf("loss", loss)?.mean_of_samples === false;

export class RunLine {
  /** @param {string[]} kinds the parts that have lines of their own */
  constructor(kinds) {
    this.place = "training";
    /** @type {any[]} */
    const fields = state.boot.catalogue.training_fields;
    this.boxes = fields.filter((field) => !kinds.includes(field.name)).map(boxOf);
    this.label = h("span", { class: "label" });
    this.fields = h("div", { class: "fields wide" });
    const words = { class: "hint", "data-t": "field.accumulate.compares", role: "status", hidden: true };
    this.hint = h("p", words);
    this.faults = h("div", { class: "faults", hidden: true });
    const content = [this.label, this.fields, this.hint, this.faults];
    this.element = h("div", { class: "line", "data-part": "run" }, ...content);
    this.gather();
  }

  relabel() {
    this.label.textContent = t("training.run");
    for (const { box } of this.boxes) box.relabel();
  }

  update() {
    const { training } = state.experiment;
    for (const { field, box } of this.boxes) box.update(fieldValue(training, field));
    this.hint.hidden = !(training.accumulate > 1 && comparesSamples(training.loss?.loss));
  }

  /** Brings the controls to their places in the line. */
  gather() {
    this.fields.replaceChildren(...this.boxes.map(({ box }) => box));
  }
}
