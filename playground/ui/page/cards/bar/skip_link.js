/**
 * For people with a keyboard: past the bar and the tabs to what the tab shows. Seen only while it has the
 * focus.
 */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";

export const skipLink = () =>
  h("a", { class: "skip-link", href: "#content", "data-t": "skip.to_content", onclick: skip });

/** @param {Event} event */
function skip(event) {
  event.preventDefault(); // the address names the tab
  const panel = document.getElementById(`panel-${state.tab}`);
  if (!panel) return;
  panel.tabIndex = -1;
  panel.focus();
}
