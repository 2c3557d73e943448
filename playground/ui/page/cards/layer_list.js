/** The list of layers. Rows are patched by the layers' keys: what is being typed is never redrawn. */
import { visible } from "../core/dom.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { faultsUnder } from "../experiment/faults.js";
import { applyRepair } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { currentSituation } from "../run/shown.js";
import { dragging } from "./layer_list/drag.js";
import { LayerEdits } from "./layer_list/edits.js";
import { layerFrame, showUndo } from "./layer_list/frame.js";
import { outputNote, showCost, totalsOf } from "./layer_list/parts.js";
import { LayerRow } from "./layer_list/row.js";
import { bodyOf, insideOf, walk } from "./layer_list/tree.js";

/** @typedef {import("../types.js").Fault} Fault */
/** @typedef {import("../types.js").Layer} Layer */

/** Faults that are told elsewhere on the page: at their row, at the data, at the settings of learning. */
const HAS_ANOTHER_PLACE = /^(layers\[|data\b|training\b)/;

/** @param {HTMLElement} root */
function setup(root) {
  const list = new LayerList(root);
  on("experiment", () => list.render(), root);
  on("check", () => list.show(), root);
  on("lang", () => list.relabel(), root);
  onAny(["run", "reset"], () => list.followRun(), root);
  on("tab", () => requestAnimationFrame(() => list.followRun()), root);
  list.show();
}

class LayerList {
  /** @param {HTMLElement} root */
  constructor(root) {
    /** @type {Map<string, LayerRow>} by the layers' keys */
    this.rows = new Map();
    this.edits = new LayerEdits(this.rows, () => this.frame.tools.add);
    this.frame = layerFrame(
      (anchor) => this.edits.choose(anchor),
      () => this.edits.empty(),
    );
    const move = this.edits.move.bind(this.edits);
    this.startDrag = dragging(this.frame.element, this.frame.list, move);
    root.append(this.frame.element);
  }

  show() {
    this.render();
    this.showCheck();
  }

  relabel() {
    for (const row of this.rows.values()) row.relabel();
    this.show();
  }

  render() {
    const { list, nothing, tools } = this.frame;
    keepingFocus(list, () => this.patchAll());
    const isEmpty = state.experiment.layers.length === 0;
    nothing.hidden = !isEmpty;
    tools.empty.hidden = isEmpty;
    showUndo(tools);
  }

  patchAll() {
    const seen = new Set();
    this.patch(this.frame.list, state.experiment.layers, "layers", seen);
    for (const [key, row] of this.rows) {
      if (seen.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
  }

  /**
   * Makes and moves rows until they are those of the layers.
   * @param {HTMLElement} container
   * @param {Layer[]} layers
   * @param {string} path
   * @param {Set<string>} seen the keys of the layers that are there
   */
  patch(container, layers, path, seen) {
    layers.forEach((layer, index) => {
      const row = this.rowFor(layer);
      seen.add(row.key);
      const there = container.children[index];
      if (there !== row.element) container.insertBefore(row.element, there ?? null);
      const place = `${path}[${index}]`;
      row.update(layer, place, index);
      if (row.list) this.patch(row.list, insideOf(layer), `${place}.${bodyOf(layer)}`, seen);
    });
  }

  /** @param {Layer} layer */
  rowFor(layer) {
    const present = this.rows.get(layer._key ?? "");
    if (present?.kind === layer.layer) return present;
    present?.element.remove();
    const row = new LayerRow(layer, this.edits, this.startDrag);
    this.rows.set(row.key, row);
    row.relabel();
    return row;
  }

  showCheck() {
    const { check } = state;
    if (!check) return;
    // what cannot be read, or whose file is gone, has no shapes: the last ones stay, greyed
    const isTraced = check.experiment !== null && check.input !== null;
    this.frame.element.classList.toggle("stale", !isTraced);
    for (const { layer, path } of walk(state.experiment.layers)) {
      const row = this.rows.get(layer._key ?? "");
      row?.showFaults(faultsOf(layer, path), path);
      if (row && isTraced) showCost(row.parts, infoOf(check, path));
    }
    const { input, output } = this.frame;
    if (isTraced) {
      showCost(input.parts, check.input);
      showCost(output.parts, check.output);
      output.note.textContent = outputNote(check);
    }
    this.showTotals();
    this.showOtherFaults(check.faults);
  }

  followRun() {
    if (state.check && visible(this.frame.totals)) this.showTotals();
  }

  /** While it trains the times are the run's. What is the same stays: somebody may be pointing at it. */
  showTotals() {
    const { totals } = this.frame;
    const run = currentSituation().isEdited ? null : state.run;
    const parts = totalsOf(state.check, run);
    const text = parts.map(({ textContent }) => textContent).join("");
    if (text !== totals.textContent) totals.replaceChildren(...parts);
  }

  /** @param {Fault[]} faults */
  showOtherFaults(faults) {
    const elsewhere = faults.filter(({ place }) => !HAS_ANOTHER_PLACE.test(place));
    this.frame.others.replaceChildren(...elsewhere.map((fault) => faultLine(fault, applyRepair)));
    this.frame.others.hidden = elsewhere.length === 0;
  }
}

/**
 * The faults of a layer itself: those of the layers inside stand at their own rows.
 * @param {Layer} layer
 * @param {string} path
 */
function faultsOf(layer, path) {
  const body = bodyOf(layer);
  const faults = faultsUnder(path);
  return body ? faults.filter(({ place }) => !place.startsWith(`${path}.${body}[`)) : faults;
}

/**
 * @param {import("../types.js").Check} check
 * @param {string} path
 */
const infoOf = ({ rows }, path) => rows.find((row) => row.path === path) ?? {};

/**
 * A row that is moved loses the focus and the caret: they are given back.
 * @param {HTMLElement} list
 * @param {() => void} work
 */
function keepingFocus(list, work) {
  const focused = /** @type {any} */ (document.activeElement);
  const held = list.contains(focused) ? focused : null;
  const caret = held?.type === "text" ? [held.selectionStart, held.selectionEnd] : null;
  work();
  if (!held || held === document.activeElement || !held.isConnected) return;
  held.focus({ preventScroll: true });
  if (caret) held.setSelectionRange(...caret);
}

export default card("layer_list", setup);
