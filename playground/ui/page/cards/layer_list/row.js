/**
 * The row of one layer: its fields, what it gives out and costs, its faults, and the layers that it holds.
 */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { localized, t, translate } from "../../core/words.js";
import { entryOf, fieldValue, hasEffect } from "../../experiment/catalogue.js";
import { applyRepair } from "../../experiment/store.js";
import { faultLine } from "../../kit/fault_line.js";
import { fieldControl } from "../../kit/fields.js";
import { oneStop } from "../../kit/one_stop.js";
import { labelOf } from "./edits.js";
import { costParts } from "./parts.js";
import { addInside, nameButtons, rowButtons } from "./row_buttons.js";
import { bodyOf } from "./tree.js";

/** @typedef {import("../../types.js").Layer} Layer */
/** @typedef {import("../../types.js").Fault} Fault */
/** @typedef {import("../../types.js").Descriptor & {compact?: boolean}} Descriptor */

/**
 * A layer that this version does not know, from a draft of another: a row without fields, so that the rest
 * stays.
 * @param {Layer} layer
 */
const unknownEntry = (layer) => ({ label: String(layer.layer), help: "", fields: [], family: "" });

export class LayerRow {
  /**
   * @param {Layer} layer
   * @param {import("./edits.js").LayerEdits} edits
   * @param {(event: PointerEvent, key: string) => void} startDrag
   */
  constructor(layer, edits, startDrag) {
    this.key = layer._key ?? "";
    this.kind = layer.layer;
    this.edits = edits;
    this.entry = /** @type {any} */ (entryOf("layer", layer.layer) ?? unknownEntry(layer));
    /** @type {Map<Descriptor, any>} the controls by what they are drawn from */
    this.boxes = this.makeBoxes(layer);
    const rareBoxes = this.boxesThat((field) => !field.compact);
    this.buttons = rowButtons(this.key, edits, rareBoxes.length ? () => this.toggleRare() : null, this.entry);
    this.parts = { name: h("span", { class: "name" }), ...costParts() };
    this.rare = h("div", { class: "more fields", hidden: true }, rareBoxes);
    this.faults = h("div", { class: "faults", hidden: true });
    this.told = "";
    this.element = h(
      "div",
      { class: "row", role: "listitem", "data-key": this.key, "data-layer": this.kind },
      this.line(),
      this.rare,
      this.faults,
    );
    this.list = bodyOf(layer) ? this.addBody() : null;
    this.element.addEventListener("keydown", (/** @type {any} */ event) => this.onKey(event));
    this.buttons.handle.addEventListener("pointerdown", (/** @type {any} */ event) =>
      startDrag(event, this.key),
    );
    oneStop(this.element, ".row", this.buttons.handle);
  }

  /** @param {Layer} layer */
  makeBoxes(layer) {
    const boxes = new Map();
    for (const field of this.entry.fields) {
      if (field.control === "layers") continue; // these stand inside the row, as rows
      const change = (/** @type {any} */ value) => this.edits.setField(this.key, field.name, value);
      boxes.set(field, fieldControl(field, fieldValue(layer, field), change, { unit: !field.compact }));
    }
    return boxes;
  }

  /** @param {(field: Descriptor) => boolean | undefined} fits */
  boxesThat(fits) {
    const chosen = [];
    for (const [field, box] of this.boxes) {
      if (fits(field)) chosen.push(box);
    }
    return chosen;
  }

  line() {
    const { handle, more, lab, add, duplicate, remove } = this.buttons;
    const { name, shape, parameters, compute } = this.parts;
    const color = `background: var(--${this.entry.family || "shape"})`;
    return h(
      "div",
      { class: "line" },
      handle,
      h("i", { class: "family", style: color }),
      name,
      h(
        "div",
        { class: "fields" },
        this.boxesThat((field) => field.compact),
        more,
        lab,
      ),
      shape,
      parameters,
      compute,
      h("span", { class: "actions" }, add, duplicate, remove),
    );
  }

  addBody() {
    const style = `--family: var(--${this.entry.family})`;
    const list = h("div", { class: "list nested", role: "list", "data-owner": this.key, style });
    this.element.append(h("div", { class: "body" }, list, addInside(this.key, this.edits)));
    return list;
  }

  toggleRare(isOpen = this.rare.hidden) {
    this.rare.hidden = !isOpen;
    this.buttons.more?.setAttribute("aria-expanded", String(isOpen));
  }

  /**
   * @param {Layer} layer as it is now
   * @param {string} place
   * @param {number} index
   */
  update(layer, place, index) {
    this.element.dataset.path = place;
    this.element.setAttribute("aria-label", t("layers.row", { n: index + 1, label: labelOf(layer) }));
    let isChanged = false; // a rare field, which may be out of sight
    for (const [field, box] of this.boxes) {
      const value = fieldValue(layer, field);
      box.update(value);
      box.hidden = !hasEffect(layer, field, this.entry.fields);
      if (!field.compact && value !== field.default) isChanged = true;
    }
    this.buttons.more?.classList.toggle("changed", isChanged);
  }

  /**
   * @param {Fault[]} faults of the layer itself
   * @param {string} path
   */
  showFaults(faults, path) {
    this.element.classList.toggle("bad", faults.length > 0);
    const told = JSON.stringify([state.lang, faults]);
    // drawn again only where it says something else: a repair that has the focus keeps it
    if (told !== this.told) {
      this.told = told;
      this.faults.hidden = faults.length === 0;
      this.faults.replaceChildren(...faults.map((fault) => faultLine(fault, applyRepair)));
    }
    for (const [field, box] of this.boxes) {
      const isBad = faults.some(({ place }) => place === `${path}.${field.name}`);
      box.fault(isBad);
      if (isBad && !field.compact) this.toggleRare(true);
    }
  }

  relabel() {
    const label = localized(this.entry.label);
    this.parts.name.textContent = label;
    this.parts.name.title = `${label}: ${localized(this.entry.help)}`;
    for (const box of this.boxes.values()) box.relabel();
    nameButtons(this.buttons, label);
    translate(this.element);
  }

  /** Where a person goes on after adding the layer. */
  focusFirstField() {
    const field = this.element.querySelector(".fields input, .fields select");
    (field ?? this.buttons.handle).focus({ preventScroll: true });
  }

  /** @param {any} event */
  onKey(event) {
    if (event.target.closest(".row") !== this.element) return; // of a layer inside
    if (event.altKey && event.key.startsWith("Arrow")) {
      event.preventDefault();
      this.edits.moveByKey(this.key, event.key);
    } else if (event.target === this.buttons.handle && event.key === "Delete") {
      this.edits.remove(this.key);
    }
  }
}
