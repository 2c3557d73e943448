/** The experiment on the screen: edits, each of which can be undone. The draft follows every edit. */
import { isSameJson, toJson } from "../core/json.js";
import { announce } from "../core/notices.js";
import { state } from "../core/state.js";
import { local, session } from "../core/storage.js";
import { emit } from "../core/topics.js";
import { t } from "../core/words.js";
import { showInUrl } from "./address.js";
import { keyed } from "./keys.js";
import { presetLike } from "./names.js";
import { UndoStack } from "./undo.js";

const undoStack = new UndoStack();

/** Counts the edits; the server's answer is known to belong to one of them. */
let version = 0;
export const currentVersion = () => version;

/**
 * @param {any} experiment
 * @param {"edit" | "load" | "undo"} source
 */
function put(experiment, source) {
  state.experiment = keyed(experiment, state.experiment);
  version += 1;
  keepDraft();
  emit("experiment", { source });
}

/**
 * Changes a copy of the experiment and shows it.
 * @param {string} label key of the words for what was done
 * @param {(experiment: any) => void} change
 * @param {{merge?: string | null}} [options] edits in a row with the same `merge` are one step of undo
 * @returns {boolean} whether anything is different now
 */
export function edit(label, change, { merge = null } = {}) {
  const before = state.experiment;
  const next = structuredClone(before);
  change(next);
  if (isSameJson(before, next)) return false;
  undoStack.record({ label, experiment: before, preset: state.preset }, merge, performance.now());
  state.preset = null;
  showInUrl({ preset: null, x: null });
  put(next, "edit");
  return true;
}

/**
 * Opens another experiment in place of this one.
 * @param {any} experiment
 * @param {string} [label]
 * @param {{preset?: string | null}} [options]
 */
export function load(experiment, label = "edit.load", { preset = null } = {}) {
  undoStack.record({ label, experiment: state.experiment, preset: state.preset }, null, performance.now());
  state.preset = preset ?? presetLike(experiment); // a file or a checkpoint may hold one unedited
  showInUrl({ preset: state.preset, x: null });
  put(structuredClone(experiment), "load");
}

/**
 * The first experiment of the page, and a draft that it takes the place of, if there is another.
 * @param {any} experiment
 * @param {string | null} preset
 * @param {any} otherDraft
 */
export function begin(experiment, preset, otherDraft) {
  state.preset = preset;
  state.experiment = keyed(experiment);
  if (!otherDraft) return;
  const step = { label: "edit.draft", experiment: keyed(otherDraft), preset: null };
  undoStack.record(step, null, performance.now());
}

/**
 * The experiment as the server reads it (defaults filled in): no edit, and nothing to undo.
 * @param {any} experiment
 */
export function settle(experiment) {
  state.experiment = keyed(experiment, state.experiment);
}

/**
 * Applies a repair that the server proposed, as one edit.
 * @param {import("../types.js").Repair} repair
 */
export function applyRepair({ layers, training, data }) {
  edit("edit.repair", (experiment) => {
    if (data) experiment.data = structuredClone(data);
    if (layers) experiment.layers = structuredClone(layers);
    if (training) Object.assign(experiment.training, structuredClone(training));
  });
}

const present = () => ({ experiment: state.experiment, preset: state.preset });

/**
 * @param {import("./undo.js").Step | null} step
 * @param {string} words
 */
function travelTo(step, words) {
  if (!step) return;
  state.preset = step.preset;
  showInUrl({ preset: step.preset, x: null });
  put(structuredClone(step.experiment), "undo");
  announce(t(words, { what: t(step.label) }));
}

export const undo = () => travelTo(undoStack.undo(present()), "edit.undone");
export const redo = () => travelTo(undoStack.redo(present()), "edit.redone");
export const canUndo = () => undoStack.past.length > 0;
export const canRedo = () => undoStack.future.length > 0;
export const undoLabel = () => undoStack.past.at(-1)?.label ?? "";
export const redoLabel = () => undoStack.future.at(-1)?.label ?? "";

function keepDraft() {
  const draft = JSON.parse(toJson(state.experiment));
  session.set("draft", draft);
  local.set("draft", draft);
}
