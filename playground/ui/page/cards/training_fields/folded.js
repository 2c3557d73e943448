/** Fields that few people need stand behind a button, unless they say something. */
import { h } from "../../core/dom.js";
import { isSameJson } from "../../core/json.js";
import { t } from "../../core/words.js";
import { fieldValue } from "../../experiment/catalogue.js";
import { icon } from "../../kit/icons.js";

/** @typedef {{field: any, box: any}} Box a field and its control */

export class Folded {
  constructor() {
    /** @type {Box[]} */
    this.boxes = [];
    this.isOpen = false;
    /** @type {any} */
    this.value = {};
    const attributes = {
      type: "button",
      class: "icon small ghost open-more",
      "data-t-title": "training.more",
    };
    this.button = h(
      "button",
      { ...attributes, "aria-expanded": "false", onclick: () => this.toggle() },
      icon("more"),
    );
  }

  toggle() {
    this.isOpen = !this.isOpen;
    this.show(this.value);
  }

  /** @param {Box[]} boxes all of an entry */
  take(boxes) {
    this.boxes = boxes.filter(({ field }) => field.more);
    this.isOpen = false;
  }

  /** @param {any} value of the entry */
  show(value) {
    this.value = value;
    for (const { field, box } of this.boxes) {
      const isChanged = !isSameJson(fieldValue(value, field), field.default);
      box.hidden = !this.isOpen && !isChanged;
    }
    this.button.hidden = this.boxes.length === 0;
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.button.title = t("training.more");
    this.button.setAttribute("aria-label", this.button.title);
  }
}
