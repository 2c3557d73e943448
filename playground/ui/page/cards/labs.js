/** Labs: the one card of their tab. Scripts, styles and words come when the tab is first opened. */
import { h } from "../core/dom.js";
import { card } from "../kit/card.js";
import { Room } from "../labs/room.js";

const STYLES = ["labs.css", "parts/parts.css", "challenges/challenges.css"];

/** @param {string} name @returns {Promise<void>} resolves when the page has it, or cannot get it */
function styled(name) {
  const link = h("link", { rel: "stylesheet", href: new URL(`../labs/${name}`, import.meta.url).href });
  const loaded = new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
  });
  document.head.append(link);
  return loaded;
}

/** @param {HTMLElement} root */
function setup(root) {
  const room = new Room(root);
  Promise.all(STYLES.map(styled)).then(() => room.begin());
}

export default card("labs", setup);
