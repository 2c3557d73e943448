/** How each kind of part is drawn: one module a kind, `draw(element, part, context)`. */
import { draw as array } from "./array.js";
import { drawAsText } from "./as_text.js";
import { draw as axes } from "./axes.js";
import { draw as boxes } from "./boxes.js";
import { draw as figure } from "./figure.js";
import { draw as graph } from "./graph.js";
import { draw as note } from "./note.js";
import { draw as picture } from "./picture.js";
import { draw as say } from "./say.js";
import { draw as table } from "./table.js";

/** @typedef {(element: HTMLElement, part: any, context: import("./types.js").Context) => void} Draw */

/** @type {Record<string, Draw>} by the kind of part */
const KINDS = { array, axes, boxes, figure, graph, note, picture, say, table };

/**
 * Draws a part, or changes in place what was drawn of it before.
 * @param {HTMLElement} element
 * @param {import("../types.js").Part} part
 * @param {import("./types.js").Context} context
 */
export function drawPart(element, part, context) {
  const draw = KINDS[part.part] ?? drawAsText;
  draw(element, part, context);
}
