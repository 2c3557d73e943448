/** Starting a run and telling it what to do. */
import { toJson } from "../core/json.js";
import { setNotice, toast } from "../core/notices.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit } from "../core/topics.js";
import { t } from "../core/words.js";
import { hasFaults, isChecked } from "../experiment/check.js";
import { adopt, changeExperiment, forget, update } from "./current.js";
import { chosenDevice } from "./device.js";
import { currentSituation } from "./shown.js";
import { hurry } from "./stream.js";

/** @type {Promise<any> | null} */
let starting = null;

export const isStarting = () => starting !== null;

/** Waits for the run that is being started, if there is one. */
export const whenStarted = () => starting ?? Promise.resolve(null);

/** @param {{paused: boolean}} options */
async function begin({ paused }) {
  const experiment = JSON.parse(toJson(state.experiment));
  const hadWeights = currentSituation().phase === "asked" && state.run?.loaded;
  // of another data set perhaps, as long as nobody has looked at this one
  const data = isChecked() ? state.data : null;
  const replaces = state.run?.control ?? null;
  const answer = await post("runs", { experiment, device: chosenDevice(), paused, replaces });
  if (hadWeights) toast(t(answer.carried ? "weights.carried" : "weights.gone"));
  return adopt(answer, experiment, data);
}

/**
 * Starts one run, however often it is pressed.
 * @param {{paused: boolean}} options
 */
export function startOnce(options) {
  starting ??= begin(options).finally(() => {
    starting = null;
    emit("run", state.run);
  });
  emit("run", state.run);
  return starting;
}

/**
 * Does something with the run and says what goes wrong.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T | null>}
 */
async function guarded(work) {
  try {
    return await work();
  } catch (caught) {
    const error = /** @type {any} */ (caught);
    if (error.code === "no_such_run") forget();
    const isFault = error.faults?.length > 0 || (error.place && error.status === 422);
    if (isFault) emit("faults", error);
    setNotice(error.text ?? error.message, error.code || "error");
    return null;
  }
}

/**
 * @param {"pause" | "resume" | "step" | "stop" | "set" | "share"} name
 * @param {Record<string, any>} [body]
 */
const tell = (name, body = {}) =>
  guarded(async () => {
    const { run } = state;
    if (!run?.control) return null;
    const answer = await post(`runs/${run.id}/${name}`, { control: run.control, ...body });
    if (state.run === run && answer.state) update({ state: answer.state });
    hurry();
    return answer;
  });

/**
 * Trains the experiment on the screen: goes on where it is the run's, starts a run else.
 * @param {{fromStart?: boolean}} [options] `fromStart` starts another run in any case
 */
export async function train({ fromStart = false } = {}) {
  if (starting) await starting.catch(() => null);
  if (hasFaults()) {
    emit("faults", state.check);
    return null;
  }
  const { isOwn, isLive, isEdited } = currentSituation();
  const isSame = isOwn && isLive && !isEdited;
  if (isSame && !fromStart) return state.run?.state === "paused" ? tell("resume") : state.run;
  if (state.notice && state.notice.code !== "offline") setNotice(null);
  return guarded(() => startOnce({ paused: false }));
}

export const pause = () => tell("pause");
export const resume = () => tell("resume");
export const stopRun = () => (currentSituation().isLive ? tell("stop") : null);

/** One step: of the run where it is the experiment's, of a new one else. A run that trains is paused. */
export async function stepOnce() {
  const { phase, isOwn, isEnded, isEdited } = currentSituation();
  if (isOwn && (phase === "running" || phase === "queued")) await pause();
  else if (!isOwn || isEnded || isEdited) {
    if (hasFaults()) {
      emit("faults", state.check);
      return null;
    }
    if (!(await guarded(() => startOnce({ paused: true })))) return null;
  }
  return tell("step");
}

/** Ends the run and shows the experiment as if nothing had been trained. */
export async function resetRun() {
  if (starting) await starting.catch(() => null);
  const { isLive, isOwn } = currentSituation();
  if (isLive && isOwn) await tell("stop");
  forget();
  setNotice(null);
}

/**
 * @param {boolean} on whether those who watch may download the network
 * @returns {Promise<boolean>} whether it is so now
 */
export async function shareFiles(on) {
  const answer = await tell("share", { on });
  if (answer) update({ shares_files: on });
  return answer !== null;
}

/**
 * Applies to the live run at once, and to the experiment that it is compared with.
 * @param {string} name
 * @param {any} value
 * @param {(experiment: any) => any} place
 * @returns {Promise<boolean>}
 */
export async function setLive(name, value, place) {
  const { isLive, isOwn } = currentSituation();
  if (!isLive || !isOwn) return false;
  const answer = await tell("set", { name, value });
  if (!answer) return false;
  changeExperiment(name, value, place);
  return true;
}
