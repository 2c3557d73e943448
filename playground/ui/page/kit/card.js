/** A card: a part of the page that Gradio places and one module draws. */
import { h } from "../core/dom.js";
import { opening, showWhenDrawn } from "../core/opening.js";
import { translate } from "../core/words.js";

/**
 * What a card's module exports as default: Gradio calls it with the element that it made for the card.
 * @param {string} name of the module
 * @param {(root: any, props: any) => void} setup draws the card, once, after the page has opened
 */
export const card = (name, setup) =>
  async function mount(/** @type {Element} */ element, /** @type {any} */ props) {
    const root = /** @type {HTMLElement} */ (element.querySelector(`[data-pg="${name}"]`) ?? element);
    await opening.done;
    if (root.dataset.mounted) return;
    root.dataset.mounted = "yes";
    try {
      setup(root, props);
      translate(root);
    } catch (error) {
      console.error(name, error);
    }
    showWhenDrawn();
  };

/**
 * The head of a card: its title, what it is about, and what stands at its right.
 * @param {string | HTMLElement} title a key of words, or an element
 * @param {string | HTMLElement | null} [help] a key of words, or an element
 * @param {...any} right
 */
export function head(title, help = null, ...right) {
  const heading = typeof title === "string" ? h("h2", { "data-t": title }) : h("h2", {}, title);
  const about = typeof help === "string" ? h("small", { "data-t": help }) : help;
  return h("header", {}, heading, about, right.length ? h("span", { class: "grow" }) : null, ...right);
}
