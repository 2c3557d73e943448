/**
 * One stop for the Tab key in a row of many controls: left and right go along the row, up and down to the
 * rows around,
 * Enter or F2 from its first control into the fields, Escape back. A text keeps its arrows while the caret
 * can move.
 */
import { visible } from "../core/dom.js";

const CONTROLS = "button, input, select";

/**
 * @param {HTMLElement} row
 * @param {string} rows selector of all such rows; a row may stand inside another
 * @param {HTMLElement} first the stop as long as no other control of the row had the focus
 */
export function oneStop(row, rows, first) {
  const owns = (/** @type {Element} */ element) => element.closest(rows) === row;
  const all = () => [...row.querySelectorAll(CONTROLS)].filter(owns).filter(isOfRow);
  for (const control of all()) control.setAttribute("tabindex", control === first ? "0" : "-1");
  row.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!owns(target) || !isOfRow(target)) return;
    for (const control of all()) control.setAttribute("tabindex", control === target ? "0" : "-1");
  });
  row.addEventListener("keydown", (event) => {
    const target = /** @type {any} */ (event.target);
    if (!owns(target) || !isOfRow(target) || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextOf(event.key, target, all().filter(isUsable), first, rows);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.type === "text") next.select();
  });
}

/** Repairs of a fault stay stops of their own. @param {Element} control */
const isOfRow = (control) => !control.closest(".fault-line");

/** @param {any} control */
const isUsable = (control) => !control.disabled && visible(control);

/**
 * Where a key leads; null where it belongs to the control itself.
 * @param {string} key
 * @param {any} target
 * @param {any[]} controls
 * @param {any} first
 * @param {string} rows
 * @returns {any}
 */
function nextOf(key, target, controls, first, rows) {
  const at = controls.indexOf(target);
  if (key === "ArrowRight" && isCaretAt(target, "end")) return controls[at + 1];
  if (key === "ArrowLeft" && isCaretAt(target, "start")) return controls[at - 1];
  if (key === "Escape" && target !== first) return first;
  if (target === first && (key === "Enter" || key === "F2")) {
    return controls.find((control) => control !== first && !control.matches("button"));
  }
  if (target.matches("button") && key === "ArrowDown") return neighbour(first, rows, 1);
  if (target.matches("button") && key === "ArrowUp") return neighbour(first, rows, -1);
  return null;
}

/**
 * Whether an arrow would leave the text. What is no text has no caret.
 * @param {any} control
 * @param {"start" | "end"} side
 */
export function isCaretAt(control, side) {
  if (control.type !== "text") return true;
  const { value, selectionStart: start, selectionEnd: end } = control;
  const isWhole = start === 0 && end === value.length; // as after arriving
  if (isWhole) return true;
  return start === end && start === (side === "end" ? value.length : 0);
}

/**
 * The first control of the row before or after this one.
 * @param {any} first
 * @param {string} rows
 * @param {number} by
 */
function neighbour(first, rows, by) {
  const firsts = [
    ...document.querySelectorAll(`${rows} .${first.classList.item(first.classList.length - 1)}`),
  ];
  return firsts.filter(visible)[firsts.filter(visible).indexOf(first) + by] ?? null;
}
