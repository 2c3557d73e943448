/** The one drawing that all pads on the page share, and what the network sees of it. */
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit } from "../core/topics.js";
import { untilNext } from "./intervals.js";
import { setSample } from "./samples.js";
import { shownData } from "./shown.js";
import { paint } from "./strokes.js";

/** @typedef {import("./strokes.js").Stroke} Stroke */

const INK_SIDE = 112;
const HZ = 20; // how often a drawing is sent while somebody draws

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
let seenVersion = 0;
let leftVersion = 0; // up to this one the drawing was cleared, or left for a photo
/** @type {any} what was looked at when the drawing last changed, which takes its place */
let sampleBefore = null;
let isSending = false;
let sendAgain = false;

/** Whether what the network sees is up to date. */
export const isSettled = () => seenVersion === version;

/** The drawing as bytes, 112 × 112. */
function ink() {
  const canvas = new OffscreenCanvas(INK_SIDE, INK_SIDE);
  const context = /** @type {any} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = "#000";
  context.fillRect(0, 0, INK_SIDE, INK_SIDE);
  paint(drawing.strokes, context, INK_SIDE);
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
  const isLeft = isSettled() || isElsewhere(); // else the first stroke of this drawing is on its way
  if (!isDrawn() && isLeft) drawing.strokes = [];
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
  sampleBefore = state.sample;
  emit("drawing");
  if (drawing.strokes.length) send();
  else showNothing();
}

function showNothing() {
  drawing.drawn = null;
  leave();
  setSample(null);
}

/** What is still on its way comes too late. */
function leave() {
  seenVersion = version;
  leftVersion = version;
}

/** Whether something else was chosen since the drawing last changed. */
const isElsewhere = () => state.sample !== sampleBefore && state.sample !== drawing.drawn;

/** Never more than one request on its way, a pause between two, and the last drawing always sent. */
async function send() {
  if (isSending) {
    sendAgain = true;
    return;
  }
  isSending = true;
  do {
    sendAgain = false;
    const began = performance.now();
    await see(version);
    await new Promise((resolve) => setTimeout(resolve, untilNext(began, HZ)));
  } while (sendAgain && version > leftVersion);
  isSending = false;
}

/** @param {number} of the version that is sent */
async function see(of) {
  try {
    const seen = await post("see", ink(), { headers: { "x-kind": "pad" } });
    if (of <= leftVersion || isElsewhere()) return;
    drawing.drawn = seen.empty ? null : { kind: "drawn", pixels: seen.pixels };
    setSample(drawing.drawn);
  } catch (error) {
    emit("unanswered", error);
  } finally {
    seenVersion = Math.max(seenVersion, of);
  }
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
  version += 1;
  leave();
  drawing.photo = { kind: isWhole ? "picture" : "drawn", pixels: seen.pixels, photo: true };
  setSample(drawing.photo);
  return true;
}
