/** The buttons that steer the run: train, pause, resume, one step, stop, reset. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { icon } from "../../kit/icons.js";
import { toolbar } from "../../kit/toolbar.js";
import { currentSituation } from "../../run/shown.js";
import { isStarting, pause, resetRun, resume, stepOnce, stopRun, train } from "../../run/steering.js";
import { waitingWords } from "../../run/waiting.js";

/** @type {Record<string, string>} */
const ICONS = { pause: "pause", again: "repeat", waiting: "wait" };

/** @param {MouseEvent} event */
function pressBig(event) {
  // The second press of a double click is no wish to pause.
  if (event.detail > 1) return;
  const { action } = currentSituation();
  // While a run is starting, `train` waits for it: one run, however often it is pressed.
  if (isStarting()) train();
  else if (action === "pause") pause();
  else if (action === "resume") resume();
  else train();
}

/** @param {string} name @param {() => unknown} act */
function iconButton(name, act) {
  const attributes = { type: "button", class: "icon", "data-t-title": `bar.${name}`, onclick: act };
  return h("button", attributes, icon(name));
}

/** @param {string} action */
function wordsOf(action) {
  if (action === "waiting") return waitingWords(state.run);
  return t(`bar.${action}`);
}

/** The large button, with its icon and words. */
function bigButton() {
  const picture = h("span", { class: "big-icon" });
  const words = h("span");
  // A key that is held down presses once.
  const onkeydown = (/** @type {KeyboardEvent} */ event) => event.repeat && event.preventDefault();
  const attributes = { type: "button", class: "primary train", onclick: pressBig, onkeydown };
  const button = h("button", attributes, picture, words);
  /** @param {string} action */
  function show(action) {
    button.dataset.action = action;
    button.disabled = action === "waiting";
    const text = wordsOf(action);
    if (words.textContent === text) return;
    words.textContent = text;
    picture.replaceChildren(icon(ICONS[action] ?? "play"));
  }
  return { button, show };
}

/** All of them, and a `show` that brings them up to date. */
export function controls() {
  const big = bigButton();
  const step = iconButton("step", stepOnce);
  const stop = iconButton("stop", stopRun);
  const reset = iconButton("reset", resetRun);
  const edited = h("button", {
    type: "button",
    class: "ghost small edited",
    hidden: true,
    "data-t-title": "bar.edited.help",
    onclick: () => train({ fromStart: true }),
  });
  function show() {
    const now = currentSituation();
    const action = isStarting() ? "starting" : now.action;
    big.show(action);
    edited.hidden = isStarting() || !now.offersAgain;
    stop.disabled = !(now.isOwn && now.isLive && now.phase !== "asked");
    reset.disabled = now.phase === "none";
    // A run that has ended takes no step more; an edited experiment would begin another one.
    const isTooEarly = action === "starting" || action === "waiting";
    step.disabled = isTooEarly || (now.isOwn && now.isEnded && !now.isEdited);
  }
  function relabel() {
    edited.replaceChildren(h("span", { class: "dim" }, t("bar.edited")), h("b", {}, t("bar.again")));
    show();
  }
  const row = h("div", { class: "controls" }, big.button, step, stop, reset, edited);
  return { element: toolbar(row, "bar.controls"), show, relabel };
}
