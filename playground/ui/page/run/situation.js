/** Whose network does the page show, and what may be done with it? */
import { state } from "../core/state.js";
import { canonical } from "../experiment/canonical.js";

/** @typedef {import("../types.js").RunView} RunView */

const ENDED = ["done", "stopped", "failed"];

/** @param {RunView | null} [run] */
export const isEnded = (run = state.run) => !run || ENDED.includes(run.state);

/** @param {RunView | null} [run] */
export const isLive = (run = state.run) => Boolean(run) && !isEnded(run);

/**
 * Made to be asked, not to train: it gives way to whatever is chosen next.
 * @param {RunView | null} [run]
 */
export const isUntouched = (run = state.run) => Boolean(run?.control) && run?.state === "paused" && !run.step;

/**
 * Whether the page shows the data of its run, whatever data are chosen meanwhile: while it trains, and after it ended
 * until the next edit. A page that only watches sees that run alone.
 */
export function holdsScreen() {
  const { run } = state;
  if (!run?.control) return Boolean(run);
  return isLive(run) ? !isUntouched(run) : run.endedOver === canonical(state.experiment);
}

/** The experiment on the screen is another one than the run's. */
export const isEdited = () =>
  Boolean(state.run?.experiment) && canonical(state.run?.experiment) !== canonical(state.experiment);

/** A whole other experiment was opened since: nobody who presses the button means to pause the run. */
export const isAnother = () => Boolean(state.run) && state.openedOver === state.run?.id && isEdited();

/**
 * What the large button does.
 * @returns {"train" | "pause" | "resume"}
 */
export function action() {
  const { run } = state;
  if (!run?.control || isEnded(run)) return "train";
  if (run.state !== "paused") return isAnother() ? "train" : "pause";
  return isEdited() || !run.step ? "train" : "resume";
}

/**
 * "image", "points", …: of the network that answers now, else of the data chosen.
 * @returns {string}
 */
export function shownKind() {
  const shown = holdsScreen() ? state.run?.data?.kind : null;
  return shown ?? state.data?.kind ?? state.run?.data?.kind ?? "image";
}
