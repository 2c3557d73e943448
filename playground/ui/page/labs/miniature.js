/** The small picture of a lab's card: its first part, fitted into a box, to be looked at only. */
import { h } from "../core/dom.js";
import { drawPart } from "./parts/index.js";
import { contextOf } from "./parts_view.js";

/**
 * @param {import("./types.js").Card} card
 * @returns {HTMLElement}
 */
export function miniature({ preview, words }) {
  const box = h("div", { class: "lab-mini", "aria-hidden": "true", inert: true });
  if (!preview) return box;
  const inside = h("div", { class: `lab-part lab-part-${preview.part}` });
  box.append(h("div", { class: "lab-mini-fit" }, inside));
  try {
    drawPart(inside, preview, contextOf(words, { small: true }));
  } catch (error) {
    console.error(preview.part, error);
  }
  new ResizeObserver(() => fit(box, inside)).observe(inside);
  return box;
}

/**
 * Makes what is too large for its box smaller.
 * @param {HTMLElement} box
 * @param {HTMLElement} inside
 */
function fit(box, inside) {
  if (!box.clientWidth || !inside.offsetWidth) return;
  const wide = (box.clientWidth - 24) / inside.scrollWidth;
  const high = (box.clientHeight - 16) / inside.scrollHeight;
  inside.style.transform = `scale(${Math.min(1.6, wide, high)})`;
}
