/**
 * A row of controls of one kind as a toolbar: one stop for the Tab key, the arrows go along it. The stop is
 * where the focus was last, or the first control that can be used.
 */
import { visible } from "../core/dom.js";
import { translate } from "../core/words.js";
import { isCaretAt } from "./one_stop.js";

const CONTROLS = "button, input, select";
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * The control to which an arrow, Home or End leads along a row; null where the key leads nowhere.
 * @param {string} key
 * @param {any[]} controls
 * @param {Element | null} from the control that has the focus
 * @returns {any}
 */
export function alongRow(key, controls, from) {
  const at = controls.indexOf(from);
  if (at < 0) return null;
  if (key === "Home") return controls[0];
  if (key === "End") return controls[controls.length - 1];
  const step = STEPS[key];
  return step ? (controls[at + step] ?? null) : null;
}

/** Whether a key moves the caret of a text instead. @param {any} control @param {string} key */
function isOfText(control, key) {
  if (control.type !== "text") return false;
  if (key === "ArrowLeft") return !isCaretAt(control, "start");
  if (key === "ArrowRight") return !isCaretAt(control, "end");
  return true;
}

/** Also in a tab that is not open now. @param {any} control */
const isReachable = (control) => !control.disabled && control.type !== "file" && !control.closest("[hidden]");

/**
 * Makes the controls of a row one stop; they may come, go and be disabled at any time.
 * @param {HTMLElement} row
 */
export function oneStopRow(row) {
  /** @type {Element | null} */
  let last = null;
  const controls = () => [...row.querySelectorAll(CONTROLS)].filter(isReachable);

  function settle() {
    const all = controls();
    const stop = last && all.includes(last) ? last : all[0];
    for (const control of all) control.setAttribute("tabindex", control === stop ? "0" : "-1");
  }
  row.addEventListener("focusin", (event) => {
    last = /** @type {Element} */ (event.target);
    settle();
  });
  row.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = /** @type {any} */ (event.target);
    if (isOfText(target, event.key)) return;
    const next = alongRow(keyOf(event, target), controls().filter(visible), target);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.type === "text") next.select();
  });
  // a stop that is disabled or hidden would leave the row without any
  const changes = {
    attributes: true,
    attributeFilter: ["disabled", "hidden"],
    childList: true,
    subtree: true,
  };
  new MutationObserver(settle).observe(row, changes);
  settle();
}

/**
 * A row of several lines is walked with up and down, too; a number and a choice use these keys themselves.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} target
 */
function keyOf({ key }, target) {
  if (!target.matches("button")) return key;
  if (key === "ArrowUp") return "ArrowLeft";
  return key === "ArrowDown" ? "ArrowRight" : key;
}

/**
 * @template {HTMLElement} T
 * @param {T} row
 * @param {string} words a key: its name
 * @returns {T}
 */
export function toolbar(row, words) {
  row.setAttribute("role", "toolbar");
  row.dataset.tLabel = words;
  translate(row);
  oneStopRow(row);
  return row;
}
