/** Elements: made, and looked at. */
import { translate } from "./words.js";

/** @typedef {string | Node | number | null | undefined | false} Child */

const HAS_WORDS = ["data-t", "data-t-title", "data-t-label", "data-t-placeholder"];

/**
 * Makes an element: `h("button", {class: "icon", onclick: fn, "data-t": "bar.stop", disabled: false},
 * child, "text")`. An attribute that is null or false is left out, a child that is null or false too.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(/** @type {string | Node} */ (child));
  }
  if (HAS_WORDS.some((name) => name in attributes)) translate(element);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {any} value
 */
function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "style") element.style.cssText = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/**
 * Whether somebody could see the element if they scrolled to it: not in a hidden tab, of the browser or
 * of the page.
 * @param {Element} element
 */
export const visible = (element) =>
  !document.hidden && element.isConnected && element.getClientRects().length > 0;

/**
 * Calls `fn` with the first element that fits the selector and can be seen: at once, or when it comes
 * within two seconds. A tab that was never shown is drawn only then.
 * @param {string} selector
 * @param {(element: any) => void} fn
 */
export function whenPresent(selector, fn) {
  const until = performance.now() + 2000;
  function look() {
    const element = [...document.querySelectorAll(selector)].find(visible);
    if (element) fn(element);
    else if (performance.now() < until) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
}
