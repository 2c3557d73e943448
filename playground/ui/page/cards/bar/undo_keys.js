/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y undo and redo edits of the experiment. */
import { redo, undo } from "../../experiment/store.js";

// Text fields have an undo of their own.
const FIELDS = "textarea, [contenteditable], input:not([type=checkbox])";

/** @param {KeyboardEvent} event */
function onKey(event) {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey;
  const target = /** @type {Element | null} */ (event.target);
  if (!isShortcut || target?.closest?.(FIELDS)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}

export const listenForUndo = () => document.addEventListener("keydown", onKey);
