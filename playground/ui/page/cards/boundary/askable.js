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
 * A canvas that can be asked.
 * @param {HTMLElement} root
 * @param {"rail" | "draw"} place
 * @param {Surface} surface
 */
export function askable(root, place, surface) {
  const canvas = h("canvas", {
    class: "plane",
    tabindex: 0,
    role: "application",
    "data-t-label": "boundary.label",
  });
  const board = h("div", { class: "plane-board" }, canvas);
  const line = h("p", { class: "plane-line num" });
  const right = h("div", { class: "plane-right" }, answerBars(root), line);
  function askAt(/** @type {number} */ across, /** @type {number} */ down) {
    const [x0, x1, y0, y1] = surface.extent();
    setSample({ kind: "point", x: [x0 + clamp(across) * (x1 - x0), y1 - clamp(down) * (y1 - y0)] });
  }
  function askUnder(/** @type {PointerEvent} */ event) {
    const box = canvas.getBoundingClientRect();
    askAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }
  canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    canvas.setPointerCapture(event.pointerId);
    askUnder(event);
  });
  canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (event.buttons & 1) askUnder(event);
  });
  canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    const [x0, x1, y0, y1] = surface.extent();
    const [x, y] = askedPoint() ?? [(x0 + x1) / 2, (y0 + y1) / 2];
    const step = KEY_STEP * (event.shiftKey ? 4 : 1);
    askAt((x - x0) / (x1 - x0) + way[0] * step, (y1 - y) / (y1 - y0) + way[1] * step);
  });
  function draw() {
    const size = Math.min(board.clientWidth, MOST[place]);
    if (!size) return;
    const asked = askedPoint();
    paintPlane(canvas, size, { sheet: surface.sheet, extent: surface.extent(), data: points(), asked });
    line.textContent = asked ? nameOf(state.sample) : "";
  }
  return { board, right, draw };
}
