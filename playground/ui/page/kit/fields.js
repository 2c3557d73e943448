/**
 * One control for one field of a catalogue entry, whatever the entry: number, choice, switch.
 *
 * What is typed is committed at every key: as a number where it is one, else as the text itself, so that
 * the server
 * can say what is wrong with it. The text in the box is never rewritten while it says what the experiment
 * says.
 */
import { h } from "../core/dom.js";
import { hasWords, localized, t } from "../core/words.js";
import { isSameValue, parsed, stepped, written } from "./field_values.js";

/** @typedef {import("../types.js").Descriptor} Descriptor */

/**
 * @typedef {object} Control The part of a field that differs between kinds of fields.
 * @property {any} input
 * @property {() => any} read
 * @property {(value: any) => void} write
 * @property {() => void} [relabel]
 */

/**
 * The control of a field, with its name and unit. The element has `update(value)`, `fault(isBad)`,
 * `relabel()` and `input`.
 * @param {Descriptor} descriptor
 * @param {any} value
 * @param {(value: any) => void} change called at every edit
 * @param {{label?: boolean, unit?: boolean}} [options] whether its name and its unit stand beside it
 */
export function fieldControl(descriptor, value, change, { label = true, unit = false } = {}) {
  const control = controlOf(descriptor, change);
  const name = h("span");
  const after = h("span", { class: "unit" });
  const box = h(
    "label",
    { class: `field field-${descriptor.control}`, "data-field": descriptor.name },
    label ? name : null,
    control.input,
    unit && descriptor.unit ? after : null,
  );
  function relabel() {
    name.textContent = nameOf(descriptor);
    after.textContent = localized(descriptor.unit);
    box.title = localized(descriptor.help);
    control.input.setAttribute("aria-label", name.textContent);
    control.relabel?.();
  }
  box.input = control.input;
  box.update = control.write;
  box.fault = (/** @type {boolean} */ isBad) => markFault(control.input, isBad);
  box.relabel = relabel;
  relabel();
  control.write(value);
  return box;
}

/** @param {Descriptor} descriptor */
function nameOf({ name, label }) {
  return hasWords(`field.${name}`) ? t(`field.${name}`) : localized(label);
}

/**
 * @param {HTMLElement} input
 * @param {boolean} isBad
 */
function markFault(input, isBad) {
  if (isBad) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/**
 * @param {Descriptor} descriptor
 * @param {(value: any) => void} change
 * @returns {Control}
 */
function controlOf(descriptor, change) {
  if (descriptor.control === "choice") return choiceControl(descriptor, change);
  if (descriptor.control === "toggle") return toggleControl(change);
  return textControl(descriptor, change);
}

/**
 * @param {(value: any) => void} change
 * @returns {Control}
 */
function toggleControl(change) {
  const input = h("input", { type: "checkbox" });
  const read = () => input.checked;
  input.addEventListener("change", () => change(read()));
  function write(/** @type {any} */ value) {
    input.checked = value === true;
  }
  return { input, read, write };
}

/**
 * @param {Descriptor} descriptor
 * @param {(value: any) => void} change
 * @returns {Control}
 */
function choiceControl(descriptor, change) {
  const input = h("select");
  const choices = (descriptor.choices ?? []).map(asChoice);
  const read = () => choices.find(({ value }) => String(value) === input.value)?.value ?? input.value;
  input.addEventListener("change", () => change(read()));

  /** A value that is no choice (from a file of another version) is shown too, until another is chosen. */
  function write(/** @type {any} */ value) {
    const text = String(value);
    const isThere = [...input.options].some((option) => option.value === text);
    if (!isThere) input.append(new Option(written(value), written(value)));
    input.value = text;
  }
  function relabel() {
    const before = input.value;
    const options = choices.map((choice) => new Option(localized(choice.label), choice.value));
    input.replaceChildren(...options);
    if (before) write(before);
  }
  return { input, read, write, relabel };
}

/** @param {any} choice a value, or {value, label} */
function asChoice(choice) {
  const isDescribed = typeof choice === "object" && choice !== null;
  return isDescribed ? choice : { value: choice, label: choice };
}

/**
 * @param {Descriptor} descriptor
 * @param {(value: any) => void} change
 * @returns {Control}
 */
function textControl(descriptor, change) {
  const input = h("input", {
    type: "text",
    inputmode: descriptor.control === "integer" ? "numeric" : "decimal",
    autocomplete: "off",
    spellcheck: "false",
  });
  const read = () => parsed(input.value, descriptor);
  function write(/** @type {any} */ value) {
    const isEmptied = value !== null && input.value === "";
    if (isEmptied || !isSameValue(read(), value)) input.value = written(value);
    fitWidth(input);
  }
  function relabel() {
    if (descriptor.optional) input.placeholder = blankWords(descriptor.name);
  }
  input.addEventListener("input", () => change(read()));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (!isStep(event, descriptor)) return;
    event.preventDefault();
    input.value = written(stepped(read(), descriptor, event.key === "ArrowUp"));
    change(read());
  });
  input.addEventListener("focus", () => {
    if (matchMedia("(pointer: fine)").matches) input.select();
  });
  return { input, read, write, relabel };
}

/** @param {HTMLInputElement} input */
function fitWidth(input) {
  const size = Math.max(4, Math.min(12, input.value.length + 2));
  input.style.width = `calc(${size}ch + 14px)`;
}

/** @param {string} name what an empty field of this name means */
function blankWords(name) {
  const key = `field.blank.${name}`;
  return t(hasWords(key) ? key : "field.blank");
}

/**
 * Arrow up and down change a number. With a modifier they belong to others: Alt moves a layer.
 * @param {KeyboardEvent} event
 * @param {Descriptor} descriptor
 */
function isStep(event, { control }) {
  const isArrow = event.key === "ArrowUp" || event.key === "ArrowDown";
  const isModified = event.altKey || event.ctrlKey || event.metaKey;
  return isArrow && !isModified && control !== "integers";
}
