/** The names of a figure's lines above it, each beside its colour. */
import { h } from "../../core/dom.js";
import { cssColour } from "./roles.js";
import { mark, write } from "./shell.js";

/**
 * Writes them where there is more than one.
 * @param {HTMLElement} list
 * @param {any} part
 * @param {import("./types.js").Context} context
 * @returns {string[]} all names
 */
export function legend(list, part, context) {
  const lines = part.traces.filter((/** @type {any} */ trace) => trace.name && trace.showlegend !== false);
  const names = lines.map((/** @type {any} */ trace) => context.words(trace.name));
  list.hidden = lines.length < 2;
  while (list.children.length > lines.length) list.lastElementChild?.remove();
  while (list.children.length < lines.length) list.append(h("li", {}, h("i"), h("span")));
  for (const [k, trace] of lines.entries()) {
    const item = /** @type {any} */ (list.children[k]);
    item.style.setProperty("--role", cssColour(trace.color ?? "value"));
    mark(item, "data-look", lookOf(trace));
    write(item.lastElementChild, names[k]);
  }
  return names;
}

/** @param {string | undefined} dash of a trace, as Plotly has it */
export const isDashed = (dash) => Boolean(dash) && dash !== "solid";

/** @param {any} trace */
function lookOf({ dash, z, mode = "lines", type = "scatter" }) {
  if (Array.isArray(z?.[0])) return "field";
  if (type === "bar") return "bar";
  if (!mode.includes("lines")) return "point";
  return isDashed(dash) ? "dash" : "line";
}
