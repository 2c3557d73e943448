/** One layer in the table: its learning rate, weight decay, whether it is frozen, how it is initialised. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { entryOf, fieldValue } from "../../experiment/catalogue.js";
import { faultsUnder } from "../../experiment/faults.js";
import { fieldControl } from "../../kit/fields.js";
import { oneStopRow } from "../../kit/toolbar.js";
import { changeInit, changeOne, fieldOf, isDifferent, learningOf, takesInit } from "./targets.js";

/** @typedef {import("./targets.js").Target} Target */

const INDENT = 14;

/** @param {string} path */
export const faultsOfLayer = (path) =>
  faultsUnder(path === "output" ? "training.output" : `${path}.learning`);

/** The network's learning rate; null while what stands there is no number. */
function baseRate() {
  const { lr } = state.experiment.training.optimizer;
  return typeof lr === "number" ? lr : null;
}

/**
 * A layer's rate is stored as a multiple of the network's, and shown as the rate itself. @param {any}
 * scale
 */
function rateOf(scale) {
  const base = baseRate();
  return base === null || typeof scale !== "number" ? scale : Number((base * scale).toPrecision(6));
}

/** @param {any} rate @returns {any} */
function scaleOf(rate) {
  const base = baseRate();
  if (rate === null) return 1;
  return typeof rate === "number" && base ? Number((rate / base).toPrecision(12)) : rate;
}

function rateField() {
  const fields = /** @type {any[]} */ (state.boot.catalogue.optimizer[0].fields);
  return { ...fields.find((field) => field.name === "lr"), optional: true, default: null };
}

export class LayerRow {
  /** @param {Target} target */
  constructor({ path, depth, label }) {
    this.path = path;
    this.label = label;
    this.name = h("span", { class: "name", style: `padding-left: ${INDENT * depth}px` });
    const put = (/** @type {string} */ name) => (/** @type {any} */ value) => changeOne(path, name, value);
    this.rate = fieldControl(rateField(), null, (value) => changeOne(path, "lr_scale", scaleOf(value)));
    this.decay = fieldControl(fieldOf("weight_decay"), null, put("weight_decay"));
    this.frozen = fieldControl(fieldOf("frozen"), false, put("frozen"));
    this.init = h("select", { onchange: () => this.chooseInit() });
    this.options = h("div", { class: "options" });
    /** @type {any[]} the fields of the chosen initialisation */
    this.boxes = [];
    this.shownInit = "";
    const cells = [this.name, this.rate, this.decay, this.frozen, this.init, this.options];
    this.element = h("div", { class: "row", role: "listitem", "data-path": path }, ...cells);
    oneStopRow(this.element);
    this.relabel();
  }

  chooseInit() {
    const entry = this.init.value ? entryOf("init", this.init.value) : null;
    changeOne(this.path, "init", entry ? structuredClone(entry.default) : null);
  }

  /** @param {any} box @param {string} words */
  nameBox(box, words) {
    box.relabel();
    box.input.setAttribute("aria-label", `${this.label}: ${words}`);
  }

  relabel() {
    this.name.textContent = this.label;
    this.name.title = this.label;
    this.rate.title = t("training.layers.lr.help");
    this.element.setAttribute("aria-label", this.label);
    this.init.setAttribute("aria-label", `${this.label}: ${t("training.layers.init")}`);
    const entries = /** @type {any[]} */ (state.boot.catalogue.init);
    const options = entries.map((entry) => new Option(localized(entry.label), entry.id));
    this.init.replaceChildren(new Option(t("training.layers.as_rest"), ""), ...options);
    this.nameBox(this.rate, t("training.layers.lr"));
    this.nameBox(this.decay, t("training.layers.decay"));
    this.nameBox(this.frozen, t("training.layers.frozen"));
  }

  /** @param {Target} target as it is now */
  show(target) {
    const learning = learningOf(target) ?? {};
    const isFrozen = learning.frozen === true;
    const scale = learning.lr_scale ?? 1;
    const { weight_decay: decay } = state.experiment.training.optimizer;
    const isTyping = document.activeElement === this.rate.input;
    if (!isTyping) this.rate.update(scale === 1 ? null : rateOf(scale));
    this.rate.input.placeholder = baseRate() === null ? "" : format.lr(baseRate());
    this.decay.update(learning.weight_decay ?? null);
    this.decay.input.placeholder = String(decay ?? "");
    this.frozen.update(isFrozen);
    this.init.value = learning.init?.init ?? "";
    this.init.hidden = !takesInit(target);
    this.showOptions(learning.init);
    this.rate.input.disabled = isFrozen;
    this.decay.input.disabled = isFrozen;
    this.element.classList.toggle("otherwise", isDifferent(target));
    this.showFaults();
  }

  /** The fields of the chosen initialisation, as for the whole network. @param {any} init */
  showOptions(init) {
    const id = init?.init ?? "";
    if (this.shownInit !== id) this.buildOptions(entryOf("init", id)?.fields ?? [], init);
    this.shownInit = id;
    for (const { field, box } of this.boxes) box.update(fieldValue(init, field));
    this.options.hidden = this.init.hidden || this.boxes.length === 0;
  }

  /** @param {any[]} fields @param {any} init */
  buildOptions(fields, init) {
    this.boxes = fields.map((field) => {
      const onChange = (/** @type {any} */ value) => changeInit(this.path, field.name, value);
      const box = fieldControl(field, fieldValue(init, field), onChange, { unit: true });
      this.nameBox(box, box.input.getAttribute("aria-label"));
      return { field, box };
    });
    this.options.replaceChildren(...this.boxes.map(({ box }) => box));
  }

  showFaults() {
    const faults = faultsOfLayer(this.path);
    const mark = (/** @type {any} */ box, /** @type {string} */ name) =>
      box.fault(faults.some(({ place }) => place.endsWith(`.${name}`)));
    mark(this.rate, "lr_scale");
    mark(this.decay, "weight_decay");
    mark(this.frozen, "frozen");
    for (const { field, box } of this.boxes) mark(box, field.name);
  }
}
