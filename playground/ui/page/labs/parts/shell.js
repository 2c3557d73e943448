/** What parts have in common: drawn once, then changed in place; a title and a line below it. */
import { h } from "../../core/dom.js";

/** @type {WeakMap<Element, any>} */
const made = new WeakMap();

/**
 * What a part keeps of its element between two drawings; made with the first.
 * @template T
 * @param {HTMLElement} element
 * @param {string} kind
 * @param {() => T} make
 * @returns {T}
 */
export function viewOf(element, kind, make) {
  const before = made.get(element);
  if (before?.kind === kind) return before.view;
  element.replaceChildren();
  element.classList.add("part");
  element.dataset.kind = kind;
  const view = make();
  made.set(element, { kind, view });
  return view;
}

/**
 * Writes a text where it differs: nothing is laid out again without need.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value null: it has none
 */
export function mark(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** The title and the note of a part, above what it draws. */
export class Heading {
  constructor() {
    this.title = h("h3", { class: "part-title" });
    this.note = h("p", { class: "part-about num dim" });
  }

  /** @returns {HTMLElement[]} */
  get elements() {
    return [this.title, this.note];
  }

  /**
   * @param {{title?: string, note?: string}} part
   * @param {import("./types.js").Context} context
   */
  write(part, context) {
    const title = part.title ? context.words(part.title) : "";
    write(this.title, title);
    write(this.note, part.note ?? "");
    this.title.hidden = !title || Boolean(context.small);
    this.note.hidden = !part.note || Boolean(context.small);
  }
}

/**
 * A box whose content may be wider than the page: it scrolls, and the Tab key reaches it where there is need.
 * @param {Element} content
 */
export function scroller(content) {
  const box = h("div", { class: "part-wide" }, content);
  const observer = new ResizeObserver(() => {
    mark(box, "tabindex", box.scrollWidth > box.clientWidth ? "0" : null);
  });
  observer.observe(box);
  observer.observe(content);
  return box;
}

/**
 * A text of a lab's answer: a key of words with a point in it is translated, all else stands as it came.
 * @param {any} text
 * @param {import("./types.js").Context} context
 */
export const named = (text, context) =>
  typeof text === "string" && /^[a-z_]+(\.\w+)+$/.test(text) ? context.words(text) : text;
