/**
 * Light and dark. Gradio keeps the choice as a class of the body; the canvases follow it through the
 * topic "dark".
 */
import { state } from "./state.js";
import { local } from "./storage.js";
import { emit } from "./topics.js";

function look() {
  const dark = document.body.classList.contains("dark");
  if (dark === state.dark) return;
  state.dark = dark;
  emit("dark", dark);
}

/** Follows the theme, wherever it is changed. */
export function watchTheme() {
  new MutationObserver(look).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  look();
}

/** @param {boolean} dark */
export function setDark(dark) {
  document.body.classList.toggle("dark", dark);
  local.set("dark", dark);
}

/** The theme of the last visit, unless the address names one. */
export function restoreTheme() {
  const remembered = local.get("dark");
  const isNamed = new URL(location.href).searchParams.has("__theme");
  if (typeof remembered === "boolean" && !isNamed) setDark(remembered);
}
