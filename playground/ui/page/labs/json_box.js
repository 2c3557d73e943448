/** A list or an object, typed as JSON. */
import { h } from "../core/dom.js";
import { isSameJson } from "../core/json.js";
import { readJson, writeJson } from "./values.js";

/** @typedef {import("../types.js").Descriptor} Descriptor */
/** @typedef {import("./field_boxes.js").Change} Change */
/** @typedef {import("./field_boxes.js").Inside} Inside */

/** @param {Descriptor} _field @param {Change} change @param {() => void} fail @returns {Inside} */
export function jsonBox(_field, change, fail) {
  const input = h("textarea", { rows: 1, class: "mono", autocomplete: "off", spellcheck: "false" });
  const fit = () => {
    const shown = input.value || input.placeholder;
    input.rows = Math.min(6, Math.max(1, Math.ceil(shown.length / 30)));
  };
  input.addEventListener("input", () => {
    fit();
    const answer = input.value.trim() === "" ? { value: null } : readJson(input.value);
    if (answer) change(answer.value);
    else fail();
  });
  function write(/** @type {any} */ value) {
    const typed = readJson(input.value);
    if (value === null) input.value = "";
    else if (!typed || !isSameJson(typed.value, value)) input.value = writeJson(value);
    fit();
  }
  function propose(/** @type {any} */ value) {
    input.placeholder = value === undefined ? "" : writeJson(value);
    fit();
  }
  return { input, write, propose };
}
