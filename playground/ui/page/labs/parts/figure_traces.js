/** What a lab says of a figure, as Plotly wants it: roles become colours, words of keys become text. */
import { axisLook } from "../../kit/plotly.js";
import { endsOf } from "./axis_ends.js";
import { colourScale } from "./colour_scale.js";
import { NOT_FINITE } from "./numbers.js";
import { colourOf, isRole } from "./roles.js";

const SHORTHANDS = ["color", "width", "dash", "size", "symbol", "fill_color", "colours"];
const EYE = { x: 1.65, y: 1.65, z: 1.1 }; // far enough that a cube fits a phone, too
const FIELDS = ["heatmap", "contour", "surface"];

/**
 * A trace for Plotly.
 * @param {any} trace of the lab
 * @param {import("./types.js").Context} context
 */
export function traceOf(trace, context) {
  const type = trace.type ?? "scatter";
  /** @type {any} */
  const made = { type, hoverlabel: { namelength: -1 } };
  for (const [name, value] of Object.entries(trace))
    if (!SHORTHANDS.includes(name)) made[name] = clean(value, name);
  if (trace.name) made.name = context.words(trace.name);
  if (FIELDS.includes(type)) return { ...fieldLook(trace, made, context), ...made };
  const colour = colourOf(trace.color ?? "value");
  if (type.startsWith("scatter") && !made.mode) made.mode = "lines";
  made.line = { color: colour, width: trace.width ?? 2, dash: trace.dash, ...made.line };
  made.marker = { color: colour, size: trace.size ?? 7, symbol: trace.symbol, ...made.marker };
  if (type === "bar") delete made.line;
  if (trace.fill_color) made.fillcolor = see_through(colourOf(trace.fill_color));
  return made;
}

/**
 * A heat map, contours, a surface.
 * @param {any} trace
 * @param {any} made
 * @param {import("./types.js").Context} context
 */
function fieldLook(trace, made, context) {
  const colours = trace.colours ?? "levels";
  /** @type {any} */
  const look = { colorscale: colourScale(colours, context.dark), showscale: false };
  if (colours === "values" && made.type === "heatmap") look.zmid = 0;
  if (made.type === "contour") {
    look.contours = { coloring: "heatmap" };
    look.line = { width: 0.6, color: colourOf("dim") };
  }
  return look;
}

/**
 * Colours by their roles, at any depth, and gaps where a number is not finite.
 * @param {any} value
 * @param {string} name of the property that holds it
 * @returns {any}
 */
export function clean(value, name) {
  if (typeof value === "string") return /color$/i.test(name) && isRole(value) ? colourOf(value) : value;
  if (Array.isArray(value))
    return value.map((inner) => (NOT_FINITE.includes(inner) ? null : clean(inner, name)));
  if (value === null || typeof value !== "object") return value;
  /** @type {Record<string, any>} */
  const made = {};
  for (const [key, inner] of Object.entries(value)) made[key] = clean(inner, key);
  return made;
}

/** @param {string} colour #rrggbb */
const see_through = (colour) => (/^#[0-9a-f]{6}$/i.test(colour) ? `${colour}33` : colour);

/**
 * The layout, with the page's look under what the lab asks for.
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function layoutOf(part, context) {
  const wanted = clean(part.layout, "");
  const isDeep = part.traces.some((/** @type {any} */ trace) => isDeepType(trace.type));
  const layout = { ...wanted, hovermode: wanted.hovermode ?? "closest", uirevision: part.name };
  layout.annotations = (wanted.annotations ?? []).map((/** @type {any} */ note) => annotation(note, context));
  if (isDeep)
    return { ...layout, scene: scene(part, wanted.scene, context), margin: { l: 0, r: 0, t: 0, b: 0 } };
  layout.xaxis = axis({ ...endsOf(wanted.xaxis, part, "x"), ...wanted.xaxis }, part.x_title, context);
  layout.yaxis = axis({ ...endsOf(wanted.yaxis, part, "y"), ...wanted.yaxis }, part.y_title, context);
  for (const name of Object.keys(wanted))
    if (/^[xy]axis\d/.test(name)) layout[name] = axis(wanted[name], "", context);
  layout.margin = { l: part.y_title ? 62 : 50, r: 14, t: 12, b: part.x_title ? 46 : 32, ...wanted.margin };
  return layout;
}

/** @param {string | undefined} type */
export const isDeepType = (type) => type === "surface" || Boolean(type?.endsWith("3d"));

/**
 * @param {any} wanted
 * @param {string} title
 * @param {import("./types.js").Context} context
 */
function axis(wanted, title, context) {
  const text = title || (typeof wanted?.title === "string" ? wanted.title : "");
  const words = text ? { title: { text: context.words(text), standoff: 8, font: { size: 12 } } } : {};
  const look = { ...axisLook(), automargin: true, zeroline: true, zerolinecolor: colourOf("dim") };
  return { ...look, zerolinewidth: 0.6, ...wanted, ...words };
}

/**
 * @param {any} part
 * @param {any} wanted
 * @param {import("./types.js").Context} context
 */
function scene(part, wanted, context) {
  const { color, gridcolor } = axisLook();
  const look = { color, gridcolor, backgroundcolor: "rgba(0,0,0,0)", tickfont: { size: 10 } };
  const titled = (/** @type {any} */ own, /** @type {string} */ text) => ({
    ...look,
    title: { text: text ? context.words(text) : "" },
    ...own,
  });
  return {
    aspectmode: "cube",
    camera: { eye: EYE },
    ...wanted,
    xaxis: titled(wanted?.xaxis, part.x_title),
    yaxis: titled(wanted?.yaxis, part.y_title),
    zaxis: titled(wanted?.zaxis, ""),
  };
}

/**
 * @param {any} note
 * @param {import("./types.js").Context} context
 */
const annotation = (note, context) => ({
  showarrow: false,
  arrowcolor: colourOf("dim"),
  arrowhead: 2,
  arrowsize: 1,
  arrowwidth: 1.5,
  font: { size: 12, color: colourOf("dim") },
  ...note,
  text: note.text ? context.words(note.text) : "",
});
