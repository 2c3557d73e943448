/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y undo and redo edits of the experiment, or of what the tab has instead. */
import { state } from "../../core/state.js";
import { redo, undo } from "../../experiment/store.js";
import { undoerOf } from "../../experiment/undo.js";

// Text fields have an undo of their own.
const FIELDS = "textarea, [contenteditable], input:not([type=checkbox], [type=range])";

/** @param {KeyboardEvent} event */
function onKey(event) {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey;
  const target = /** @type {Element | null} */ (event.target);
  if (!isShortcut || target?.closest?.(FIELDS)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  const undoer = undoerOf(state.tab) ?? { undo, redo };
  if (key === "y" || event.shiftKey) undoer.redo();
  else undoer.undo();
}

export const listenForUndo = () => document.addEventListener("keydown", onKey);
