/**
 * Settings that the running network takes at once: a good value goes to the run, when its box is left or
 * a while after the last key. Which settings these are, and where an experiment has them, the server
 * says.
 */
import { format } from "../../core/format.js";
import { toast } from "../../core/notices.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { fieldName } from "../../experiment/catalogue.js";
import { whenChecked } from "../../experiment/check.js";
import { faultsAt } from "../../experiment/faults.js";
import { currentSituation } from "../../run/shown.js";
import { setLive } from "../../run/steering.js";

/** @typedef {import("../../types.js").Descriptor} Descriptor */

const DELAY_MS = 700;

/** @type {Record<string, number>} */
const timers = {};

/**
 * The name by which a running network knows the setting; null where it is not changed on the way.
 * @param {string[]} path in an experiment
 * @returns {string | null}
 */
function liveName(path) {
  const places = Object.entries(/** @type {Record<string, string[]>} */ (state.boot.live_settings));
  const entry = places.find(([, place]) => place.join(".") === path.join("."));
  return entry ? entry[0] : null;
}

/**
 * The object in an experiment that holds the setting.
 * @param {any} experiment
 * @param {string[]} path
 */
const holderOf = (experiment, path) => path.slice(0, -1).reduce((part, name) => part?.[name], experiment);

/**
 * @param {any} box the control of the field
 * @param {string[]} path
 * @param {Descriptor} field
 */
export function applyWhenLeft(box, path, field) {
  if (liveName(path)) box.input.addEventListener("change", () => apply(path, field));
}

/**
 * @param {string[]} path
 * @param {Descriptor} field
 */
export function applySoon(path, field) {
  const name = liveName(path);
  if (!name) return;
  clearTimeout(timers[name]);
  timers[name] = window.setTimeout(() => apply(path, field), DELAY_MS);
}

/**
 * @param {string[]} path
 * @param {Descriptor} field
 */
async function apply(path, field) {
  const name = liveName(path);
  if (!name) return;
  clearTimeout(timers[name]);
  const { run } = state;
  await whenChecked();
  if (run !== state.run || !isToApply(path, field)) return;
  const value = holderOf(state.experiment, path)[field.name] ?? null;
  const isDone = await setLive(name, value, (experiment) => holderOf(experiment, path));
  if (!isDone) return;
  const label = fieldName(field.name);
  if (value === null) toast(t("training.applied_none", { name: label }));
  else toast(t("training.applied", { name: label, value: format.lr(value) }));
}

/**
 * Whether the run has another value than the screen, and the one on the screen is good.
 * @param {string[]} path
 * @param {Descriptor} field
 */
function isToApply(path, field) {
  const { run } = state;
  if (!run?.control || !run.experiment || currentSituation().isEnded) return false;
  const ofRun = holderOf(run.experiment, path);
  const onScreen = holderOf(state.experiment, path);
  const kind = path[path.length - 2]; // an entry is named by its kind: another optimiser has another rate
  if (ofRun?.[kind] !== onScreen?.[kind]) return false;
  const value = onScreen[field.name] ?? null;
  if ((ofRun[field.name] ?? null) === value) return false;
  const isGood = value === null ? field.optional === true : typeof value === "number";
  return isGood && faultsAt(path.join(".")).length === 0;
}
