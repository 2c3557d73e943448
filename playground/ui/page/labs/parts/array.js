/** Numbers in cells: up to four axes as a stack of grids. */
import { h } from "../../core/dom.js";
import { extentOf, fitting, gridsOf, indexOf, rolesOf, strengthOf } from "./cells.js";
import { NOT_FINITE, textOf } from "./numbers.js";
import { cssColour } from "./roles.js";
import { Heading, mark, named, viewOf, write } from "./shell.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  viewOf(element, "array", () => new Cells(element)).draw(part, context);
}

class Cells {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.heading = new Heading();
    this.stack = h("div", { class: "part-stack", role: "group" });
    this.more = h("p", { class: "dim part-about" });
    this.form = "";
    element.append(...this.heading.elements, this.stack, this.more);
  }

  /**
   * @param {any} part
   * @param {import("./types.js").Context} context
   */
  draw(part, context) {
    const { grids, left } = fitting(gridsOf(part.cells, part.shape));
    this.heading.write(part, context);
    mark(this.stack, "aria-label", context.words("part.array", { shape: part.shape.join(", ") }));
    write(this.more, left ? context.words("part.more", { n: left }) : "");
    const form = formOf(grids, part);
    if (form !== this.form) this.build(grids, part);
    this.form = form;
    this.names(part, context);
    this.fill(grids, part);
  }

  /**
   * @param {import("./cells.js").Grid[]} grids
   * @param {any} part
   */
  build(grids, part) {
    this.stack.replaceChildren();
    this.stack.classList.toggle("is-deep", part.shape.length > 3);
    let row = h("div", { class: "part-stack-row" });
    let place = -1;
    for (const grid of grids) {
      const isNewRow = part.shape.length > 3 && grid.prefix[0] !== place;
      if (isNewRow) row = h("div", { class: "part-stack-row" });
      if (!row.parentElement || isNewRow) this.stack.append(row);
      place = grid.prefix[0] ?? -1;
      row.append(gridElement(grid, part));
    }
  }

  /**
   * @param {any} part
   * @param {import("./types.js").Context} context
   */
  names(part, context) {
    for (const name of this.stack.querySelectorAll("th[data-row]"))
      write(name, String(named(part.row_names[name.dataset.row], context) ?? ""));
    for (const name of this.stack.querySelectorAll("th[data-column]"))
      write(name, String(named(part.column_names[name.dataset.column], context) ?? ""));
  }

  /**
   * @param {import("./cells.js").Grid[]} grids
   * @param {any} part
   */
  fill(grids, part) {
    const roles = rolesOf(part.marks);
    const extent = extentOf(grids);
    const cells = this.stack.querySelectorAll("td");
    let k = 0;
    for (const { prefix, rows } of grids)
      for (const [r, row] of rows.entries())
        for (const [c, value] of row.entries()) {
          const role = roles.get(String(indexOf(part.shape.length, prefix, r, c))) ?? null;
          fillCell(cells[k], value, { role, digits: part.digits });
          colourCell(cells[k], part.colours, strengthOf(value, part.colours, extent));
          k += 1;
        }
  }
}

/**
 * What the grids look like without their numbers.
 * @param {import("./cells.js").Grid[]} grids
 * @param {any} part
 */
const formOf = (grids, part) =>
  JSON.stringify([
    grids.map(({ prefix, rows }) => [prefix, rows.map((row) => row.length)]),
    part.row_names.length > 0,
    part.column_names.length > 0,
  ]);

/**
 * @param {import("./cells.js").Grid} grid
 * @param {any} part
 */
function gridElement({ prefix, rows }, part) {
  const table = h("table", { class: "part-cells num" });
  const hasRowNames = part.row_names.length > 0;
  if (part.column_names.length) {
    const names = rows[0]?.map((_, c) => h("th", { scope: "col", "data-column": c })) ?? [];
    table.append(h("tr", {}, hasRowNames ? h("th") : null, names));
  }
  for (const [r, row] of rows.entries()) {
    const name = hasRowNames ? h("th", { scope: "row", "data-row": r }) : null;
    table.append(
      h(
        "tr",
        {},
        name,
        row.map(() => h("td")),
      ),
    );
  }
  const isEmpty = !rows.some((row) => row.length);
  if (isEmpty) table.append(h("tr", {}, h("th", { class: "dim" }, "[ ]")));
  const caption = prefix.length ? h("figcaption", { class: "num dim" }, `[${prefix.join(", ")}]`) : null;
  return h("figure", { class: "part-grid" }, caption, table);
}

/**
 * @param {HTMLElement} cell
 * @param {any} value
 * @param {{role: string | null, digits: number}} look
 */
function fillCell(cell, value, { role, digits }) {
  const text = textOf(value, digits);
  write(cell, text);
  cell.classList.toggle("is-marked", role !== null);
  if (role !== null) cell.style.setProperty("--role", cssColour(role));
  mark(cell, "data-odd", NOT_FINITE.includes(value) ? "yes" : null);
}

/**
 * @param {HTMLElement} cell
 * @param {string} colours
 * @param {number | null} strength
 */
function colourCell(cell, colours, strength) {
  mark(cell, "data-colours", strength === null ? null : colours);
  if (strength === null) return;
  if (colours === "values") cell.style.setProperty("--hue", strength < 0 ? "var(--val)" : "var(--train)");
  else mark(cell, "data-bright", strength > 0.5 ? "yes" : null);
  cell.style.setProperty("--strength", Math.abs(strength).toFixed(3));
}
