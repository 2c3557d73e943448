/** A field that holds a whole entry of a catalogue: which one, and a control for each of its options. */
import { h } from "../core/dom.js";
import { FieldBox } from "./field_boxes.js";
import { OptionsBox } from "./options_box.js";

/** @typedef {import("../types.js").Descriptor} Descriptor */

export class EntryBox {
  /**
   * @param {Descriptor} field
   * @param {(entry: Record<string, any>) => void} change
   */
  constructor(field, change) {
    this.field = field;
    this.kind = field.catalogue ?? "";
    const choose = (/** @type {string} */ id) => change({ [this.kind]: id });
    this.choice = new FieldBox({ ...field, control: "choice" }, choose);
    const { kind } = this;
    this.options = new OptionsBox({ ...field, name: `${field.name}.options` }, kind, (options) => {
      change({ ...options, [kind]: this.id });
    });
    this.id = "";
    this.element = h("div", {}, this.choice.element, this.options.element);
  }

  /** @param {any} value an entry, or its id alone */
  update(value) {
    const { [this.kind]: id, ...options } = typeof value === "string" ? { [this.kind]: value } : value;
    this.id = id;
    this.choice.update(id);
    this.options.update(options, id);
  }

  /** @param {any} value */
  replace(value) {
    this.options.shownId = "";
    this.update(value);
  }

  /** @param {string} sentence */
  showFault(sentence) {
    this.choice.showFault(sentence);
  }

  relabel() {
    this.choice.relabel();
    this.options.relabel();
  }
}
