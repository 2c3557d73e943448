/** Points in the plane: filled those that are learnt from, hollow those for validation. */
import { h } from "../../core/dom.js";
import { localized, t } from "../../core/words.js";
import { classColor, token, traceMark } from "../../kit/colors.js";
import { previews } from "./previews.js";

const SIDE = 236;
const MARGIN = 12;
const HALF = SIDE / 2;

previews.points = (view, preview) => {
  const canvas = h("canvas", { class: "scatter", role: "img", "aria-label": t("data.scatter") });
  const legend = h("div", { class: "legend" }, legendLines(preview.classes.map(localized)));
  view.replaceChildren(h("div", { class: "points" }, canvas, legend));
  drawPoints(canvas, preview);
};

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{x: number[][], y: number[], part: number[]}} preview `part` is 1 for validation
 */
function drawPoints(canvas, { x, y, part }) {
  const context = penOf(canvas);
  const farthest = Math.max(1e-6, ...x.flat().map(Math.abs));
  const scale = (HALF - MARGIN) / farthest;
  drawAxes(context);
  context.lineWidth = 1.3;
  const radius = radiusFor(x.length);
  x.forEach(([a, b], i) => {
    traceMark(context, y[i], HALF + a * scale, HALF - b * scale, radius);
    context.fillStyle = classColor(y[i]);
    context.strokeStyle = classColor(y[i]);
    if (part[i]) context.stroke();
    else context.fill();
  });
}

/** @param {HTMLCanvasElement} canvas */
function penOf(canvas) {
  const scale = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = SIDE * scale;
  canvas.height = SIDE * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(scale, scale);
  return context;
}

/** @param {CanvasRenderingContext2D} context */
function drawAxes(context) {
  context.strokeStyle = token("--line");
  context.beginPath();
  context.moveTo(0, HALF);
  context.lineTo(SIDE, HALF);
  context.moveTo(HALF, 0);
  context.lineTo(HALF, SIDE);
  context.stroke();
}

/** @param {number} n of points */
function radiusFor(n) {
  if (n > 1500) return 1.6;
  return n > 600 ? 2.1 : 2.8;
}

/** @param {string[]} classes */
function legendLines(classes) {
  const line = (/** @type {any} */ sign, /** @type {string} */ words) => h("span", {}, sign, words);
  return [
    ...classes.map((name, i) => line(classSign(i), t("data.class", { name }))),
    line(h("i", { class: "dot filled" }), t("data.filled")),
    line(h("i", { class: "dot" }), t("data.hollow")),
  ];
}

/** @param {number} i of the class */
function classSign(i) {
  const canvas = h("canvas", { width: "24", height: "24" });
  const context = canvas.getContext("2d");
  context.fillStyle = classColor(i);
  traceMark(context, i, 12, 12, 8);
  context.fill();
  return canvas;
}
