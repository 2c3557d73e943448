/** A field that holds options of what another field chose from a catalogue: a control for each of them. */
import { h } from "../core/dom.js";
import { localized, t } from "../core/words.js";
import { entryOf, fieldValue, hasEffect } from "../experiment/catalogue.js";
import { FieldBox } from "./field_boxes.js";

/** @typedef {import("../types.js").Descriptor} Descriptor */

export class OptionsBox {
  /**
   * @param {Descriptor} field
   * @param {string} kind of the catalogue
   * @param {(options: Record<string, any>) => void} change
   * @param {string[]} [others] options that have a field of their own in the lab
   */
  constructor(field, kind, change, others = []) {
    this.field = field;
    this.kind = kind;
    this.change = change;
    this.others = others;
    this.shownId = "";
    /** @type {Record<string, any>} */
    this.value = {};
    /** @type {FieldBox[]} */
    this.boxes = [];
    this.inside = h("div");
    this.summary = h("summary");
    this.folded = h("details", { class: "lab-options" }, this.summary, this.inside);
    this.fault = h("p", { class: "fault", hidden: true });
    this.element = h("div", { class: "lab-field", "data-lab-field": field.name }, this.folded, this.fault);
  }

  /**
   * @param {Record<string, any>} value
   * @param {string} id of the entry that is chosen
   */
  update(value, id) {
    this.value = value ?? {};
    if (id !== this.shownId) this.build(id);
    const fields = this.boxes.map((box) => box.field);
    for (const box of this.boxes) {
      box.update(fieldValue(this.value, box.field));
      box.element.hidden = !hasEffect(this.value, box.field, fields);
    }
    this.element.hidden = this.boxes.length === 0 && this.fault.hidden;
  }

  /** @param {string} id */
  build(id) {
    this.shownId = id;
    const fields = entryOf(this.kind, id)?.fields ?? [];
    this.boxes = [];
    for (const field of fields) {
      if (field.control === "layers" || this.others.includes(field.name)) continue;
      const put = (/** @type {any} */ value) => this.change({ ...this.value, [field.name]: value });
      this.boxes.push(new FieldBox(field, put, `${this.field.name}.`));
    }
    if (Object.keys(this.value).length) this.folded.open = true;
    this.inside.replaceChildren(...this.boxes.map(({ element }) => element));
    this.relabel();
  }

  /** @param {Record<string, any>} value @param {string} id */
  replace(value, id) {
    this.shownId = "";
    this.update(value, id);
  }

  /** @param {string} sentence "" for none */
  showFault(sentence) {
    this.fault.hidden = !sentence;
    this.fault.textContent = sentence;
  }

  relabel() {
    this.element.title = localized(this.field.help);
    this.summary.textContent = t("labs.options");
    for (const box of this.boxes) box.relabel();
  }
}
