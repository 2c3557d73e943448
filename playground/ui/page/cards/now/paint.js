/** The small chart of Now: losses and learning rate by step. */
import { format } from "../../core/format.js";
import { fitCanvas } from "../../kit/canvas.js";
import { token } from "../../kit/colors.js";
import { niceStep } from "../../kit/numbers.js";
import { topOf } from "./curves.js";

export const HEIGHT = 150;
const LEFT = 34;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;
const MOST_POINTS = 1200; // more than these are not seen in so small a chart
const MOST_DOTS = 30;

/** @typedef {import("./curves.js").Curves} Curves */

/**
 * @param {any} canvas
 * @param {number} width
 * @param {object} what
 * @param {Curves} what.curves
 * @param {Record<string, any[]>} what.epochs
 * @param {{step: number[], lr: number[]} | null} what.plan
 * @param {number} what.span of the step axis
 */
export function paintNow(canvas, width, { curves, epochs, plan, span }) {
  const context = fitCanvas(canvas, width, HEIGHT);
  const top = topOf([...curves.mean, ...epochs.val_loss]);
  const rates = [...(plan?.lr ?? []), ...curves.rate].filter(Number.isFinite);
  const highestRate = rates.reduce((a, b) => Math.max(a ?? 0, b ?? 0), 0) || 1;
  const X = (/** @type {number} */ step) => LEFT + ((width - LEFT - RIGHT) * step) / span;
  const scaled = (/** @type {number} */ high) => (/** @type {number} */ value) =>
    HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.min(1.06, value / high);
  const ofLoss = scaled(top);
  const ofRate = scaled(highestRate * 1.02);
  if (curves.x.length) paintLossAxis(context, { width, top, Y: ofLoss });
  if (curves.x.length || plan) paintStepAxis(context, { width, span, X });
  context.beginPath();
  context.rect(LEFT - 2, 0, width - LEFT - RIGHT + 4, HEIGHT - BOTTOM + 2);
  context.clip();
  if (plan)
    paintLine(context, plan.step.map(X), plan.lr.map(ofRate), {
      color: "lr",
      width: 1.2,
      alpha: 0.55,
      dash: [3, 3],
    });
  const x = curves.x.map(X);
  const at = (/** @type {any[]} */ values, /** @type {(value: number) => number} */ Y) =>
    values.map((value) => (Number.isFinite(value) ? Y(value) : NaN));
  paintLine(context, x, at(curves.rate, ofRate), { color: "lr", width: 1.5 });
  paintLine(context, x, at(curves.raw, ofLoss), { color: "train", width: 1, alpha: 0.28 });
  paintLine(context, x, at(curves.mean, ofLoss), { color: "train", width: 2 });
  paintLine(context, epochs.step.map(X), at(epochs.val_loss, ofLoss), {
    color: "val",
    width: 2.2,
    hasDots: true,
  });
}

/** @param {any} context */
function prepareText(context) {
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = token("dim");
  context.strokeStyle = token("line");
  context.lineWidth = 1;
}

/**
 * @param {any} context
 * @param {{width: number, top: number, Y: (value: number) => number}} axis
 */
function paintLossAxis(context, { width, top, Y }) {
  prepareText(context);
  context.textAlign = "right";
  context.textBaseline = "middle";
  const step = niceStep(top, 4);
  for (let value = 0; value <= top * 1.001; value += step) {
    const y = Math.round(Y(value)) + 0.5;
    context.beginPath();
    context.moveTo(LEFT, y);
    context.lineTo(width - RIGHT, y);
    context.stroke();
    const short =
      top >= 1e4 ? value.toExponential(0).replace("e+", "e") : String(Number(value.toPrecision(2)));
    context.fillText(short, LEFT - 6, y);
  }
}

/**
 * @param {any} context
 * @param {{width: number, span: number, X: (step: number) => number}} axis
 */
function paintStepAxis(context, { width, span, X }) {
  prepareText(context);
  context.textBaseline = "alphabetic";
  const step = niceStep(span, 4);
  for (let value = 0; value <= span * 1.001; value += step) {
    context.textAlign = X(value) > width - RIGHT - 12 ? "right" : "center";
    context.fillText(format.count(value).replace(".0 ", " "), Math.min(X(value), width), HEIGHT - 4);
  }
}

/**
 * @param {any} context
 * @param {number[]} xs
 * @param {number[]} ys NaN is a gap
 * @param {{color: string, width: number, alpha?: number, dash?: number[], hasDots?: boolean}} look
 */
function paintLine(context, xs, ys, { color, width, alpha = 1, dash = [], hasDots = false }) {
  context.save();
  context.strokeStyle = token(color);
  context.fillStyle = token(color);
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  tracePath(context, xs, ys);
  context.stroke();
  if (hasDots && xs.length < MOST_DOTS) xs.forEach((x, i) => paintDot(context, x, ys[i]));
  context.restore();
}

/**
 * @param {any} context
 * @param {number[]} xs
 * @param {number[]} ys
 */
function tracePath(context, xs, ys) {
  const stride = Math.max(1, Math.floor(xs.length / MOST_POINTS));
  let isDown = false;
  context.beginPath();
  // near the end every point, so that the last one is drawn
  for (let i = 0; i < xs.length; i += i + stride < xs.length ? stride : 1) {
    const isGap = Number.isNaN(ys[i]);
    if (!isGap && isDown) context.lineTo(xs[i], ys[i]);
    if (!isGap && !isDown) context.moveTo(xs[i], ys[i]);
    isDown = !isGap;
  }
}

/**
 * @param {any} context
 * @param {number} x
 * @param {number} y
 */
function paintDot(context, x, y) {
  if (Number.isNaN(y)) return;
  context.beginPath();
  context.arc(x, y, 2.6, 0, 2 * Math.PI);
  context.fill();
}
