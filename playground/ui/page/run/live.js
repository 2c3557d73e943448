/**
 * Keeps a part of the page up to date: only while it is seen, never overlapping, never faster than it
 * asked for.
 */
import { visible } from "../core/dom.js";
import { RequestError } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit, on, onAny } from "../core/topics.js";
import { isChecked } from "../experiment/check.js";
import { untilNext } from "./intervals.js";

const REST_MS = 1000; // after a server that had no time

/**
 * Calls `fn` when the element is shown and something moved since: the run, the sample. Where `fn` gives
 * back false it was too early: the next tab or check tries again.
 * @param {Element} element
 * @param {() => any} fn
 * @param {number} hz
 * @returns {() => void} asks for a call
 */
export function live(element, fn, hz = 4) {
  let isDirty = true;
  let isBusy = false;
  let timer = 0;
  let last = 0;

  function plan() {
    if (isBusy || timer || !isDirty || !visible(element)) return;
    timer = window.setTimeout(go, untilNext(last, hz));
  }
  async function go() {
    timer = 0;
    if (!isDirty || isBusy || !visible(element)) return;
    isDirty = false;
    isBusy = true;
    last = performance.now();
    const outcome = await attempt(fn);
    isBusy = false;
    if (outcome !== "done") isDirty = true;
    if (outcome === "refused") last = performance.now() + REST_MS;
    if (outcome !== "early" && element.isConnected) plan();
  }
  function wish() {
    isDirty = true;
    plan();
  }
  function onVisibility() {
    if (element.isConnected) plan();
    else document.removeEventListener("visibilitychange", onVisibility);
  }
  onAny(["stepped", "sample", "reset"], wish, element);
  onAny(["tab", "check"], () => requestAnimationFrame(plan), element);
  document.addEventListener("visibilitychange", onVisibility);
  requestAnimationFrame(plan); // once the element stands in the page, however late it came
  return wish;
}

/**
 * @param {() => any} fn
 * @returns {Promise<"done" | "early" | "refused">} early: to be tried with the next tab or check
 */
async function attempt(fn) {
  try {
    return (await fn()) === false ? "early" : "done";
  } catch (error) {
    const { code, status } = /** @type {any} */ (error);
    const isOurs = code || error instanceof RequestError;
    if (isOurs) emit("unanswered", error);
    else console.error(error);
    // nothing else may ask again: the run may have ended meanwhile
    if (status === 429 && code !== "waits_in_line") return "refused";
    return isChecked() ? "done" : "early"; // early: the network on the screen is not known yet
  }
}

/**
 * `live`, and again when another network stands on the screen and nothing trains yet.
 * @param {Element} element
 * @param {() => any} fn
 * @param {number} [hz]
 */
export function watch(element, fn, hz) {
  const wish = live(element, fn, hz);
  const onCheck = () => {
    if (!state.run?.step && state.sample) wish();
  };
  on("check", onCheck, element);
  return wish;
}
