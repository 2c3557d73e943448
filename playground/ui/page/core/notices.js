/** What the page says by itself: aloud to screen readers, as a passing toast, or as a notice that stays. */
import { h } from "./dom.js";
import { state } from "./state.js";
import { emit } from "./topics.js";

const TOAST_MS = 4000;

/**
 * An element at the end of the page that screen readers watch, made once.
 * @param {string} id
 * @param {string | null} className
 */
function region(id, className) {
  const present = document.getElementById(id);
  if (present) return present;
  const made = h("div", { id, class: className, "aria-live": "polite", role: "status" });
  document.body.append(made);
  return made;
}

/**
 * Says something to screen readers without showing it.
 * @param {string} text
 */
export function announce(text) {
  const place = region("pg-announcer", "visually-hidden");
  place.textContent = ""; // so that the same words are said again
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}

/**
 * A short message that goes away by itself.
 * @param {string} text
 */
export function toast(text) {
  const note = h("div", { class: "toast" }, text);
  region("pg-toasts", null).replaceChildren(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/**
 * A message above the tabs that stays until it is dismissed; null takes it away.
 * @param {string | {en: string, zh: string} | null} message
 * @param {string} [code]
 */
export function setNotice(message, code = "") {
  state.notice = message ? { message, code } : null;
  emit("notice", state.notice);
}
