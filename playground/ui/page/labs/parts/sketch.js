/** A figure as the small picture of a card: its lines alone, without the chart library. */
import { h } from "../../core/dom.js";
import { extentOf } from "./cells.js";
import { isDashed } from "./legend.js";
import { paint } from "./picture_paint.js";
import { cssColour } from "./roles.js";
import { viewOf } from "./shell.js";
import { polyline, scaleOf } from "./sketch_lines.js";
import { svg } from "./svg.js";

const WIDTH = 220;
const HEIGHT = 100;

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function sketch(element, part, context) {
  const { ground, board } = viewOf(element, "sketch", () => {
    const made = {
      ground: h("canvas", { "aria-hidden": "true" }),
      board: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }),
    };
    element.append(h("div", { class: "part-sketch" }, made.ground, made.board));
    return made;
  });
  const field = part.traces.find((/** @type {any} */ trace) => Array.isArray(trace.z?.[0]));
  ground.hidden = !field;
  ground.classList.toggle("is-crisp", field?.type === "heatmap");
  if (field) paintField(ground, field, context.dark);
  const scale = scaleOf(part, WIDTH, HEIGHT, field);
  board.replaceChildren(...part.traces.flatMap((/** @type {any} */ trace) => shapesOf(trace, scale)));
}

/**
 * Its first row lies at the bottom, as an axis has it.
 * @param {HTMLElement} canvas
 * @param {any} field
 * @param {boolean} isDark
 */
function paintField(canvas, field, isDark) {
  const extent = extentOf([{ prefix: [], rows: field.z }]);
  const colours = field.colours === "values" ? "values" : "heat";
  paint(canvas, { pixels: [...field.z].reverse(), ...extent, colours }, isDark);
}

/**
 * @param {any} trace
 * @param {import("./sketch_lines.js").Scale} scale
 */
function shapesOf(trace, scale) {
  const type = trace.type ?? "scatter";
  const style = `--role: ${cssColour(trace.color ?? "value")}`;
  if (type === "bar") return bars(trace, scale, style);
  if (!type.startsWith("scatter")) return [];
  const { paths, points } = polyline(trace, scale);
  if (trace.mode && !trace.mode.includes("lines"))
    return points.map(([cx, cy]) => svg("circle", { cx, cy, r: 2.4, style }));
  const dash = isDashed(trace.dash) ? { "stroke-dasharray": "3 3" } : {};
  const width = trace.width ? `; stroke-width: ${Math.min(2.5, trace.width)}` : "";
  return paths.map((d) => svg("path", { d, style: `${style}${width}`, ...dash }));
}

/**
 * @param {any} trace
 * @param {import("./sketch_lines.js").Scale} scale
 * @param {string} style
 */
function bars(trace, scale, style) {
  const width = (WIDTH / Math.max(1, trace.y.length)) * 0.7;
  const { points } = polyline(trace, scale);
  const foot = scale.y(0);
  return points.map(([x, y]) =>
    svg("path", { d: `M${x} ${foot}V${y}`, style: `${style}; stroke-width: ${width}` }),
  );
}
