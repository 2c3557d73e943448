/** Layer by layer: learning rate, weight decay, frozen and initialisation of every layer that has weights. */
import { h } from "../core/dom.js";
import { isSameJson } from "../core/json.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { applyRepair } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { toolbar } from "../kit/toolbar.js";
import { faultsOfLayer, LayerRow } from "./layer_learning/row.js";
import {
  discriminate,
  freezeFeatures,
  isDifferent,
  rememberWeighted,
  resetAll,
  targetsOf,
} from "./layer_learning/targets.js";

const COLUMNS = ["layer", "lr", "decay", "frozen", "init"];

/** @param {string} words @param {() => void} act @param {string} [help] */
const quick = (words, act, help = words) =>
  h("button", { type: "button", class: "small", "data-t": words, "data-t-title": help, onclick: act });

function headOfTable() {
  const titles = COLUMNS.map((name) => h("span", { "data-t": `training.layers.${name}` }));
  return h("div", { class: "row head", "aria-hidden": "true" }, ...titles);
}

function shortcuts() {
  const buttons = [
    quick("training.layers.discriminative", discriminate, "training.layers.discriminative.help"),
    quick("training.layers.freeze", freezeFeatures),
    quick("training.layers.reset", resetAll),
  ];
  return toolbar(h("div", { class: "quick" }, ...buttons), "training.layers.shortcuts");
}

class LayerTable {
  /** @param {HTMLElement} root */
  constructor(root) {
    const button = { type: "button", class: "small", "aria-expanded": "false" };
    this.toggle = h("button", { ...button, onclick: () => this.onToggle() });
    this.summary = h("small");
    this.faults = h("div", { class: "faults", hidden: true });
    this.body = h("div", { class: "rows", role: "list" });
    this.table = h("div", { class: "table", hidden: true }, shortcuts(), headOfTable(), this.body);
    const title = h("h2", { "data-t": "training.layers" });
    const header = h("header", {}, title, this.summary, h("span", { class: "grow" }), this.toggle);
    root.append(h("section", { class: "card" }, header, this.faults, this.table));
    this.isOpen = false;
    /** @type {LayerRow[]} */
    this.rows = [];
    /** @type {any} what the rows were made for */
    this.shape = null;
  }

  onToggle() {
    this.isOpen = !this.isOpen;
    this.render();
  }

  render() {
    const targets = targetsOf();
    const n = targets.filter(isDifferent).length;
    const some = () => t("training.layers.some", { n, of: targets.length });
    this.summary.textContent = n ? some() : t("training.layers.alike");
    this.toggle.textContent = t(this.isOpen ? "training.layers.close" : "training.layers.open");
    this.toggle.setAttribute("aria-expanded", String(this.isOpen));
    this.table.hidden = !this.isOpen;
    const lines = targets.flatMap(({ path }) => faultsOfLayer(path));
    this.faults.hidden = lines.length === 0;
    this.faults.replaceChildren(...lines.map((fault) => faultLine(fault, applyRepair)));
    if (this.isOpen) this.renderRows(targets);
  }

  /** @param {import("./layer_learning/targets.js").Target[]} targets */
  renderRows(targets) {
    const next = targets.map(({ path, depth, label }) => [path, depth, label, state.lang]);
    if (!isSameJson(next, this.shape)) {
      this.shape = next;
      this.rows = targets.map((target) => new LayerRow(target));
      this.body.replaceChildren(...this.rows.map((row) => row.element));
    }
    this.rows.forEach((row, i) => row.show(targets[i]));
  }

  onCheck() {
    rememberWeighted();
    this.render();
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const table = new LayerTable(root);
  on("experiment", () => table.render(), root);
  on("check", () => table.onCheck(), root);
  on("lang", () => table.render(), root);
  table.onCheck();
}

export default card("layer_learning", setup);
