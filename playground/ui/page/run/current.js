/** The run that this page watches: the one place that writes `state.run`. */
import { toJson } from "../core/json.js";
import { state } from "../core/state.js";
import { emit, on } from "../core/topics.js";
import { showInUrl } from "../experiment/address.js";
import { canonical } from "../experiment/canonical.js";
import { clearHistory } from "./history.js";
import { recordOf, remember } from "./records.js";
import { hasEnded } from "./situation.js";

/** @param {any} run the next run, or null */
function show(run) {
  clearHistory();
  state.run = run;
  if (run && hasEnded(run)) run.endedOver = canonical(state.experiment);
}

function tellAll() {
  emit("reset");
  emit("run", state.run);
}

/**
 * From now on the page's own run: the server's answer, and the experiment that it trains.
 * @param {any} answer
 * @param {any} experiment
 * @param {any} data
 */
export function adopt(
  { run: id, control, state: phase, position = null, step = 0, epoch = 0, carried = false },
  experiment,
  data,
) {
  remember(id, { control, experiment, data });
  clearHistory();
  state.run = { id, control, experiment, data, state: phase, position, step, epoch, loaded: carried };
  showInUrl({ run: id });
  tellAll();
  return state.run;
}

/**
 * Watches a run of before a reload, or of somebody else's.
 * @param {any} view
 */
export function attach(view) {
  const id = view.id ?? view.run;
  const record = recordOf(id);
  show({
    ...view,
    id,
    control: record?.control ?? view.control ?? null,
    experiment: record?.experiment ?? view.experiment ?? null,
    data: record?.data ?? view.data ?? null,
  });
  tellAll();
}

/** Watches no run any more. */
export function forget() {
  show(null);
  showInUrl({ run: null });
  tellAll();
}

/**
 * What the server says of the run by now.
 * @param {Record<string, any>} fields
 * @param {any} [rows] new rows of its history, if there are any
 */
export function update(fields, rows = null) {
  const { run } = state;
  if (!run) return;
  const hasStepped = fields.step !== undefined && fields.step !== run.step;
  Object.assign(run, fields, { id: run.id });
  if (hasEnded(run)) run.endedOver ??= canonical(state.experiment);
  if (rows) emit("rows", rows);
  if (hasStepped) emit("stepped");
  emit("run", run);
}

/**
 * A live setting of the run was changed: its experiment says so too.
 * @param {string} name
 * @param {any} value
 * @param {(experiment: any) => any} place where in an experiment the setting stands
 */
export function changeExperiment(name, value, place) {
  const { run } = state;
  if (run?.experiment) {
    run.experiment = structuredClone(run.experiment);
    place(run.experiment)[name] = value;
    remember(run.id, { experiment: run.experiment });
  }
  emit("run", run);
}

/** @param {any} experiment what decides about the server's words on the data */
const learned = (experiment) => canonical({ data: experiment.data, loss: experiment.training?.loss });

/**
 * What the server says of the data on the screen holds for the run too where it learns the same from the
 * same.
 * @param {import("../types.js").Check} check
 */
function describe({ data }) {
  const { run } = state;
  if (!data || !run?.experiment || learned(run.experiment) !== learned(state.experiment)) return;
  if (toJson(run.data) === toJson(data)) return;
  run.data = data;
  if (run.control) remember(run.id, { data });
}

/** @param {{source: string}} change */
function onExperiment({ source }) {
  if (source === "load" && state.run) state.run.wasLeft = true;
  emit("run", state.run);
}

on("experiment", onExperiment);
on("check", describe);
