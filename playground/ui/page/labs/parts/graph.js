/** A graph of nodes and edges, stepped forward and backward. */
import { h } from "../../core/dom.js";
import { icon } from "../../kit/icons.js";
import { Drawing } from "./graph_drawing.js";
import { happened, inWords, stepNow } from "./graph_steps.js";
import { Heading, mark, scroller, viewOf, write } from "./shell.js";

const PLAY_EVERY_MS = 800;

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  viewOf(element, "graph", () => new GraphView(element)).draw(part, context);
}

class GraphView {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.heading = new Heading();
    this.drawing = new Drawing();
    this.first = button("reset", () => this.go(0));
    this.back = button("undo", () => this.go(this.step - 1));
    this.play = button("play", () => this.toggle());
    this.forward = button("step", () => this.go(this.step + 1));
    this.line = h("span", { class: "part-step-line num dim", "aria-live": "polite" });
    this.steps = h("div", { class: "part-steps" }, this.first, this.back, this.play, this.forward, this.line);
    this.scroll = scroller(this.drawing.element);
    element.append(...this.heading.elements, this.scroll, this.steps);
    this.step = 0;
    this.timer = 0;
    /** @type {any} */
    this.part = null;
    /** @type {any} */
    this.context = null;
  }

  /**
   * @param {any} part
   * @param {import("./types.js").Context} context
   */
  draw(part, context) {
    this.part = part;
    this.context = context;
    this.heading.write(part, context);
    this.steps.hidden = Boolean(context.small) || part.steps === 0;
    if (!this.timer) this.step = stepNow(part, context.state?.[part.step_field]);
    this.step = Math.min(this.step, part.steps);
    this.show();
  }

  show() {
    const { part, context, step } = this;
    this.drawing.draw(part, step);
    const about = inWords(part, step);
    const label = context.words("part.graph", { n: part.nodes.length, about });
    mark(this.drawing.element, "aria-label", label);
    const { key, values } = happened(part, step);
    write(this.line, context.words(key, values));
    this.first.disabled = step === 0;
    this.back.disabled = step === 0;
    this.forward.disabled = step === part.steps;
    this.nameButtons();
  }

  nameButtons() {
    const isPlaying = this.timer > 0;
    name(this.first, this.context.words("part.first"));
    name(this.back, this.context.words("part.back"));
    name(this.forward, this.context.words("part.forward"));
    name(this.play, this.context.words(isPlaying ? "part.pause" : "part.play"));
    if (this.play.dataset.icon === String(isPlaying)) return;
    this.play.dataset.icon = String(isPlaying);
    this.play.replaceChildren(icon(isPlaying ? "pause" : "play"));
  }

  /** @param {number} step */
  go(step) {
    this.stop();
    this.step = Math.max(0, Math.min(this.part.steps, step));
    this.show();
    this.tell();
  }

  /** Writes the step into its field, so that a link opens here. */
  tell() {
    const field = this.part.step_field;
    if (field) this.context.set({ [field]: this.step === this.part.steps ? -1 : this.step });
  }

  toggle() {
    if (this.timer) {
      this.stop();
      this.show();
      this.tell();
      return;
    }
    if (this.step === this.part.steps) this.step = 0;
    this.timer = window.setInterval(() => this.tick(), PLAY_EVERY_MS);
    this.show();
  }

  tick() {
    const isSeen = this.drawing.element.isConnected;
    if (isSeen && this.step < this.part.steps) {
      this.step += 1;
      this.show();
    }
    if (isSeen && this.step < this.part.steps) return;
    this.stop();
    if (!isSeen) return;
    this.show();
    this.tell();
  }

  stop() {
    window.clearInterval(this.timer);
    this.timer = 0;
  }
}

/**
 * @param {string} sign
 * @param {() => void} onclick
 */
const button = (sign, onclick) => h("button", { type: "button", class: "icon small", onclick }, icon(sign));

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function name(element, text) {
  mark(element, "aria-label", text);
  mark(element, "title", text);
}
