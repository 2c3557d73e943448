/** Augmentation: its settings, and what it does to real samples. */
import { decode } from "../../core/bytes.js";
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { fieldValue } from "../../experiment/catalogue.js";
import { faultsAt, faultsUnder } from "../../experiment/faults.js";
import { edit } from "../../experiment/store.js";
import { fieldControl } from "../../kit/fields.js";
import { drawPicture } from "../../kit/pixels.js";

/** @typedef {import("../../types.js").Descriptor} Descriptor */

const SOME = { shift: 2, rotate: 10, scale: 0.1 }; // what one click turns on

const chosen = () => state.experiment.data.augment;

/**
 * @param {any} augment null for none
 * @param {string | null} [merge]
 */
function put(augment, merge = null) {
  const change = (/** @type {any} */ { data }) => {
    data.augment = augment;
  };
  edit("edit.data", change, { merge });
}

export class AugmentBox {
  constructor() {
    /** @type {Descriptor[]} */
    this.fields = state.boot.catalogue.augment_fields;
    this.boxes = new Map(this.fields.map((field) => [field, this.box(field)]));
    this.line = h("span", { class: "dim" });
    this.grid = h("div", { class: "augmented", role: "group" });
    this.off = smallButton("augment.off", () => put(null));
    const some = smallButton("augment.some", () => put(SOME));
    this.element = h(
      "details",
      { class: "augment" },
      h("summary", {}, h("b", { "data-t": "augment.title" }), this.line),
      h("p", { class: "dim", "data-t": "augment.explain" }),
      h("div", { class: "options" }, [...this.boxes.values()], some, this.off),
      this.grid,
    );
  }

  /** @param {Descriptor} field */
  box(field) {
    const change = (/** @type {any} */ value) => this.change(field, value);
    return fieldControl(field, field.default, change, { unit: true });
  }

  /**
   * @param {Descriptor} field
   * @param {any} value
   */
  change(field, value) {
    const augment = { ...chosen(), [field.name]: value };
    const isNone = this.activeIn(augment).length === 0;
    put(isNone ? null : augment, `data.augment.${field.name}`);
  }

  /** @param {any} augment */
  activeIn(augment) {
    return this.fields.filter((field) => fieldValue(augment, field) !== field.default);
  }

  update() {
    for (const [field, box] of this.boxes) {
      box.update(fieldValue(chosen(), field));
      box.fault(faultsAt(`data.augment.${field.name}`).length > 0);
    }
    const active = this.activeIn(chosen());
    const names = active.map((field) => localized(field.label)).join(", ");
    this.line.textContent = names || t("augment.none");
    this.off.disabled = active.length === 0;
    // where the data are not there, what is shown is of others
    const isGone = faultsUnder("data").some(({ place }) => place === "data.file" || place === "data.dataset");
    this.grid.style.display = isGone ? "none" : "";
  }

  relabel() {
    for (const box of this.boxes.values()) box.relabel();
  }

  /**
   * @param {{augmented?: string[][], size: number[], channels: number}} preview rows: the original first,
   * then changed
   */
  showPreview({ augmented, size, channels }) {
    this.grid.hidden = !augmented?.length;
    if (!augmented?.length) return;
    const [height, width] = size;
    this.grid.setAttribute("aria-label", t("augment.grid"));
    this.grid.style.setProperty("--across", String(augmented[0].length));
    this.grid.replaceChildren();
    for (const row of augmented) {
      row.forEach((bytes, i) => {
        const canvas = pictureCanvas(i === 0);
        drawPicture(canvas, decode(bytes), height, width, channels);
        this.grid.append(canvas);
      });
    }
  }
}

/** @param {boolean} isOriginal */
function pictureCanvas(isOriginal) {
  const title = t(isOriginal ? "augment.original" : "augment.changed");
  return h("canvas", { class: isOriginal ? "original" : "", title });
}

/**
 * @param {string} words
 * @param {() => void} act
 */
const smallButton = (words, act) =>
  h("button", { type: "button", class: "small", "data-t": words, onclick: act });
