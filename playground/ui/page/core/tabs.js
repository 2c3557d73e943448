/** The tabs: which one is shown, and its name in the address. */
import { opening } from "./opening.js";
import { state } from "./state.js";
import { emit } from "./topics.js";

/** Their names in order; Python says them, in the element that loads the page. */
export const tabNames = (
  document.querySelector("script[data-tabs]")?.getAttribute("data-tabs") ?? "build"
).split(" ");

/**
 * Shows a tab from its top.
 * @param {string} name
 */
export function showTab(name) {
  if (!tabNames.includes(name)) return;
  const isChange = opening.isOpen && state.tab !== name;
  state.tab = name;
  document.body.dataset.tab = name;
  if (isChange) scrollToTop();
  const hash = name === tabNames[0] ? "" : `#${name}`;
  if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
  emit("tab", name);
}

/** On a phone the rail stands above the tab: there the page is scrolled past it. */
function scrollToTop() {
  const bar = document.getElementById("bar");
  const panels = document.getElementById("panels");
  const rail = document.getElementById("rail");
  if (!bar || !panels || !rail) return window.scrollTo(0, 0);
  const top = panels.getBoundingClientRect().top;
  const isStacked = rail.getBoundingClientRect().bottom <= top;
  window.scrollTo(0, isStacked ? top + window.scrollY - bar.offsetHeight - 10 : 0);
}

/** The tab that the address names, else the first. */
export const tabOfAddress = () => {
  const name = location.hash.slice(1);
  return tabNames.includes(name) ? name : tabNames[0];
};

/** Shows the tab that the address names, now and whenever the address changes. */
export function followAddress() {
  showTab(tabOfAddress());
  window.addEventListener("hashchange", () => showTab(location.hash.slice(1) || tabNames[0]));
}
