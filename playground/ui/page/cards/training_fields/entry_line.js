/** A line for a part that is chosen from a catalogue: the choice, then the fields of what was chosen. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { entryOf, fieldValue, hasEffect, labOf } from "../../experiment/catalogue.js";
import { edit } from "../../experiment/store.js";
import { fieldControl } from "../../kit/fields.js";
import { labButton } from "../../kit/icons.js";
import { Folded } from "./folded.js";
import { applySoon, applyWhenLeft } from "./live_settings.js";

/** @typedef {import("../../types.js").Entry} Entry */

/** @param {number} warmUp steps @returns {string} what to know about the planned curve */
function planHint(warmUp) {
  const steps = state.check?.totals?.steps ?? Infinity;
  if (warmUp >= steps) {
    return t("training.warm_up_long", { n: format.count(warmUp), steps: format.count(steps) });
  }
  return state.check?.schedule?.unknown ? t("training.plan_unknown") : "";
}

/** @param {Entry} entry */
function optionOf(entry) {
  const option = new Option(localized(entry.label), entry.id);
  option.title = localized(entry.help);
  return option;
}

/** @param {string} kind */
const labelOf = (kind) => {
  const field = state.boot.catalogue.training_fields.find((/** @type {any} */ one) => one.name === kind);
  return localized(field?.label) || t(`training.${kind}`);
};

export class EntryLine {
  /** @param {string} kind "loss", "optimizer", … */
  constructor(kind) {
    this.kind = kind;
    this.place = `training.${kind}`;
    /** @type {any[]} */
    this.boxes = [];
    this.shownId = "";
    this.folded = new Folded();
    this.label = h("span", { class: "label" });
    this.choice = h("select", { onchange: () => this.choose() });
    this.fields = h("div", { class: "fields" });
    this.hint = h("p", { class: "hint", hidden: true });
    this.faults = h("div", { class: "faults", hidden: true });
    this.lab = labButton(labOf(kind), "training.lab") ?? "";
    const content = [this.label, this.choice, this.fields, this.hint, this.faults];
    this.element = h("div", { class: "line", "data-part": kind }, ...content);
  }

  /** What the experiment says; where it says nothing, the first of the catalogue. */
  value() {
    return state.experiment.training[this.kind] ?? state.boot.catalogue[this.kind][0].default;
  }

  choose() {
    edit("edit.training", (experiment) => {
      experiment.training[this.kind] = structuredClone(entryOf(this.kind, this.choice.value)?.default);
    });
  }

  /**
   * @param {any} field
   * @param {any} value
   */
  change(field, value) {
    const first = state.boot.catalogue[this.kind][0].default;
    edit(
      "edit.training",
      (experiment) => {
        experiment.training[this.kind] ??= structuredClone(first);
        experiment.training[this.kind][field.name] = value;
      },
      { merge: `${this.kind}.${field.name}` },
    );
    applySoon(["training", this.kind, field.name], field);
  }

  relabel() {
    this.label.textContent = labelOf(this.kind);
    this.choice.setAttribute("aria-label", this.label.textContent);
    this.choice.replaceChildren(...state.boot.catalogue[this.kind].map(optionOf));
    for (const { box } of this.boxes) box.relabel();
    this.update();
  }

  update() {
    const value = this.value();
    const id = value[this.kind];
    const entry = entryOf(this.kind, id);
    this.choice.value = id;
    this.choice.title = localized(entry?.help);
    if (this.shownId !== id) this.build(entry?.fields ?? [], value);
    this.shownId = id;
    for (const { field, box } of this.boxes) box.update(fieldValue(value, field));
    this.folded.show(value);
    this.hideIdle(value, entry?.fields ?? []);
    const hint = this.kind === "schedule" ? planHint(value.warmup_steps ?? 0) : "";
    this.hint.textContent = hint;
    this.hint.hidden = !hint;
  }

  /**
   * What does nothing beside the other values is not asked for.
   * @param {any} value
   * @param {any[]} fields
   */
  hideIdle(value, fields) {
    for (const { field, box } of this.boxes) {
      if (field.shown_when) box.hidden = !hasEffect(value, field, fields);
    }
  }

  /**
   * @param {any[]} fields
   * @param {any} value
   */
  build(fields, value) {
    this.boxes = fields.map((field) => {
      const onChange = (/** @type {any} */ next) => this.change(field, next);
      const box = fieldControl(field, fieldValue(value, field), onChange, { unit: true });
      box.append(labButton(labOf(`field.${field.name}`), "training.lab") ?? "");
      applyWhenLeft(box, ["training", this.kind, field.name], field);
      return { field, box };
    });
    this.folded.take(this.boxes);
    this.gather();
  }

  /** Brings the controls to their places in the line. */
  gather() {
    this.label.after(this.choice);
    this.fields.replaceChildren(...this.boxes.map(({ box }) => box), this.folded.button, this.lab);
  }
}
