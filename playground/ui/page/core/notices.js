/** What the page says by itself: aloud to screen readers, as a passing toast, or as a notice that stays. */
import { h } from "./dom.js";
import { state } from "./state.js";
import { emit } from "./topics.js";

const TOAST_MS = 4000;
const OFFER_MS = 10_000;

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

/** @typedef {{label: string, act: () => void}} Offer what a click in a toast does */

/**
 * A short message that goes away by itself.
 * @param {string} text
 * @param {Offer | null} [offer] a button in it; it then stays longer
 */
export function toast(text, offer = null) {
  const note = h("div", { class: "toast" }, text);
  if (offer) note.append(h("button", { type: "button", class: "small", onclick: act }, offer.label));
  function act() {
    note.remove();
    offer?.act();
  }
  region("pg-toasts", null).replaceChildren(note);
  setTimeout(() => note.remove(), offer ? OFFER_MS : TOAST_MS);
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
