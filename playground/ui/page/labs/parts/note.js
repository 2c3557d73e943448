/** Somebody else's words as they came, torch's message above all. */
import { h } from "../../core/dom.js";
import { mark, viewOf, write } from "./shell.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 */
export function draw(element, part) {
  const text = viewOf(element, "note", () => {
    const made = h("pre", { class: "part-note", lang: "en" });
    element.append(made);
    return made;
  });
  mark(text, "data-tone", part.tone || null);
  write(text, part.text);
}
