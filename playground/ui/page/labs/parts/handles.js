/** The handles of a figure: points above the plot that the mouse, a finger or the arrow keys move. */
import { h } from "../../core/dom.js";
import { changesOf, fittingPlace, pulled, standing, stepped, toPixel, toValue } from "./handle_places.js";
import { textOf } from "./numbers.js";
import { cssColour } from "./roles.js";
import { mark } from "./shell.js";

/** @typedef {import("./handle_places.js").Axis} Axis */

/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Handles {
  /** @param {HTMLElement} layer that lies over the plot */
  constructor(layer) {
    this.layer = layer;
    /** @type {any} */
    this.context = null;
    /** @type {any[]} */
    this.handles = [];
    /** @type {any} */
    this.axes = null;
    /** the handle that is being dragged, by its place in the list; −1: none */
    this.dragged = -1;
  }

  /**
   * @param {any[]} handles
   * @param {import("./types.js").Context} context
   */
  take(handles, context) {
    this.context = context;
    const before = this.handles;
    this.handles = handles.map((handle, k) => {
      const moved = this.dragged === k && before[k];
      return { ...handle, ...place(moved || standing(before[k], handle, context.state)) };
    });
    while (this.layer.children.length > handles.length) this.layer.lastElementChild?.remove();
    while (this.layer.children.length < handles.length)
      this.layer.append(this.knob(this.layer.children.length));
    this.show();
  }

  /** @param {{x: Axis, y: Axis} | null} axes null: there is no plane to stand on */
  follow(axes) {
    this.axes = axes;
    this.show();
  }

  show() {
    this.layer.hidden = !this.axes; // there is nothing to stand on before the plot is drawn
    if (!this.axes) return;
    for (const [k, handle] of this.handles.entries()) {
      const knob = /** @type {HTMLElement} */ (this.layer.children[k]);
      const x = toPixel(this.axes.x, handle.x);
      const y = toPixel(this.axes.y, handle.y);
      knob.style.setProperty("--role", cssColour(handle.color || "window"));
      knob.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      this.name(knob, handle);
    }
  }

  /**
   * @param {HTMLElement} knob
   * @param {any} handle
   */
  name(knob, handle) {
    const { words } = this.context;
    const label = words("part.handle", { label: handle.label ? words(handle.label) : wayOf(handle) });
    mark(knob, "aria-label", label);
    mark(knob, "title", label);
    mark(knob, "aria-valuenow", String(handle.x_field ? handle.x : handle.y));
    mark(knob, "aria-valuetext", words("part.place", { x: textOf(handle.x, 4), y: textOf(handle.y, 4) }));
    mark(knob, "data-way", wayOf(handle));
  }

  /** @param {number} k */
  knob(k) {
    const knob = h("button", { type: "button", class: "part-handle", role: "slider" });
    knob.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.onKey(event, k));
    knob.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      knob.setPointerCapture(event.pointerId);
      this.dragged = k;
    });
    knob.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (this.dragged === k) this.onDrag(event, k);
    });
    const release = () => {
      this.dragged = -1;
    };
    knob.addEventListener("lostpointercapture", release);
    return knob;
  }

  /**
   * @param {PointerEvent} event
   * @param {number} k
   */
  onDrag(event, k) {
    const box = this.layer.getBoundingClientRect();
    const x = toValue(this.axes.x, event.clientX - box.left);
    const y = toValue(this.axes.y, event.clientY - box.top);
    this.move(k, x, y);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} k
   */
  onKey(event, k) {
    const way = KEYS[event.key];
    const handle = this.handles[k];
    if (!way || !handle) return;
    event.preventDefault();
    const [right, up] = way;
    const x = right ? stepped(this.axes.x, handle.x, right, event.shiftKey) : handle.x;
    const y = up ? stepped(this.axes.y, handle.y, up, event.shiftKey) : handle.y;
    // a step of the axis may be too small for a field of whole numbers
    if (!this.move(k, x, y)) this.move(k, handle.x + right, handle.y + up);
  }

  /**
   * @param {number} k
   * @param {number} x
   * @param {number} y
   * @returns {boolean} whether it moved
   */
  move(k, x, y) {
    const handle = this.handles[k];
    const to = fittingPlace(handle, pulled(handle, x, y), this.context.fit);
    if (to.x === handle.x && to.y === handle.y) return false;
    Object.assign(handle, to);
    this.show();
    this.context.set(changesOf(handle, to.x, to.y, this.context.state));
    return true;
  }
}

/** @param {any} handle */
const place = ({ x, y }) => ({ x, y });

/** @param {any} handle */
function wayOf({ x_field: xField, y_field: yField, along }) {
  if (along || (xField && yField)) return "xy";
  return xField ? "x" : "y";
}
