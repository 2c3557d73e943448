/** Rows of cells under columns that have names. */
import { h } from "../../core/dom.js";
import { textOf } from "./numbers.js";
import { cssColour } from "./roles.js";
import { Heading, named, scroller, viewOf, write } from "./shell.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  const view = viewOf(element, "table", () => {
    const heading = new Heading();
    const head = h("tr");
    const body = h("tbody");
    const table = h("table", { class: "part-table num" }, h("thead", {}, head), body);
    element.append(...heading.elements, scroller(table));
    return { heading, head, body };
  });
  view.heading.write(part, context);
  children(view.head, part.columns.length, () => h("th", { scope: "col" }));
  for (const [k, key] of part.columns.entries()) write(view.head.children[k], context.words(key));
  children(view.body, part.rows.length, () => h("tr"));
  for (const [r, row] of part.rows.entries()) fillRow(view.body.children[r], row, context);
  colour(view.body, part.marks);
}

/**
 * @param {HTMLElement} line
 * @param {any[]} row
 * @param {import("./types.js").Context} context
 */
function fillRow(line, row, context) {
  children(line, row.length, () => h("td"));
  for (const [c, value] of row.entries()) {
    const cell = /** @type {HTMLElement} */ (line.children[c]);
    write(cell, textOf(named(value, context), 6));
    cell.classList.toggle("is-number", typeof value === "number");
  }
}

/**
 * @param {HTMLElement} body
 * @param {[[number, number], string][]} marks
 */
function colour(body, marks) {
  for (const cell of body.querySelectorAll(".is-marked")) cell.classList.remove("is-marked");
  for (const [[row, column], role] of marks) {
    const cell = /** @type {HTMLElement | undefined} */ (body.children[row]?.children[column]);
    cell?.classList.add("is-marked");
    cell?.style.setProperty("--role", cssColour(role));
  }
}

/**
 * As many children as that; those that are there stay.
 * @param {Element} element
 * @param {number} n
 * @param {() => Element} make
 */
function children(element, n, make) {
  while (element.children.length > n) element.lastElementChild?.remove();
  while (element.children.length < n) element.append(make());
}
