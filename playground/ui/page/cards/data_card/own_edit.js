/**
 * Edits of a person's own data. What follows from one, as the loss that suits it, belongs to the same step
 * of undo.
 */
import { state } from "../../core/state.js";
import { entryOf } from "../../experiment/catalogue.js";
import { edit } from "../../experiment/store.js";
import { suitLoss } from "../../experiment/suited_loss.js";
import { nextData } from "./next_set.js";

let edits = 0; // made so far: each is a step of its own

const merge = () => ({ merge: `own_data.${edits}` });

/**
 * @param {string} label key of the words for what was done
 * @param {(experiment: any) => void} change
 */
export function editOwn(label, change) {
  edits += 1;
  edit(label, change, merge());
}

/**
 * The loss follows the task that the data turned out to have.
 * @param {string} task
 */
export const followTask = (task) => edit("edit.data", (experiment) => suitLoss(experiment, task), merge());

/**
 * Another data set in an experiment: what both have stays.
 * @param {any} experiment changed in place
 * @param {string} id
 */
export function switchSet(experiment, id) {
  const present = /** @type {any} */ (entryOf("dataset", experiment.data.dataset) ?? { fields: [] });
  const next = /** @type {any} */ (entryOf("dataset", id));
  const before = experiment.data;
  experiment.data = nextData(before, present, next);
  if (before.file) keepFile(experiment.data, before);
  if (isNameOfPreset(experiment.name)) experiment.name = "Untitled"; // a preset's name names its data
  if (next.task) suitLoss(experiment, next.task);
}

/**
 * A person's own file stays where the next set reads such files, too, with what was said of it.
 * @param {Record<string, any>} data changed in place
 * @param {Record<string, any>} before
 */
function keepFile(data, before) {
  for (const name of ["file", "called", "choices"])
    if (name in data && name in before) data[name] = before[name];
}

/** @param {string} name */
const isNameOfPreset = (name) =>
  state.boot.presets.some((/** @type {any} */ preset) => preset.experiment.name === name);

/**
 * Puts in force what a click on a remedy says, or takes something back.
 * @param {Record<string, any>} change settings of the data; with another `dataset` where it is another kind
 */
export function putInForce(change) {
  editOwn("edit.reading", (experiment) => {
    const isOther = change.dataset && change.dataset !== experiment.data.dataset;
    if (isOther) switchSet(experiment, change.dataset);
    Object.assign(experiment.data, structuredClone(change));
  });
}
