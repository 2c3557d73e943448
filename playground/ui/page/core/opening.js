/**
 * The moment at which the page opens: its words, catalogue and experiment are there, and its cards may be
 * drawn.
 */
import { state } from "./state.js";

/** @type {(value?: any) => void} */
let resolveOpened = () => {};

export const opening = {
  /** Whether the page is open. */
  isOpen: false,
  /** Resolves once it is. */
  done: new Promise((resolve) => {
    resolveOpened = resolve;
  }),
};

/**
 * What the server sends once: words, catalogues, presets, devices.
 * @param {import("../types.js").Boot} boot
 */
export function keepBoot(boot) {
  state.boot = boot;
}

document.addEventListener("card-failed", showWhenDrawn); // it waits for no card that cannot come

/** From now on cards are drawn. */
export function open() {
  opening.isOpen = true;
  resolveOpened();
}

/** Shows the page once every card that stands in it has been drawn: it comes as a whole, not in pieces. */
export function showWhenDrawn() {
  if (!opening.isOpen || document.body.classList.contains("pg-open")) return;
  const isEmpty = !document.querySelector("[data-pg]");
  const isWaiting = document.querySelector("[data-pg]:not([data-mounted])");
  if (isEmpty || isWaiting) return;
  document.body.classList.add("pg-open");
}
