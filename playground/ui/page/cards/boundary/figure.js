/** The plane as a chart that one may zoom, point at and save. */
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { classColor, token } from "../../kit/colors.js";
import { figure } from "../../kit/figure.js";
import { axisLook } from "../../kit/plotly.js";
import { shownClasses } from "../../run/shown.js";
import { points } from "./surface.js";

/** With its head and legend as tall as two charts; no taller than wide where there is less room. */
const heightAt = (/** @type {number} */ width) => Math.min(520, width + 10);
const FORMS = ["circle", "square", "triangle-up", "diamond"];

/**
 * @param {any} sheet
 * @param {number[]} extent
 */
const imageOf = (sheet, [x0, x1, y0, y1]) => ({
  source: sheet.toDataURL(),
  xref: "x",
  yref: "y",
  x: x0,
  y: y1,
  sizex: x1 - x0,
  sizey: y1 - y0,
  sizing: "stretch",
  layer: "below",
});

/**
 * The points of a class in one part of the data: full for training, rings for validation.
 * @param {any} data
 * @param {string} name
 * @param {number} label
 * @param {0 | 1} part
 */
function traceOf(data, name, label, part) {
  const color = classColor(label);
  const rows = [...data.y.keys()].filter((i) => data.y[i] === label && data.part[i] === part);
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((i) => data.x[i][0]),
    y: rows.map((i) => data.x[i][1]),
    marker: {
      symbol: FORMS[label % FORMS.length],
      size: part ? 8 : 7,
      color: part ? token("card") : color,
      line: { width: part ? 1.8 : 0.8, color: part ? color : token("card") },
    },
    hovertemplate: `${name}: %{x:.2f}, %{y:.2f}<br>${t(part ? "now.val" : "now.train")}<extra></extra>`,
  };
}

/**
 * @param {{sheet: any, extent: number[], data: any, names: string[]}} what
 */
function planeDrawing({ sheet, extent, data, names }) {
  const traces = [];
  for (const [label, name] of names.entries()) {
    if (data) traces.push(traceOf(data, name, label, 0), traceOf(data, name, label, 1));
  }
  const [x0, x1, y0, y1] = extent;
  const layout = {
    margin: { l: 34, r: 6, t: 8, b: 24 },
    hovermode: "closest",
    xaxis: { ...axisLook(), showgrid: false, range: [x0, x1] },
    yaxis: { ...axisLook(), showgrid: false, range: [y0, y1], scaleanchor: "x" },
    images: sheet ? [imageOf(sheet, extent)] : [],
  };
  return { data: traces, layout };
}

/**
 * A chart that can be zoomed. Only the surface changes while it trains: the points are drawn once.
 * @param {HTMLElement} root
 * @param {import("./surface.js").Surface} surface
 */
export function zoomable(root, surface) {
  const describe = () =>
    planeDrawing({ sheet: surface.sheet, extent: surface.extent(), data: points(), names: shownClasses() });
  const plot = figure(root, { file: "boundary", height: heightAt, describe });
  let drawnOf = "";
  /** @type {any} */
  let drawnSheet = null;
  function draw() {
    const key = [surface.extent(), state.lang, state.dark, shownClasses(), points()?.x.length].join(" ");
    const isSame = plot.isMade && key === drawnOf && surface.sheet !== null;
    if (isSame && surface.sheet === drawnSheet) return;
    drawnOf = key;
    drawnSheet = surface.sheet;
    if (isSame) plot.relayout({ images: [imageOf(drawnSheet, surface.extent())] });
    else plot.show();
  }
  return { board: plot.element, right: null, draw };
}
