/** What the run on the screen has measured so far, in bounded memory. */
import { emit } from "../core/topics.js";
import { extremes } from "./thinning.js";

/** @typedef {"steps" | "layers" | "epochs"} Table */

/** @type {Table[]} */
const TABLES = ["steps", "layers", "epochs"];
const CAPACITY = { steps: 8192, layers: 2048, epochs: 8192 };

/** @returns {import("../types.js").RunHistory} */
const emptyHistory = () => ({
  steps: { step: [], train_loss: [], lr: [] },
  layers: { step: [], grad_norm: [], update_ratio: [] },
  epochs: { epoch: [], step: [], val_loss: [], seconds: [], samples_per_s: [] },
  events: [],
  layer_names: [],
  part_names: [],
  metrics: ["accuracy"],
});

/** The columns of each table by name; another object for each run. */
export let runHistory = emptyHistory();

export function clearHistory() {
  runHistory = emptyHistory();
}

/**
 * Appends what a message of the server brought.
 * @param {Record<string, any>} delta new rows by table, and events
 * @param {Record<string, any>} names of layers, parts and metrics, where they changed
 * @returns {boolean} whether there were any rows
 */
export function extendHistory(delta, names) {
  const events = delta.events ?? [];
  let hasRows = events.length > 0;
  for (const table of TABLES) {
    if (delta[table] && appendRows(table, delta[table])) hasRows = true;
  }
  runHistory.events.push(...events);
  if (names.layer_names) runHistory.layer_names = names.layer_names;
  if (names.part_names) runHistory.part_names = names.part_names;
  if (names.metrics) runHistory.metrics = names.metrics;
  for (const table of TABLES) thin(table);
  return hasRows;
}

/**
 * @param {Table} table
 * @param {Record<string, any[]>} columns
 */
function appendRows(table, columns) {
  let step = 0;
  // steps travel as the first, then the gaps
  columns.step = columns.step.map((gap) => {
    step += gap;
    return step;
  });
  let hasRows = false;
  for (const [name, column] of Object.entries(columns)) {
    if (!column.length) continue;
    hasRows = true;
    runHistory[table][name] ??= [];
    for (const value of column) runHistory[table][name].push(value);
  }
  return hasRows;
}

/** @param {Table} table the column whose lowest and highest values must stay */
function keyOf(table) {
  if (table === "steps") return runHistory.steps.train_loss;
  return table === "epochs"
    ? runHistory.epochs.val_loss
    : runHistory.layers[`train_${runHistory.metrics[0]}`];
}

/**
 * Halves the older three quarters of a table that is full; a listener that counts rows hears which were kept.
 * @param {Table} table
 */
function thin(table) {
  const columns = runHistory[table];
  const { step } = columns;
  const most = CAPACITY[table];
  if (step.length <= most) return;
  const newest = most / 4;
  const older = step.length - newest;
  const keep = extremes(step, keyOf(table), older, (most - newest) / 4);
  for (let i = older; i < step.length; i += 1) keep.push(i);
  for (const [name, column] of Object.entries(columns)) {
    if (column.length) columns[name] = keep.map((i) => column[i]);
  }
  emit("thinned", { table, keep });
}
