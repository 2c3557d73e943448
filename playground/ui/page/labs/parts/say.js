/** A sentence of the lab's words, with values. */
import { h } from "../../core/dom.js";
import { inSentence } from "./numbers.js";
import { mark, named, viewOf, write } from "./shell.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  const line = viewOf(element, "say", () => {
    const made = h("p", { class: "part-say num", "aria-live": "polite" });
    element.append(made);
    return made;
  });
  /** @type {Record<string, string>} */
  const values = {};
  for (const [name, value] of Object.entries(part.values)) values[name] = inSentence(named(value, context));
  mark(line, "data-tone", part.tone || null);
  write(line, context.words(part.key, values));
}
