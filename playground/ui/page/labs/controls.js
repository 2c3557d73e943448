/** The right column of a lab: its fields, its numbers, its surprises, the question to try. */
import { h } from "../core/dom.js";
import { isSameJson } from "../core/json.js";
import { localized } from "../core/words.js";
import { hasEffect } from "../experiment/catalogue.js";
import { icon } from "../kit/icons.js";
import { EntryBox } from "./entry_box.js";
import { FieldBox } from "./field_boxes.js";
import { numberBoxes } from "./numbers.js";
import { fieldOf } from "./open_lab.js";
import { OptionsBox } from "./options_box.js";

/** @typedef {import("./open_lab.js").OpenLab} OpenLab */
/** @typedef {import("../types.js").Descriptor} Descriptor */

/** @param {string} drawing @param {string} words @param {() => void} act */
const iconButton = (drawing, words, act) =>
  h(
    "button",
    { type: "button", class: "icon small ghost", "data-t-title": words, onclick: act },
    icon(drawing),
  );

export class Controls {
  /** @param {OpenLab} lab */
  constructor(lab) {
    this.lab = lab;
    this.boxes = lab.about.fields.map((field) => this.box(field));
    this.undo = iconButton("undo", "labs.undo", () => lab.undo());
    this.redo = iconButton("redo", "labs.redo", () => lab.redo());
    this.reset = iconButton("reset", "labs.reset", () => this.put({ ...lab.about.default }));
    this.numbers = h("div", { class: "lab-numbers", "aria-live": "polite" });
    this.numbersTitle = h("h3", { "data-t": "labs.numbers" });
    this.surprises = h("div", { class: "chips lab-surprises" });
    this.question = h("p");
    this.try = h("div", { class: "lab-try" }, h("b", { "data-t": "labs.try" }), " ", this.question);
    const title = h("h3", { "data-t": "labs.controls" });
    const head = h("header", {}, title, h("span", { class: "grow" }), this.undo, this.redo, this.reset);
    const fields = h("div", { class: "lab-fields" }, head, ...this.boxes.map(({ element }) => element));
    const hasSurprises = Object.keys(lab.about.surprises).length > 0;
    const surprises = hasSurprises ? [h("h3", { "data-t": "labs.surprises" }), this.surprises] : [];
    this.more = h("div", { class: "lab-more" }, this.numbersTitle, this.numbers, ...surprises, this.try);
    this.element = h("section", { class: "card lab-side" }, fields, this.more);
  }

  /** @param {Descriptor} field */
  box(field) {
    const change = (/** @type {any} */ value) => this.change(field, value);
    const owner = this.ownerOf(field);
    const others = this.lab.about.fields.map(({ name }) => name);
    if (owner) return new OptionsBox(field, owner.catalogue ?? "", change, others);
    return field.control === "entry" ? new EntryBox(field, change) : new FieldBox(field, change);
  }

  /** The field whose choice has these options. @param {Descriptor} field */
  ownerOf(field) {
    return this.lab.about.fields.find(({ name }) => name === field.options_of);
  }

  /**
   * @param {Descriptor} field
   * @param {any} value
   */
  change(field, value) {
    /** @type {Record<string, any>} */
    const changes = { [field.name]: value };
    for (const name of field.resets ?? []) changes[name] = this.lab.about.default[name];
    this.lab.set(changes, field.name);
  }

  /** What a box shows, and for options: of which entry. @param {Descriptor} field @returns {[any, any]} */
  shownOf(field) {
    const { state } = this.lab;
    return [state[field.name], state[this.ownerOf(field)?.name ?? ""]];
  }

  /** Another state at once, as one step. @param {Record<string, any>} state */
  put(state) {
    this.lab.set(state);
    for (const box of this.boxes) box.replace(...this.shownOf(box.field));
  }

  /** @param {string} name */
  surprise(name) {
    this.put({ ...this.lab.about.default, ...this.lab.about.surprises[name] });
  }

  show() {
    const { state, faults, answer, steps, changes } = this.lab;
    for (const box of this.boxes) {
      box.update(...this.shownOf(box.field));
      if (box instanceof FieldBox) box.propose(answer?.chosen[box.field.name]);
      const fault = faults.find((candidate) => fieldOf(candidate) === box.field.name);
      box.showFault(fault ? localized(fault.message) : "");
      // What has no effect in this state steps aside, unless it is what is wrong.
      box.element.hidden = !fault && !hasEffect(state, box.field, this.lab.about.fields);
    }
    this.undo.disabled = steps.past.length === 0;
    this.redo.disabled = steps.future.length === 0;
    this.reset.disabled = Object.keys(changes).length === 0;
    if (answer) this.numbers.replaceChildren(...numberBoxes(answer, (key) => this.words(key)));
    this.numbersTitle.hidden = this.numbers.childElementCount === 0;
    for (const button of this.surprises.children) {
      const surprise = { ...this.lab.about.default, ...this.lab.about.surprises[button.dataset.surprise] };
      button.setAttribute("aria-pressed", String(isSameJson(surprise, state)));
    }
  }

  /** @param {string} key of the lab's words */
  words(key) {
    return localized(this.lab.about.text[key]) || key.split(".").slice(1).join(" ");
  }

  relabel() {
    for (const box of this.boxes) box.relabel();
    const { surprises, text } = this.lab.about;
    const buttons = Object.keys(surprises).map((name) => {
      const attributes = { type: "button", class: "small pill", "data-surprise": name };
      return h(
        "button",
        { ...attributes, onclick: () => this.surprise(name) },
        this.words(`surprise.${name}`),
      );
    });
    this.surprises.replaceChildren(...buttons);
    this.question.textContent = localized(text.try);
    this.try.hidden = !text.try;
    this.show();
  }
}
