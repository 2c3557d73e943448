/** Layer by layer: learning rate, weight decay, frozen and initialisation of every layer that has weights. */
import { h } from "../core/dom.js";
import { isSameJson } from "../core/json.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { applyRepair } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
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

/** @param {HTMLElement} root */
function setup(root) {
  const summary = h("small");
  const toggle = h("button", { type: "button", class: "small", "aria-expanded": "false", onclick: onToggle });
  const faults = h("div", { class: "faults", hidden: true });
  const body = h("div", { class: "rows", role: "list" });
  const shortcuts = h(
    "div",
    { class: "quick" },
    quick("training.layers.discriminative", discriminate, "training.layers.discriminative.help"),
    quick("training.layers.freeze", freezeFeatures),
    quick("training.layers.reset", resetAll),
  );
  const table = h("div", { class: "table", hidden: true }, shortcuts, headOfTable(), body);
  const title = h("h2", { "data-t": "training.layers" });
  const header = h("header", {}, title, summary, h("span", { class: "grow" }), toggle);
  root.append(h("section", { class: "card" }, header, faults, table));
  let isOpen = false;
  /** @type {LayerRow[]} */
  let rows = [];
  /** @type {any} what the rows were made for */
  let shape = null;

  function onToggle() {
    isOpen = !isOpen;
    render();
  }
  function render() {
    const targets = targetsOf();
    const n = targets.filter(isDifferent).length;
    summary.textContent = n
      ? t("training.layers.some", { n, of: targets.length })
      : t("training.layers.alike");
    toggle.textContent = t(isOpen ? "training.layers.close" : "training.layers.open");
    toggle.setAttribute("aria-expanded", String(isOpen));
    table.hidden = !isOpen;
    const lines = targets.flatMap(({ path }) => faultsOfLayer(path));
    faults.hidden = lines.length === 0;
    faults.replaceChildren(...lines.map((fault) => faultLine(fault, applyRepair)));
    if (isOpen) renderRows(targets);
  }
  /** @param {import("./layer_learning/targets.js").Target[]} targets */
  function renderRows(targets) {
    const next = targets.map(({ path, depth, label }) => [path, depth, label, state.lang]);
    if (!isSameJson(next, shape)) {
      shape = next;
      rows = targets.map((target) => new LayerRow(target));
      body.replaceChildren(...rows.map((row) => row.element));
    }
    rows.forEach((row, i) => row.show(targets[i]));
  }
  function onCheck() {
    rememberWeighted();
    render();
  }
  on("experiment", render, root);
  on("check", onCheck, root);
  on("lang", render, root);
  onCheck();
}

export default card("layer_learning", setup);
