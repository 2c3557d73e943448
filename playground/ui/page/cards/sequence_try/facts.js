/** What all parts of the card ask: what is known of the data, and another sample of them. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { setSample } from "../../run/samples.js";
import { shownData } from "../../run/shown.js";

/** The preview of texts or series; null for other data. */
export const sequenceFacts = () => (["text", "series"].includes(state.preview?.kind) ? state.preview : null);

/** Looks at a validation sample that chance picks. */
export function showAnother() {
  const n = shownData()?.n_validation ?? 1;
  setSample({ kind: "validation", index: Math.floor(Math.random() * n) });
}

/**
 * @param {string} words a key
 * @param {() => void} fn
 */
export const smallButton = (words, fn) =>
  h("button", { type: "button", class: "small", "data-t": words, onclick: fn });

/**
 * Calls `fn` once the parts that do not fit the data are hidden.
 * @param {() => void} fn
 */
export const soon = (fn) => requestAnimationFrame(fn);
