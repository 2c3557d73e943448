/**
 * Whose network does the page show, and what may be done with it? One pure function says so; everything
 * else asks it.
 */
import { isSameJson } from "../core/json.js";
import { canonical } from "../experiment/canonical.js";

/** @typedef {import("../types.js").RunView} RunView */
/** @typedef {import("../types.js").Situation} Situation */
/** @typedef {import("../types.js").Checked} Checked */

const ENDED = ["done", "stopped", "failed"];
/** What the large button does with a live run, which another one may replace. */
const MAY_BE_REPLACED = ["pause", "resume", "waiting"];
const OF_SAMPLES = ["dataset", "file", "target", "columns", "predict"];

/**
 * Whether a sample of one data set is a sample of the other: how many there are does not matter.
 * @param {any} a
 * @param {any} b
 */
export const isSameSamples = (a, b) => OF_SAMPLES.every((name) => isSameJson(a?.[name], b?.[name]));

/**
 * Whether a run will not take another step.
 * @param {{state: string}} run
 */
export const hasEnded = (run) => ENDED.includes(run.state);

/**
 * A run that was made to be asked, not to train, is "asked": it gives way to whatever is chosen next.
 * @param {RunView | null} run
 * @returns {Situation["phase"]}
 */
function phaseOf(run) {
  if (!run) return "none";
  const isUntouched = Boolean(run.control) && run.state === "paused" && !run.step;
  return isUntouched ? "asked" : run.state;
}

/**
 * @param {RunView | null} run the run that the page watches
 * @param {any} experiment what stands on the screen
 * @param {Checked} check what the server said of it
 * @returns {Situation}
 */
export function situation(run, experiment, check) {
  const phase = phaseOf(run);
  const isOwn = Boolean(run?.control);
  const isEnded = run === null || hasEnded(run);
  const isEdited = Boolean(run?.experiment) && canonical(run?.experiment) !== canonical(experiment);
  const isLeft = Boolean(run?.wasLeft) && isEdited;
  const facts = { run, phase, isOwn, isEnded, isLive: !isEnded, isEdited, isLeft };
  const holdsScreen = isHolding(facts, experiment);
  const action = actionOf(facts);
  return {
    phase,
    isOwn,
    isEnded,
    isLive: !isEnded,
    isEdited,
    isLeft,
    holdsScreen,
    isBlank: !holdsScreen && check.isCurrent && check.faults.length > 0,
    answers: mayAnswer(facts, experiment, holdsScreen),
    subject: subjectOf(facts, experiment, check, holdsScreen),
    action,
    offersAgain: isEdited && MAY_BE_REPLACED.includes(action),
  };
}

/**
 * @typedef {Pick<Situation, "phase"|"isOwn"|"isEnded"|"isLive"|"isEdited"|"isLeft"> & {run: RunView |
 * null}} Facts
 */

/**
 * Whether the page shows the data of its run, whatever data are chosen meanwhile: while it trains, and
 * after it ended until the next edit. A page that only watches sees that run alone.
 * @param {Facts} facts
 * @param {any} experiment
 */
function isHolding({ run, phase, isOwn, isLive }, experiment) {
  if (!run) return false;
  if (!isOwn) return true;
  return isLive ? phase !== "asked" : run.endedOver === canonical(experiment);
}

/**
 * What the large button does. A run that was paused goes on even where the screen says something else by
 * now; where a whole other experiment was opened, nobody who presses the button means the run.
 * @param {Facts} facts
 * @returns {Situation["action"]}
 */
function actionOf({ phase, isOwn, isEnded, isLeft }) {
  if (!isOwn || phase === "none" || phase === "asked" || isLeft) return "train";
  if (isEnded) return "again";
  if (phase === "waiting") return "waiting";
  return phase === "paused" ? "resume" : "pause";
}

/**
 * Whether the run has no network yet: it is built when a place is free.
 * @param {Pick<Facts, "run" | "phase">} facts
 */
const isUnbuilt = ({ run, phase }) => phase === "waiting" && !run?.step;

/**
 * Whether the run's network may be asked about the samples on the screen.
 * @param {Facts} facts
 * @param {any} experiment
 * @param {boolean} holdsScreen
 */
function mayAnswer({ run, phase, isOwn, isEdited }, experiment, holdsScreen) {
  if (!run || isUnbuilt({ run, phase })) return false;
  if (!isOwn || !run.experiment || !isEdited) return true;
  if (phase === "asked") return false;
  return holdsScreen || isSameSamples(run.experiment.data, experiment.data);
}

/**
 * What the page is about: the experiment whose data are shown, these data, and the layers of the network
 * that answers.
 * @param {Facts} facts
 * @param {any} experiment
 * @param {Checked} check
 * @param {boolean} holdsScreen
 * @returns {Situation["subject"]}
 */
function subjectOf({ run, isEdited }, experiment, check, holdsScreen) {
  const ofRun = holdsScreen ? (run?.data ?? null) : null;
  // of an experiment with a fault the server tells no data: then those that are known stay
  const lastKnown = check.lastData?.dataset === experiment.data?.dataset ? check.lastData : null;
  const data = ofRun ?? check.data ?? lastKnown ?? run?.data ?? null;
  const isOfRun = holdsScreen || !isEdited;
  return {
    experiment: (isOfRun ? run?.experiment : null) ?? experiment,
    data,
    kind: ofRun?.kind ?? check.lastData?.kind ?? run?.data?.kind ?? "image",
    layers: (run?.experiment ?? experiment).layers ?? [],
  };
}
