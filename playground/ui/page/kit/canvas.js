/** Canvases that are as sharp as the screen, follow their width and can be read by pointing at them. */

/**
 * Makes the canvas as sharp as the screen and clears it; it is then drawn in CSS pixels.
 * @param {any} canvas
 * @param {number} width
 * @param {number} height
 */
export function fitCanvas(canvas, width, height) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const columns = Math.max(1, Math.round(width * ratio));
  const rows = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext("2d");
  context.reset?.();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * Calls `fn` when the element gets another width, and when its tab is shown.
 * @param {HTMLElement} element
 * @param {() => void} fn
 */
export function onResize(element, fn) {
  let before = 0;
  const observer = new ResizeObserver(() => {
    const width = element.clientWidth;
    if (!width || width === before) return;
    before = width;
    fn();
  });
  observer.observe(element);
}

/**
 * A line below a canvas that says what is under the pointer.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} line
 * @param {(x: number, y: number) => string} read the words for a place, or ""
 * @param {() => string} idle the words where there are none
 * @returns {() => void} says it again
 */
export function reader(canvas, line, read, idle) {
  /** @type {[number, number] | null} */
  let at = null;
  const say = () => {
    const words = at ? read(at[0], at[1]) : "";
    line.textContent = words || idle();
  };
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    at = [event.clientX - box.left, event.clientY - box.top];
    say();
  });
  canvas.addEventListener("pointerleave", () => {
    at = null;
    say();
  });
  return say;
}
