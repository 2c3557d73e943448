/** Questions to the network. */
import { post, RequestError } from "../core/requests.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";
import { hasFaults, whenChecked } from "../experiment/check.js";
import { forget } from "./current.js";
import { hearPause } from "./intervals.js";
import { currentSituation, shownKind } from "./shown.js";
import { startOnce, whenStarted } from "./steering.js";

/** The run that may be asked; where there is none, one of the experiment on the screen, paused at step 0. */
export async function answering() {
  await whenStarted(); // perhaps of what stood on the screen before
  const { answers, phase } = currentSituation();
  if (answers) return state.run;
  // another run would take its place in the line
  if (phase === "waiting")
    throw new RequestError(429, { code: "waits_in_line", message: t("error.waiting") });
  await whenChecked();
  if (hasFaults()) throw new RequestError(422, { code: "faults", message: t("error.faults") });
  return startOnce({ paused: true });
}

/**
 * Asks the network. Rejects where the question is of a network that is no longer shown.
 * @param {string} question
 * @param {Record<string, any>} [body]
 * @returns {Promise<any>}
 */
export async function ask(question, body = {}) {
  const kindBefore = shownKind();
  const run = await answering();
  if (isOutdated(run, kindBefore, body.path)) {
    throw new RequestError(0, { code: "outdated", message: t("error.outdated") });
  }
  try {
    const { ask_every_ms: pause, ...answer } = await post(`runs/${run.id}/ask`, { question, ...body });
    hearPause(pause);
    return answer;
  } catch (error) {
    if (/** @type {any} */ (error).code === "no_such_run" && state.run === run) forget();
    throw error;
  }
}

/**
 * @param {any} run
 * @param {string} kindBefore
 * @param {string} [path] of a layer
 */
function isOutdated(run, kindBefore, path) {
  if (shownKind() !== kindBefore || (run.data?.kind ?? kindBefore) !== kindBefore) return true;
  if (!path || path === "input" || path === "output" || !run.experiment) return false;
  return !layerAt(run.experiment, path);
}

/**
 * The layer that a path such as "layers[2].body[0]" leads to.
 * @param {any} experiment
 * @param {string} path
 */
export function layerAt(experiment, path) {
  const names = path.split(/[.[\]]+/).filter(Boolean);
  return names.reduce((at, name) => at?.[name], experiment) ?? null;
}
