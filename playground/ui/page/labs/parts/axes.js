/** Shapes aligned from the right, as broadcasting reads them. */
import { h } from "../../core/dom.js";
import { Heading, mark, scroller, viewOf } from "./shell.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  const view = viewOf(element, "axes", () => {
    const heading = new Heading();
    const table = h("table", { class: "part-axes num" });
    element.append(...heading.elements, scroller(table));
    return { heading, table, form: "" };
  });
  view.heading.write(part, context);
  const form = JSON.stringify([part, context.language]);
  if (form === view.form) return;
  view.form = form;
  view.table.replaceChildren(...rowsOf(part, context));
}

/**
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
function rowsOf(part, context) {
  const n = part.states.length;
  const stretched = new Set(part.stretched.map(String));
  const rows = part.sizes.map((/** @type {any[]} */ sizes, /** @type {number} */ row) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, part.names[row]),
      sizes.map((size, axis) => sizeCell(size, stateOf(part, stretched, row, axis, size))),
    ),
  );
  const numbers = part.states.map((/** @type {string} */ _, /** @type {number} */ axis) =>
    h("th", { scope: "col" }, String(axis - n)),
  );
  const result = h(
    "tr",
    { class: "result" },
    h("th", { scope: "row" }, context.words("part.result")),
    part.result.map((/** @type {any} */ size, /** @type {number} */ axis) =>
      resultCell(part, size, axis, context),
    ),
  );
  return [h("tr", { class: "numbers" }, h("th"), numbers), ...rows, part.result.length ? result : ""];
}

/**
 * @param {any} part
 * @param {Set<string>} stretched "row,axis" of all that stretch
 * @param {number} row
 * @param {number} axis
 * @param {number | null} size
 */
function stateOf(part, stretched, row, axis, size) {
  if (part.states[axis] === "clash" && size !== 1) return "clash";
  return stretched.has(`${row},${axis}`) ? "stretched" : "same";
}

/**
 * @param {number | null} size null: the shape has no such axis, which counts as 1
 * @param {string} state
 */
function sizeCell(size, state) {
  if (size === null) return h("td", {}, h("span", { class: `part-size is-absent is-${state}` }, ""));
  return h("td", {}, h("span", { class: `part-size is-${state}` }, String(size)));
}

/**
 * @param {any} part
 * @param {any} size null: the shapes clash
 * @param {number} axis
 * @param {import("./types.js").Context} context
 */
function resultCell(part, size, axis, context) {
  const isClash = size === null || part.states[axis] === "clash";
  const box = h(
    "span",
    { class: isClash ? "part-size is-clash" : "part-size" },
    isClash ? "✗" : String(size),
  );
  if (isClash) mark(box, "aria-label", context.words("part.clash"));
  return h("td", {}, box);
}
