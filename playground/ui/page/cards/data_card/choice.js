/** The choice of the data set, and its settings. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { entryOf, fieldValue, hasEffect } from "../../experiment/catalogue.js";
import { edit } from "../../experiment/store.js";
import { fieldControl } from "../../kit/fields.js";
import { editOwn, switchSet } from "./own_edit.js";

/** @typedef {import("../../types.js").Entry} Entry */
/** @typedef {import("../../types.js").Descriptor} Descriptor */

/** Of older links; where a file is read, whether there are names is chosen. */
const SAID_ELSEWHERE = "first_row";

const chosenId = () => state.experiment.data.dataset;

/** @returns {Descriptor[]} */
const chosenFields = () => entryOf("dataset", chosenId())?.fields ?? [];

/** @param {string} id */
const choose = (id) => editOwn("edit.data", (experiment) => switchSet(experiment, id));

/** The list of data sets by group. The element has `update()` and `relabel()`. */
export function dataSetChoice() {
  const select = h("select", { class: "data-set", onchange: () => choose(select.value) });
  function update() {
    select.value = chosenId();
  }
  function relabel() {
    select.replaceChildren(...optionGroups());
    select.setAttribute("aria-label", t("data.set"));
    select.title = localized(entryOf("dataset", chosenId())?.help);
    update();
  }
  relabel();
  return Object.assign(select, { update, relabel });
}

function optionGroups() {
  const groups = new Map();
  for (const entry of /** @type {Entry[]} */ (state.boot.catalogue.dataset)) {
    const label = t(`group.${entry.group}`);
    if (!groups.has(label)) groups.set(label, h("optgroup", { label }));
    const option = new Option(localized(entry.label), entry.id);
    option.title = localized(entry.help);
    groups.get(label).append(option);
  }
  return groups.values();
}

/**
 * The settings of the set that is chosen. The element has `update()`, `relabel()` and
 * `markFaults(faults)`.
 */
export function dataOptions() {
  const element = h("div", { class: "options" });
  /** @type {Map<Descriptor, any>} */
  let boxes = new Map();
  let id = "";
  function update() {
    if (id !== chosenId()) {
      id = chosenId();
      const fields = chosenFields().filter(({ name }) => name !== SAID_ELSEWHERE);
      boxes = new Map(fields.map((field) => [field, optionBox(field)]));
      element.replaceChildren(...boxes.values());
    }
    const { data } = state.experiment;
    for (const [field, box] of boxes) {
      box.update(fieldValue(data, field));
      box.hidden = !hasEffect(data, field, chosenFields());
    }
  }
  function relabel() {
    for (const box of boxes.values()) box.relabel();
  }
  function markFaults(/** @type {import("../../types.js").Fault[]} */ faults) {
    for (const [{ name }, box] of boxes) box.fault(faults.some(({ place }) => place === `data.${name}`));
  }
  update();
  return Object.assign(element, { update, relabel, markFaults });
}

/** @param {Descriptor} field */
function optionBox(field) {
  function change(/** @type {any} */ value) {
    const set = (/** @type {any} */ { data }) => {
      data[field.name] = value;
    };
    edit("edit.data", set, { merge: `data.${field.name}` });
  }
  return fieldControl(field, fieldValue(state.experiment.data, field), change, { unit: true });
}
