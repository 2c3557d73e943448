/** Pixels with a window on them; a click or the arrow keys move it. */
import { h } from "../../core/dom.js";
import { numberOf, textOf } from "./numbers.js";
import { paint } from "./picture_paint.js";
import { inside, movedBy, pixelAt, placeFields } from "./picture_places.js";
import { Heading, mark, viewOf, write } from "./shell.js";
import { svg } from "./svg.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  viewOf(element, "picture", () => new PictureView(element)).draw(part, context);
}

class PictureView {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.heading = new Heading();
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.over = svg("svg", {
      class: "part-picture-over",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    this.frame = h("div", { class: "part-picture" }, this.canvas, this.over);
    this.line = h("p", { class: "part-about dim num", "aria-live": "polite" });
    element.append(...this.heading.elements, this.frame, this.line);
    this.place = { row: 0, column: 0 };
    this.height = 0;
    this.width = 0;
    /** @type {any} */
    this.part = null;
    /** @type {any} */
    this.context = null;
    this.listen();
  }

  listen() {
    const { frame } = this;
    frame.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.onKey(event));
    frame.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (!this.isMovable()) return;
      frame.setPointerCapture(event.pointerId);
      this.move(this.under(event));
    });
    frame.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      this.read(this.under(event));
      if (event.buttons && frame.hasPointerCapture(event.pointerId)) this.move(this.under(event));
    });
    frame.addEventListener("pointerleave", () => this.read(this.place));
  }

  isMovable() {
    const { row_field: rowField, column_field: columnField } = this.part;
    return Boolean(rowField || columnField) && !this.context.small;
  }

  /**
   * @param {any} part
   * @param {import("./types.js").Context} context
   */
  draw(part, context) {
    this.part = part;
    this.context = context;
    this.height = part.pixels.length;
    this.width = part.pixels[0]?.length ?? 0;
    this.place = this.placeNow();
    this.heading.write(part, context);
    paint(this.canvas, part, context.dark);
    this.frame.style.setProperty("--ratio", String(this.width / Math.max(1, this.height)));
    this.frameWindow();
    this.describe();
    this.read(this.place);
  }

  /** Where the fields say that it is, else where the window lies. */
  placeNow() {
    const { row_field: rowField, column_field: columnField, window } = this.part;
    const state = this.context.state ?? {};
    const row = numberOf(state[rowField]) ?? window?.[0] ?? 0;
    const column = numberOf(state[columnField]) ?? window?.[1] ?? 0;
    return { row, column };
  }

  frameWindow() {
    const { window, cells_of_window: cells } = this.part;
    this.over.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    const boxes = cells.map((/** @type {number[]} */ [row, column]) =>
      svg("rect", { class: "cell", x: column, y: row, width: 1, height: 1 }),
    );
    if (window) {
      const [row, column, height, width] = window;
      boxes.push(svg("rect", { class: "window", x: column, y: row, width, height }));
    }
    this.over.replaceChildren(...boxes);
  }

  describe() {
    const { frame, context } = this;
    const size = context.words("part.picture", { height: this.height, width: this.width });
    const window = this.isMovable() ? `. ${context.words("part.window", this.place)}` : "";
    mark(frame, "aria-label", `${size}${window}`);
    mark(frame, "role", this.isMovable() ? "application" : "img");
    mark(frame, "tabindex", this.isMovable() ? "0" : null);
    this.line.hidden = Boolean(context.small);
  }

  /** @param {import("./picture_places.js").Place} place */
  read(place) {
    const { row, column } = place;
    const value = this.part.pixels[row]?.[column];
    const text = textOf(value);
    write(
      this.line,
      value === undefined ? "" : this.context.words("part.pixel", { row, column, value: text }),
    );
  }

  /** @param {PointerEvent} event */
  under(event) {
    return pixelAt(
      this.canvas.getBoundingClientRect(),
      event.clientX,
      event.clientY,
      this.height,
      this.width,
    );
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const place = this.isMovable() ? movedBy(this.place, event.key, event.shiftKey) : null;
    if (!place) return;
    event.preventDefault();
    this.move(inside(place, this.height, this.width));
  }

  /** @param {import("./picture_places.js").Place} place */
  move(place) {
    if (place.row === this.place.row && place.column === this.place.column) return;
    this.place = place;
    this.context.set(placeFields(this.part, place));
  }
}
