/**
 * Terms of the field explain themselves: a label that has an explanation shows it when it is pointed at or
 * tapped, and tells it to screen readers with the control that it names. No label becomes a stop of the Tab
 * key.
 */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";

const HOVER_MS = 500;
const MARGIN = 8;
const LABELS = "[data-t], .field > span:first-child";
/** What a click does something else with. */
const CONTROLS = "button, a, select, input, textarea, summary, [role=tab], [role=option]";

/**
 * The key of words of a label: its own, or that of the field that it names.
 * @param {HTMLElement} label
 */
function keyOf(label) {
  if (label.dataset.t) return label.dataset.t;
  const field = /** @type {HTMLElement | null} */ (label.closest("[data-field]"));
  return field ? `field.${field.dataset.field}` : "";
}

/**
 * The label with an explanation that an event is about.
 * @param {Event} event
 * @returns {{label: HTMLElement, words: string} | null}
 */
function termAt(event) {
  const { target } = event;
  if (!(target instanceof Element)) return null;
  const label = /** @type {HTMLElement | null} */ (target.closest(LABELS));
  const term = label ? state.boot?.terms[keyOf(label)] : null;
  return label && term ? { label, words: t(`term.${term}`) } : null;
}

/** Where it is told to screen readers. */
const told = h("span", { id: "pg-term-told", hidden: true });
const bubble = h("div", { class: "pg-term", role: "tooltip", hidden: true });
let timer = 0;

/**
 * @param {HTMLElement} label
 * @param {string} words
 */
function show(label, words) {
  bubble.textContent = words;
  bubble.hidden = false;
  const around = label.getBoundingClientRect();
  const room = document.documentElement.clientWidth - bubble.offsetWidth - MARGIN;
  const below = around.bottom + 6;
  const isAbove = below + bubble.offsetHeight > window.innerHeight - MARGIN;
  bubble.style.left = `${Math.max(MARGIN, Math.min(around.left, room))}px`;
  bubble.style.top = `${isAbove ? around.top - bubble.offsetHeight - 6 : below}px`;
}

function hide() {
  clearTimeout(timer);
  bubble.hidden = true;
}

/** @param {PointerEvent} event */
function onPointer(event) {
  clearTimeout(timer);
  const term = termAt(event);
  if (!term) {
    if (event.pointerType === "mouse") hide();
    return;
  }
  term.label.classList.add("term");
  if (event.pointerType === "mouse") timer = window.setTimeout(() => show(term.label, term.words), HOVER_MS);
}

/** @param {MouseEvent} event */
function onClick(event) {
  hide();
  const term = termAt(event);
  if (!term || term.label.closest(CONTROLS)) return;
  show(term.label, term.words);
}

/** The control that has the focus is described by what its name means. @param {FocusEvent} event */
function onFocus(event) {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const field = /** @type {HTMLElement | null} */ (target.closest("[data-field]"));
  const key = target.dataset.t ?? (field ? `field.${field.dataset.field}` : "");
  const term = state.boot?.terms[key];
  if (!term) return;
  told.textContent = t(`term.${term}`);
  target.setAttribute("aria-describedby", told.id);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key === "Escape") hide();
}

/** Called once, when the page opens. */
export function explainTerms() {
  document.body.append(told, bubble);
  document.addEventListener("pointerover", onPointer);
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  on("lang", hide);
}
