/** A control for each field of a lab: number with slider, choice, switch, text, lists written as JSON. */
import { h } from "../core/dom.js";
import { localized, t } from "../core/words.js";
import { parsed, stepped, written } from "../kit/field_values.js";
import { jsonBox } from "./json_box.js";
import { hasSlider, placeOf, placesOf, valueAt } from "./values.js";

/** @typedef {import("../types.js").Descriptor} Descriptor */
/** @typedef {(value: any) => void} Change */

/**
 * @typedef {object} Inside what differs between kinds of fields
 * @property {any} input
 * @property {any} [slider] stands between name and number
 * @property {(value: any) => void} write
 * @property {() => void} [relabel]
 * @property {(value: any) => void} [propose] what it is while nothing is chosen
 */

/** @type {Record<string, (field: Descriptor, change: Change, fail: () => void) => Inside>} */
const KINDS = {
  integer: numberBox,
  number: numberBox,
  choice: choiceBox,
  toggle,
  text: textBox,
  json: jsonBox,
};

export class FieldBox {
  /**
   * @param {Descriptor} field
   * @param {Change} change
   * @param {string} [owner] the field that it is an option of
   */
  constructor(field, change, owner = "") {
    this.field = field;
    this.isUnread = false;
    const id = `lab-field-${owner}${field.name}`;
    const inside = KINDS[field.control](
      field,
      (value) => this.onInput(value, change),
      () => this.onUnread(),
    );
    this.inside = inside;
    this.name = h("label", { for: id });
    this.fault = h("p", { class: "fault", id: `${id}-fault`, hidden: true });
    inside.input.id = id;
    const line = h(
      "div",
      { class: lineClass(field.control, inside) },
      this.name,
      inside.slider,
      inside.input,
    );
    this.element = h("div", { class: "lab-field", "data-lab-field": field.name }, line, this.fault);
  }

  /**
   * @param {any} value
   * @param {Change} change
   */
  onInput(value, change) {
    this.isUnread = false;
    change(value);
  }

  /** What is typed is not (yet) JSON. */
  onUnread() {
    this.isUnread = true;
    this.showFault(t("labs.json"));
  }

  /** @param {any} value */
  update(value) {
    if (!this.isUnread) this.inside.write(value);
  }

  /** Another state came from elsewhere: what was half typed is gone. @param {any} value */
  replace(value) {
    this.isUnread = false;
    this.inside.write(value);
  }

  /** Where nothing is chosen the lab takes a value of its own: it stands there greyed. @param {any} value */
  propose(value) {
    this.inside.propose?.(value);
  }

  /** @param {string} sentence "" for none */
  showFault(sentence) {
    const words = this.isUnread ? t("labs.json") : sentence;
    const { input } = this.inside;
    this.fault.hidden = !words;
    if (this.fault.textContent !== words) this.fault.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (words) input.setAttribute("aria-describedby", this.fault.id);
    else input.removeAttribute("aria-describedby");
  }

  relabel() {
    this.name.textContent = localized(this.field.label);
    this.element.title = localized(this.field.help);
    this.inside.slider?.setAttribute("aria-label", this.name.textContent);
    this.inside.relabel?.();
  }
}

/** @param {string} control @param {Inside} inside */
function lineClass(control, { slider }) {
  if (control === "text" || control === "json" || control === "integers") return "wide line";
  return slider ? "slides line" : "line";
}

/** @param {Descriptor} field @param {Change} change @returns {Inside} */
function numberBox(field, change) {
  const attributes = { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false" };
  const input = h("input", { ...attributes, class: "num" });
  const read = () => parsed(input.value, field);
  const slider = hasSlider(field)
    ? h("input", { type: "range", min: 0, max: placesOf(field), step: 1 })
    : null;
  function write(/** @type {any} */ value) {
    if (read() !== value || input.value === "") input.value = written(value);
    if (slider) slider.value = String(placeOf(value, field));
  }
  input.addEventListener("input", () => change(read()));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const next = stepped(read(), field, event.key === "ArrowUp");
    input.value = written(next);
    change(next);
  });
  slider?.addEventListener("input", () => change(valueAt(Number(slider.value), field)));
  return { input, slider, write };
}

/** @param {Descriptor} field @param {Change} change @returns {Inside} */
function choiceBox(field, change) {
  const input = h("select");
  const choices = field.choices ?? [];
  input.addEventListener("change", () => change(choices[input.selectedIndex].value));
  let shown = 0;
  function write(/** @type {any} */ value) {
    shown = choices.findIndex((choice) => choice.value === value);
    input.selectedIndex = shown;
  }
  function relabel() {
    input.replaceChildren(...choices.map(({ label, value }) => new Option(localized(label), String(value))));
    input.selectedIndex = shown;
  }
  return { input, write, relabel };
}

/** @param {Descriptor} _field @param {Change} change @returns {Inside} */
function toggle(_field, change) {
  const input = h("input", { type: "checkbox" });
  input.addEventListener("change", () => change(input.checked));
  const write = (/** @type {any} */ value) => {
    input.checked = value === true;
  };
  return { input, write };
}

/** @param {Descriptor} field @param {Change} change @returns {Inside} */
function textBox(field, change) {
  const input = h("input", { type: "text", class: "mono", autocomplete: "off", spellcheck: "false" });
  const read = () => (input.value === "" && field.optional ? null : input.value);
  input.addEventListener("input", () => change(read()));
  const write = (/** @type {any} */ value) => {
    if (read() !== value) input.value = value ?? "";
  };
  return { input, write };
}
