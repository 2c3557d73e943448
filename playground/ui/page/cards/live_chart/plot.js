/**
 * The drawn chart: points are appended as they come, never redrawn from nothing, so zoom, hover and
 * chosen lines stay.
 */
import { h, visible } from "../../core/dom.js";
import { thinned } from "../../kit/numbers.js";
import { nameButtons, plotConfig, plotly, registerWords } from "../../kit/plotly.js";
import { runHistory } from "../../run/history.js";
import { Feed } from "./feed.js";
import { Legend } from "./legend.js";
import { linesOf, traceOf } from "./lines.js";
import {
  hoverMode,
  layoutOf,
  logStep,
  marksOf,
  modeOf,
  POINTS_TOO,
  redressed,
  rescaled,
  ticks,
} from "./look.js";

export class Plot {
  /**
   * @param {string} name
   * @param {any} spec as the server describes it
   * @param {{isLog: boolean, most: number}} options `most` points a line, beyond which it is thinned
   */
  constructor(name, spec, { isLog, most }) {
    this.name = name;
    this.spec = spec;
    this.most = most;
    this.isLog = isLog;
    /** @type {string | number} */
    this.logStep = 1;
    this.element = h("div", { class: "chart-plot", role: "img" });
    this.legend = new Legend(() => this.hideLines());
    this.feed = new Feed([]);
    /** @type {any} Plotly, once the chart is drawn by it */
    this.library = null;
  }

  /* ---- making it, and starting again for another run ---- */
  /** Rejects where the library cannot be loaded. */
  async make() {
    const library = await plotly();
    registerWords();
    this.feed = new Feed(linesOf(this.spec));
    await library.newPlot(this.element, this.traces(), this.layout(), plotConfig(this.name));
    nameButtons(this.element);
    this.library = library;
    this.element.on("plotly_relayout", (/** @type {any} */ change) => this.onZoom(change));
    this.fill();
  }

  layout() {
    return layoutOf(this.spec, this.feed.lines.length, this.isLog ? this.logStep : null);
  }

  traces() {
    const { lines } = this.feed;
    const empty = (/** @type {number} */ k) => ({ x: [], y: [], visible: this.legend.shows(k, lines) });
    return lines.map((line, k) => ({ ...traceOf(line), ...empty(k) }));
  }

  /** Draws the lines as they are now. @param {() => any} layout */
  react(layout) {
    this.feed = new Feed(linesOf(this.spec));
    this.library.react(this.element, this.traces(), layout(), plotConfig(this.name));
    nameButtons(this.element);
    this.fill();
  }

  /** Another run: nothing of the last one stays, the zoom neither. */
  startAgain() {
    this.react(() => ({ ...this.layout(), uirevision: String(performance.now()) }));
  }

  /** The lines themselves changed (other layers): the axes stay as they are. */
  rebuildIfNeeded() {
    if (linesOf(this.spec).length === this.feed.lines.length) return;
    this.react(() => ({ ...this.element.layout, hovermode: hoverMode(this.feed.lines.length) }));
  }

  fill() {
    this.drawPlan();
    this.legend.draw(this.feed.lines);
  }

  forget() {
    this.library?.purge(this.element);
    this.library = null;
    this.feed = new Feed([]);
  }

  /* ---- numbers ---- */
  append() {
    const { indices, x, y } = this.feed.news();
    if (!indices.length) return;
    this.library.extendTraces(this.element, { x, y }, indices);
    this.markPoints(indices);
    this.thin(indices);
  }

  /** A line of one point would not be seen; marks of many cover it. @param {number[]} indices that grew */
  markPoints(indices) {
    for (const k of indices) {
      const { x, mode } = this.element.data[k];
      const wanted = x.length === 1 ? POINTS_TOO : modeOf(this.feed.lines[k], x.length);
      if (mode !== wanted) this.library.restyle(this.element, { mode: wanted }, [k]);
    }
  }

  /** @param {number[]} indices of lines that grew */
  thin(indices) {
    const { data } = this.element;
    const long = indices.filter((k) => data[k].x.length > this.most);
    if (!long.length) return;
    const pairs = long.map((k) => thinned(data[k].x, data[k].y, Math.floor(this.most / 2)));
    const change = { x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) };
    this.library.restyle(this.element, change, long);
  }

  drawPlan() {
    for (const k of this.feed.plans()) {
      const [x, y] = this.feed.numbersFrom(k, 0);
      this.library.restyle(this.element, { x: [x], y: [y] }, [k]);
    }
  }

  /* ---- what stands around the lines ---- */
  /** The theme or the language changed. @param {boolean} isOtherLanguage */
  dress(isOtherLanguage) {
    if (isOtherLanguage) registerWords();
    const { lines } = this.feed;
    this.library.relayout(this.element, redressed());
    const colors = lines.map((line) => line.color());
    const change = { name: lines.map((line) => line.name()), "line.color": colors, "marker.color": colors };
    this.library.restyle(this.element, change, [...lines.keys()]);
    this.legend.draw(lines);
    if (!isOtherLanguage) return;
    const { data, layout } = this.element;
    const drawn = this.library.react(this.element, data, layout, plotConfig(this.name));
    drawn.then(() => nameButtons(this.element));
  }

  /** Marks where something was set by hand. */
  mark() {
    const { events } = runHistory;
    const isMarked = events.length === (this.element.layout.shapes ?? []).length;
    if (!this.spec.marks || isMarked) return;
    this.library.relayout(this.element, marksOf(events, this.spec.marks === "named"));
  }

  hideLines() {
    const { lines } = this.feed;
    const change = { visible: lines.map((_, k) => this.legend.shows(k, lines)) };
    this.library?.restyle(this.element, change, [...lines.keys()]);
  }

  fitWidth() {
    if (!this.library || !visible(this.element)) return;
    if (this.element._fullLayout.width !== this.element.clientWidth) this.library.Plots.resize(this.element);
  }

  /* ---- the scale ---- */
  /** @param {any} change of the layout */
  onZoom(change) {
    const isOfAxis = (/** @type {string} */ key) =>
      key.startsWith("yaxis.range") || key.endsWith("autorange");
    if (Object.keys(change).some(isOfAxis)) this.tickLog();
  }

  tickLog() {
    const [low, high] = this.element._fullLayout?.yaxis?.range ?? [0, 1];
    const step = logStep(Math.abs(high - low));
    if (!this.isLog || step === this.logStep) return;
    this.logStep = step;
    const { dtick, tickformat } = ticks(this.spec, step);
    this.library.relayout(this.element, { "yaxis.dtick": dtick, "yaxis.tickformat": tickformat });
  }

  /** @param {boolean} isLog */
  setScale(isLog) {
    this.isLog = isLog;
    if (!this.library) return;
    const range = rescaled(this.element.layout.yaxis, isLog);
    /** @type {Record<string, any>} */
    const change = { "yaxis.type": isLog ? "log" : "linear", ...range };
    const marks = ticks(this.spec, isLog ? this.logStep : null);
    for (const [name, value] of Object.entries(marks)) change[`yaxis.${name}`] = value;
    this.library.relayout(this.element, change);
    this.tickLog();
  }
}
