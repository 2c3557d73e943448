/** The pen of the pad: mouse, pen or finger, one at a time. */
import { beginStroke, extendStroke } from "../../run/drawing.js";

/**
 * Draws strokes where the pointer moves over the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {() => boolean} mayDraw
 * @param {() => void} onLift called when a stroke ends
 */
export function takePen(canvas, mayDraw, onLift) {
  /** @type {number | null} */
  let pointer = null;

  function place(/** @type {PointerEvent} */ event) {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }
  function lift(/** @type {PointerEvent} */ event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    onLift();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button > 0 || !mayDraw()) return;
    event.preventDefault();
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    const { x, y } = place(event);
    beginStroke(x, y);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    // a browser gathers moves between two frames: with all of them a fast stroke stays round
    const gathered = event.getCoalescedEvents?.() ?? [];
    for (const move of gathered.length ? gathered : [event]) {
      const { x, y } = place(move);
      extendStroke(x, y);
    }
  });
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
}
