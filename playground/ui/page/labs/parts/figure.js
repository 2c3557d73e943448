/** A chart of Plotly's with handles over it. */
import { h } from "../../core/dom.js";
import { on } from "../../core/topics.js";
import { onResize } from "../../kit/canvas.js";
import { Figure } from "../../kit/figure.js";
import { registerWords } from "../../kit/plotly.js";
import { isDeepType, layoutOf, traceOf } from "./figure_traces.js";
import { Handles } from "./handles.js";
import { legend } from "./legend.js";
import { Heading, mark, viewOf } from "./shell.js";
import { sketch } from "./sketch.js";

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function draw(element, part, context) {
  if (context.small) sketch(element, part, context);
  else viewOf(element, "figure", () => new FigureView(element)).draw(part, context);
}

/** @type {Set<FigureView>} drawn and perhaps gone from the page */
const drawn = new Set();

/** A browser has room for few surfaces: those of a lab that was left are given back. */
function clearAway() {
  for (const view of drawn) {
    const { element, isMade, library, plotted } = view.figure;
    if (element.isConnected || !isMade) continue;
    library.purge(plotted);
    drawn.delete(view);
  }
}

class FigureView {
  /** @param {HTMLElement} element */
  constructor(element) {
    clearAway();
    drawn.add(this);
    this.heading = new Heading();
    this.legend = h("ul", { class: "part-legend" });
    this.layer = h("div", { class: "part-handles" });
    this.handles = new Handles(this.layer);
    /** @type {any} */
    this.part = null;
    /** @type {any} */
    this.context = null;
    this.figure = new Drawn(this);
    element.append(...this.heading.elements, this.legend, this.figure.element);
    this.figure.element.append(this.layer);
    const showSoon = () => requestAnimationFrame(() => this.figure.show());
    on("tab", showSoon, element);
    on("dark", showSoon, element);
    onResize(this.figure.element, () => this.figure.show());
  }

  /**
   * @param {any} part
   * @param {import("./types.js").Context} context
   */
  draw(part, context) {
    const isOtherLanguage = this.context && this.context.language !== context.language;
    this.part = part;
    this.context = context;
    if (isOtherLanguage && this.figure.library) registerWords();
    this.heading.write(part, context);
    const names = legend(this.legend, part, context);
    mark(this.figure.plotted, "role", "img");
    mark(this.figure.plotted, "aria-label", context.words("part.figure", { names: names.join(", ") }));
    this.handles.take(part.handles, context);
    this.figure.show();
  }

  describe() {
    const { part, context } = this;
    if (!part) return null;
    const layout = layoutOf(part, context);
    this.freeze(layout);
    const data = part.traces.map((/** @type {any} */ trace) => traceOf(trace, context));
    return { data, layout };
  }

  /**
   * While a handle is dragged the axes stay: the point would run away from under the pointer.
   * @param {any} layout
   */
  freeze(layout) {
    const { x, y } = this.handles.axes ?? {};
    if (this.handles.dragged < 0 || !x) return;
    layout.xaxis = { ...layout.xaxis, range: x.range, autorange: false };
    layout.yaxis = { ...layout.yaxis, range: y.range, autorange: false };
  }

  /** Puts the handles where the plot now has its axes. */
  place() {
    const whole = this.figure.plotted._fullLayout;
    const isFlat = !this.part.traces.some((/** @type {any} */ trace) => isDeepType(trace.type));
    if (!whole?.xaxis || !isFlat) {
      this.handles.follow(null);
      return;
    }
    this.handles.follow({ x: axisOf(whole.xaxis, false), y: axisOf(whole.yaxis, true) });
  }
}

/** The figure, which tells when Plotly has drawn. */
class Drawn extends Figure {
  /** @param {FigureView} view */
  constructor(view) {
    super({ file: "lab", height: () => view.part?.height ?? 360, describe: () => view.describe() });
    this.view = view;
    this.isHeard = false;
  }

  show() {
    super.show();
    if (!this.isMade) return;
    if (!this.isHeard) {
      this.plotted.on("plotly_afterplot", () => this.view.place());
      this.plotted.on("plotly_relayouting", () => this.view.place());
    }
    this.isHeard = true;
    this.view.place();
  }
}

/**
 * @param {any} axis of Plotly's full layout
 * @param {boolean} isUp
 * @returns {import("./handle_places.js").Axis}
 */
const axisOf = (axis, isUp) => ({
  type: axis.type,
  range: [...axis.range],
  offset: axis._offset,
  length: axis._length,
  isUp,
});
