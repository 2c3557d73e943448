/**
 * What the server says of the experiment on the screen: shapes, cost, faults, link, script. The latest
 * edit wins.
 */
import { toJson } from "../core/json.js";
import { setNotice } from "../core/notices.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit, on } from "../core/topics.js";
import { t } from "../core/words.js";
import { currentVersion, settle } from "./store.js";

const DEBOUNCE_MS = 60;
const RETRY_MS = 3000;

let checkedVersion = -1;
let refusedVersion = -1;
let timer = 0;
let previewOf = "";
/** @type {AbortController | null} */
let pending = null;
/** @type {any} the notice that a check brought, which goes with the next good answer */
let trouble = null;

/** Whether the answer to the experiment on the screen is there. */
export const isChecked = () => checkedVersion === currentVersion();

/** Whether it is there, and something is wrong. */
export const hasFaults = () => isChecked() && state.check.faults.length > 0;

function schedule(delay = DEBOUNCE_MS) {
  clearTimeout(timer);
  timer = window.setTimeout(check, delay);
}
on("experiment", () => schedule());

/** Asks at once. */
export const checkNow = () => schedule(0);

async function check() {
  pending?.abort();
  pending = new AbortController();
  const version = currentVersion();
  const question = { experiment: state.experiment, lang: state.lang };
  let answer;
  try {
    answer = await post("check", question, { signal: pending.signal });
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError" && version === currentVersion()) onFailure(error);
    return;
  }
  if (version !== currentVersion()) return;
  onAnswer(answer, version);
  await preview();
}

/**
 * @param {import("../types.js").Check} answer
 * @param {number} version
 */
function onAnswer(answer, version) {
  if (state.notice && (state.notice === trouble || state.notice.code === "offline")) setNotice(null);
  state.check = answer;
  checkedVersion = version;
  if (answer.data) state.data = answer.data;
  if (answer.experiment) settle(answer.experiment);
  emit("check", answer);
}

/**
 * A server that is away, busy or broken is asked again after a while; what it refuses to look at stays
 * unchecked.
 * @param {any} error
 */
function onFailure(error) {
  const isBusy = error.status === 429;
  const isRefused = error.status >= 400 && error.status < 500 && !isBusy;
  const message =
    error.status >= 500 ? t("error.again", { status: error.status }) : (error.text ?? error.message);
  setNotice(message, error.code);
  trouble = state.notice;
  if (!isRefused) {
    schedule(RETRY_MS);
    return;
  }
  refusedVersion = currentVersion();
  emit("unchecked", error);
}

/** @param {import("../types.js").Fault} fault */
const isOfData = (fault) => fault.place === "data" || fault.place.startsWith("data.");

/** Asks for a look at the data where they are others than before, and without a fault. */
async function preview() {
  const data = toJson(state.experiment.data);
  if (data === previewOf || state.check.faults.some(isOfData)) return;
  previewOf = data;
  try {
    const answer = await post("preview", { data: state.experiment.data });
    if (data !== previewOf) return;
    state.preview = answer;
    emit("preview", answer);
  } catch {
    if (data === previewOf) previewOf = ""; // the next check tries again
  }
}

/**
 * Waits until the answer to the experiment on the screen is there. Rejects where the server will not look
 * at it.
 * @returns {Promise<import("../types.js").Check>}
 */
export function whenChecked() {
  if (isChecked()) return Promise.resolve(state.check);
  if (refusedVersion === currentVersion()) schedule(0);
  return new Promise((resolve, reject) => {
    const stop = () => {
      stopAnswer();
      stopFailure();
    };
    const stopAnswer = on("check", (answer) => {
      stop();
      resolve(answer);
    });
    const stopFailure = on("unchecked", (error) => {
      stop();
      reject(error);
    });
  });
}
