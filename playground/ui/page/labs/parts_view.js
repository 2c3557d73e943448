/** The parts of an answer, each in an element of its own that keeps its place while its content changes. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { filled, localized, t } from "../core/words.js";
import { drawPart } from "./parts/index.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {Record<string, import("../types.js").Text>} Words */

/**
 * What parts are drawn with.
 * @param {Words} words of the lab
 * @param {Partial<import("./parts/types.js").Context>} more
 * @returns {import("./parts/types.js").Context}
 */
export function contextOf(words, more) {
  return {
    words: (key, values = {}) => (words[key] ? filled(localized(words[key]), values) : t(key, values)),
    set: () => {},
    dark: state.dark,
    language: state.lang,
    ...more,
  };
}

export class PartsView {
  constructor() {
    this.element = h("div", { class: "lab-parts" });
    /** @type {Map<string, {kind: string, element: HTMLElement}>} by the name of the part */
    this.drawn = new Map();
  }

  /**
   * @param {Part[]} parts
   * @param {import("./parts/types.js").Context} context
   */
  show(parts, context) {
    const names = parts.map(({ name }) => name);
    for (const [name, { element }] of this.drawn) {
      if (names.includes(name)) continue;
      element.remove();
      this.drawn.delete(name);
    }
    parts.forEach((part, at) => {
      const element = this.elementOf(part);
      // an element that stays where it is keeps its focus and what is scrolled in it
      if (this.element.children[at] !== element)
        this.element.insertBefore(element, this.element.children[at]);
      drawOne(element, part, context);
    });
  }

  /** @param {Part} part */
  elementOf({ name, part }) {
    const present = this.drawn.get(name);
    if (present?.kind === part) return present.element;
    present?.element.remove();
    const element = h("div", { class: `lab-part lab-part-${part}`, "data-part": name });
    this.drawn.set(name, { kind: part, element });
    return element;
  }
}

/**
 * One part that cannot be drawn does not take the others with it.
 * @param {HTMLElement} element
 * @param {Part} part
 * @param {import("./parts/types.js").Context} context
 */
function drawOne(element, part, context) {
  try {
    drawPart(element, part, context);
  } catch (error) {
    console.error(part.part, part.name, error);
  }
}
