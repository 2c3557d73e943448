/** The plane as a canvas that can be asked about a point: click, drag or use the arrow keys. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { answerBars } from "../../kit/answer_bars.js";
import { knownSample, nameOf, setSample } from "../../run/samples.js";
import { paintPlane } from "./plane.js";
import { points } from "./surface.js";

/** @typedef {import("./surface.js").Surface} Surface */

const MOST = { rail: 340, draw: 560 };
const KEY_STEP = 1 / 40; // of the side
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const askedPoint = () => knownSample(state.sample)?.x ?? null;
const clamp = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));

/**
 * Asks the network about a place, given as shares of the side from the left and from the top.
 * @param {Surface} surface
 * @param {number} across
 * @param {number} down
 */
function askAt(surface, across, down) {
  const [x0, x1, y0, y1] = surface.extent();
  setSample({ kind: "point", x: [x0 + clamp(across) * (x1 - x0), y1 - clamp(down) * (y1 - y0)] });
}

/**
 * @param {any} canvas
 * @param {Surface} surface
 */
function followPointer(canvas, surface) {
  function askUnder(/** @type {PointerEvent} */ event) {
    const box = canvas.getBoundingClientRect();
    askAt(surface, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }
  canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    canvas.setPointerCapture(event.pointerId);
    askUnder(event);
  });
  canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (event.buttons & 1) askUnder(event);
  });
}

/**
 * @param {any} canvas
 * @param {Surface} surface
 */
function followKeys(canvas, surface) {
  canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    const [x0, x1, y0, y1] = surface.extent();
    const [x, y] = askedPoint() ?? [(x0 + x1) / 2, (y0 + y1) / 2];
    const step = KEY_STEP * (event.shiftKey ? 4 : 1);
    const across = (x - x0) / (x1 - x0) + way[0] * step;
    const down = (y1 - y) / (y1 - y0) + way[1] * step;
    askAt(surface, across, down);
  });
}

/**
 * @param {HTMLElement} root
 * @param {"rail" | "draw"} place
 * @param {Surface} surface
 */
export function askable(root, place, surface) {
  const attributes = { class: "plane", tabindex: 0, role: "application", "data-t-label": "boundary.label" };
  const canvas = h("canvas", attributes);
  const board = h("div", { class: "plane-board" }, canvas);
  const line = h("p", { class: "plane-line num" });
  const right = h("div", { class: "plane-right" }, answerBars(root), line);
  followPointer(canvas, surface);
  followKeys(canvas, surface);
  function draw() {
    const size = Math.min(board.clientWidth, MOST[place]);
    if (!size) return;
    const asked = askedPoint();
    paintPlane(canvas, size, { sheet: surface.sheet, extent: surface.extent(), data: points(), asked });
    line.textContent = asked ? nameOf(state.sample) : "";
  }
  return { board, right, draw };
}
