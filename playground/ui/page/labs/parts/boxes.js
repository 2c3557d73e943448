/** A storage: one row of boxes in the order of memory. */
import { h } from "../../core/dom.js";
import { textOf } from "./numbers.js";
import { cssColour } from "./roles.js";
import { Heading, mark, scroller, viewOf, write } from "./shell.js";

const MOST_BOXES = 512;

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  const view = viewOf(element, "boxes", () => make(element));
  const { cells, marks, item_bytes: size } = part;
  view.heading.write(part, context);
  mark(view.row, "aria-label", context.words("part.boxes", { n: cells.length }));
  const left = Math.max(0, cells.length - MOST_BOXES);
  const said = [
    size && !part.note && !context.small ? context.words("part.bytes", { n: size }) : "",
    left ? context.words("part.more", { n: left }) : "",
  ];
  write(view.about, said.filter(Boolean).join(" · "));
  fill(view.row, cells.slice(0, MOST_BOXES), marks);
}

/** @param {HTMLElement} element */
function make(element) {
  const view = {
    heading: new Heading(),
    row: h("ol", { class: "part-boxes num" }),
    about: h("p", { class: "part-about dim num" }),
  };
  element.append(...view.heading.elements, scroller(view.row), view.about);
  return view;
}

/**
 * A box may be marked twice: the first mark fills it, the second frames it.
 * @param {HTMLElement} row
 * @param {any[]} cells
 * @param {[number, string][]} marks
 */
function fill(row, cells, marks) {
  while (row.children.length > cells.length) row.lastElementChild?.remove();
  while (row.children.length < cells.length) row.append(h("li", {}, h("b"), h("small")));
  for (const [k, cell] of cells.entries()) {
    const box = /** @type {any} */ (row.children[k]);
    write(box.firstElementChild, textOf(cell));
    write(box.lastElementChild, String(k));
    const roles = marks.filter(([place]) => place === k).map(([, role]) => role);
    box.classList.toggle("is-marked", roles.length > 0);
    if (!roles.length) continue;
    box.style.setProperty("--role", cssColour(roles[0]));
    box.style.setProperty("--frame", cssColour(roles.at(-1) ?? roles[0]));
  }
}
