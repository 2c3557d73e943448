/** The one drawing that all pads on the page share, and what the network sees of it. */
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit } from "../core/topics.js";
import { setSample } from "./samples.js";
import { shownData } from "./shown.js";

/** @typedef {{width: number, points: [number, number][]}} Stroke everything as a share of the pad's side */

const INK_SIDE = 112;

export const drawing = {
  /** @type {Stroke[]} */
  strokes: [],
  brush: 0.08,
  /** @type {any} the photo as a sample */
  photo: null,
  /** @type {any} the drawing as a sample: what the network sees of it */
  drawn: null,
};

let version = 0;
let isSending = false;
let sendAgain = false;

/** Whether what the network sees is up to date. */
export const isSettled = () => !isSending;

/**
 * Draws the strokes, white, on a square of this size.
 * @param {any} context
 * @param {number} size
 */
export function paint(context, size) {
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.fillStyle = "#fff";
  for (const stroke of drawing.strokes) {
    context.lineWidth = stroke.width * size;
    context.beginPath();
    if (stroke.points.length === 1) paintDot(context, stroke, size);
    else paintCurve(context, stroke.points, size);
  }
}

/**
 * @param {any} context
 * @param {Stroke} stroke
 * @param {number} size
 */
function paintDot(context, { width, points }, size) {
  const [[x, y]] = points;
  context.arc(x * size, y * size, (width * size) / 2, 0, 2 * Math.PI);
  context.fill();
}

/**
 * A smooth curve: each point bends it, halfway between two points it passes.
 * @param {any} context
 * @param {[number, number][]} points
 * @param {number} size
 */
function paintCurve(context, points, size) {
  context.moveTo(points[0][0] * size, points[0][1] * size);
  for (let i = 1; i < points.length - 1; i += 1) {
    const [x, y] = points[i];
    const [nextX, nextY] = points[i + 1];
    context.quadraticCurveTo(x * size, y * size, ((x + nextX) / 2) * size, ((y + nextY) / 2) * size);
  }
  const last = points[points.length - 1];
  context.lineTo(last[0] * size, last[1] * size);
  context.stroke();
}

/** The drawing as bytes, 112 × 112. */
function ink() {
  const canvas = new OffscreenCanvas(INK_SIDE, INK_SIDE);
  const context = /** @type {any} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = "#000";
  context.fillRect(0, 0, INK_SIDE, INK_SIDE);
  paint(context, INK_SIDE);
  const { data } = context.getImageData(0, 0, INK_SIDE, INK_SIDE);
  return Uint8Array.from({ length: INK_SIDE * INK_SIDE }, (_, i) => data[4 * i]);
}

/** Whether the sample is the drawing, or would be with the first stroke. */
export function isDrawn() {
  const { sample } = state;
  return !sample || (sample.kind === "drawn" && !sample.photo);
}

/**
 * Begins a stroke; on another sample, a new drawing.
 * @param {number} x
 * @param {number} y
 */
export function beginStroke(x, y) {
  if (!isDrawn()) drawing.strokes = [];
  drawing.strokes.push({ width: drawing.brush, points: [[x, y]] });
  drawingChanged();
}

/**
 * @param {number} x
 * @param {number} y
 */
export function extendStroke(x, y) {
  drawing.strokes.at(-1)?.points.push([x, y]);
  drawingChanged();
}

export function undoStroke() {
  drawing.strokes.pop();
  drawingChanged();
}

export function clearDrawing() {
  drawing.strokes = [];
  drawingChanged();
}

/**
 * Brings back strokes of before.
 * @param {Stroke[]} strokes
 */
export function restoreStrokes(strokes) {
  drawing.strokes = strokes;
  drawingChanged();
}

/** Sends the drawing and shows it as the sample. */
export function drawingChanged() {
  version += 1;
  emit("drawing");
  send();
}

/** Never more than one request on its way, and the last drawing always sent. */
async function send() {
  if (isSending) {
    sendAgain = true;
    return;
  }
  isSending = true;
  do {
    sendAgain = false;
    await see(version);
  } while (sendAgain);
  isSending = false;
}

/** @param {number} of the version that is sent */
async function see(of) {
  if (!drawing.strokes.length) {
    drawing.drawn = null;
    show(null, of);
    return;
  }
  try {
    const seen = await post("see", ink(), { headers: { "x-kind": "pad" } });
    drawing.drawn = seen.empty ? null : { kind: "drawn", pixels: seen.pixels };
    show(drawing.drawn, of);
  } catch (error) {
    emit("unanswered", error);
  }
}

/**
 * A drawing that was cleared, or left for another sample meanwhile, stays away.
 * @param {any} sample
 * @param {number} of
 */
function show(sample, of) {
  if (of === version || drawing.strokes.length) setSample(sample);
}

/**
 * Reads a photo and shows it as the sample.
 * @param {Blob} blob
 * @returns {Promise<boolean>} whether anything was found in it
 */
export async function seePhoto(blob) {
  const [channels, , side] = shownData()?.shape ?? [1, 28, 28];
  const isWhole = shownData()?.photo === "picture";
  const kind = isWhole ? `picture ${channels} ${side}` : "photo";
  const seen = await post("see", blob, { headers: { "x-kind": kind } });
  if (seen.empty) return false;
  version += 1; // a drawing that is still on its way comes too late
  drawing.photo = { kind: isWhole ? "picture" : "drawn", pixels: seen.pixels, photo: true };
  setSample(drawing.photo);
  return true;
}
