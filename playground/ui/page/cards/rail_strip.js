/**
 * On narrow screens Now and Try it lie in a sheet: this strip, in view on every tab, says how far the
 * network is and opens the sheet with one tap.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { emit, on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { runHistory } from "../run/history.js";

/**
 * How good it is: the score of the last epoch, before the first one the loss of the last step; "" before
 * that.
 */
function numberWords() {
  const { epochs, steps, metrics } = runHistory;
  const score = epochs[`val_${metrics[0]}`]?.at(-1);
  if (score !== undefined) return metrics[0] === "accuracy" ? format.percent(score) : format.number(score);
  const loss = steps.train_loss.at(-1);
  return loss === undefined ? "" : t("rail.loss", { value: format.number(loss) });
}

const isOpen = () => document.body.classList.contains("pg-rail-open");

/**
 * @param {HTMLElement} button
 * @param {boolean} next
 */
function setOpen(button, next) {
  document.body.classList.toggle("pg-rail-open", next);
  button.setAttribute("aria-expanded", String(next));
  // what comes into view is brought up to date, as with another tab
  if (next) emit("tab", state.tab);
}

/**
 * Escape and another tab close the sheet.
 * @param {HTMLElement} root
 * @param {HTMLElement} button
 */
function closeByItself(root, button) {
  let tab = state.tab;
  function onTab(/** @type {string} */ name) {
    if (name !== tab) setOpen(button, false);
    tab = name;
  }
  function onKey(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "Escape" || event.defaultPrevented || !isOpen()) return;
    setOpen(button, false);
    button.focus();
  }
  on("tab", onTab, root);
  document.addEventListener("keydown", onKey);
}

/** @param {HTMLElement} root */
function setup(root) {
  const rail = document.getElementById("rail");
  if (!rail) return;
  rail.tabIndex = -1;
  const number = h("span", { class: "num" });
  const attributes = {
    type: "button",
    class: "rail-open",
    "aria-controls": "rail",
    "data-t-title": "rail.open",
  };
  const title = h("b", { "data-t": "now.title" });
  const button = h("button", { ...attributes, onclick: onClick }, title, number, icon("more"));
  root.append(button);
  function onClick() {
    setOpen(button, !isOpen());
    if (isOpen()) rail?.focus({ preventScroll: true });
  }
  function show() {
    number.textContent = numberWords();
  }
  closeByItself(root, button);
  onAny(["rows", "reset", "lang"], show, root);
  setOpen(button, false);
  show();
}

export default card("rail_strip", setup);
