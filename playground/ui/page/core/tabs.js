/**
 * The tabs: Gradio draws them and says which one is shown; the address names it, and the browser's Back
 * goes to the one before.
 */
import { tabAsked, withLab, withoutLab } from "./link.js";
import { state } from "./state.js";
import { emit, on } from "./topics.js";
import { t } from "./words.js";

/** Their names in order; Python says them, in the element that loads the page. */
export const tabNames = (
  document.querySelector("script[data-tabs]")?.getAttribute("data-tabs") ?? "build"
).split(" ");

const LABS = "labs";

/** Whether the tab that is shown next comes from the address, and is no new step in the browser's history. */
let isFromAddress = false;

/** @returns {HTMLElement | null} */
const strip = () => document.querySelector("#tabs [role=tablist]");

/**
 * @param {string} name
 * @returns {HTMLElement | null}
 */
const buttonOf = (name) => document.querySelector(`#tabs [data-tab-id="${name}"]`);

/**
 * Shows a tab from its top.
 * @param {string} name
 */
export function showTab(name) {
  if (tabNames.includes(name)) buttonOf(name)?.click();
}

/**
 * Opens a lab in its own tab: a step of the browser's history.
 * @param {string} id
 * @param {Record<string, any>} [fields] that differ from their defaults
 */
export function openLab(id, fields = {}) {
  const query = withLab(location.search, id, fields);
  history.pushState(null, "", `${location.pathname}${query}#${LABS}`);
  showTab(LABS);
}

/** The tab that the address names, else the first. */
export function tabOfAddress() {
  return tabAsked(location.hash, location.search, tabNames);
}

function selectedTab() {
  const selected = document.querySelector('#tabs [role=tab][aria-selected="true"]');
  return selected?.getAttribute("data-tab-id") ?? null;
}

/** Gradio shows another tab: the page follows. */
function onSelection() {
  const name = selectedTab();
  if (!name || name === state.tab) return;
  const isFirst = state.tab === "";
  state.tab = name;
  document.body.dataset.tab = name;
  if (!isFirst) requestAnimationFrame(scrollToTop); // the panel is not laid out yet
  if (!isFirst && !isFromAddress) nameInAddress(name);
  isFromAddress = false;
  keepOneTabStop();
  emit("tab", name);
}

/** @param {string} name */
function nameInAddress(name) {
  const hash = name === tabNames[0] ? "" : `#${name}`;
  // a lab that is left does not stand in the address any more
  const search = name === LABS ? location.search : withoutLab(location.search);
  if (location.hash !== hash || location.search !== search)
    history.pushState(null, "", location.pathname + search + hash);
}

/** On a phone the rail stands above the tab: there the page is scrolled past it. */
function scrollToTop() {
  const panel = document.getElementById(`panel-${state.tab}`);
  const rail = document.getElementById("rail");
  if (!panel || !rail) return;
  const top = panel.getBoundingClientRect().top;
  const isStacked = rail.getBoundingClientRect().bottom <= top;
  const covered = (document.getElementById("bar")?.offsetHeight ?? 0) + (strip()?.offsetHeight ?? 0);
  window.scrollTo(0, isStacked ? top + window.scrollY - covered - 10 : 0);
}

/** One stop for the Tab key: the arrows go from tab to tab. Each panel is called after its tab. */
function keepOneTabStop() {
  for (const name of tabNames) {
    const button = buttonOf(name);
    if (!button) continue;
    button.setAttribute("tabindex", name === state.tab ? "0" : "-1");
    document.getElementById(`panel-${name}`)?.setAttribute("aria-labelledby", button.id);
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const at = tabNames.indexOf(state.tab);
  const last = tabNames.length - 1;
  /** @type {Record<string, number>} */
  const steps = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  };
  const to = steps[event.key];
  if (to === undefined) return;
  event.preventDefault();
  showTab(tabNames[to]);
  buttonOf(tabNames[to])?.focus();
}

/** Shows the tab that the address names. */
function followAddress() {
  const name = tabOfAddress();
  if (name === state.tab) return;
  isFromAddress = true;
  showTab(name);
}

/** What stands below the bar sticks there, however tall the bar is. */
function measureBar() {
  const bar = document.getElementById("bar");
  if (!bar) return;
  const root = document.documentElement;
  const measure = () => root.style.setProperty("--bar-height", `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
}

/** Resolves once Gradio has drawn its tabs. */
function whenDrawn() {
  return new Promise((resolve) => {
    if (strip()) return resolve(null);
    const observer = new MutationObserver(() => {
      if (!strip()) return;
      observer.disconnect();
      resolve(null);
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

/**
 * Shows the tab that the address names, now and whenever the address changes. Called once, when the page
 * opens.
 */
export async function openTabs() {
  await whenDrawn();
  const list = /** @type {HTMLElement} */ (strip());
  const observer = new MutationObserver(onSelection);
  observer.observe(list, { attributes: true, subtree: true, attributeFilter: ["aria-selected"] });
  list.addEventListener("keydown", onKey);
  window.addEventListener("popstate", followAddress);
  const name = () => list.setAttribute("aria-label", t("tabs.label"));
  on("lang", name);
  name();
  measureBar();
  if (tabOfAddress() === selectedTab()) onSelection();
  else showTab(tabOfAddress());
}
