/** When a chart of the run draws: only while it can be seen, and it catches up when shown. */
import { h, visible } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { t, translate } from "../../core/words.js";
import { linesOf } from "./lines.js";
import { pause, rest, spend } from "./pace.js";
import { Plot } from "./plot.js";

const TOLD_LINES = 6;

export class LiveChart {
  /**
   * @param {string} name
   * @param {any} spec as the server describes it
   * @param {{isLog: boolean, most: number}} options
   */
  constructor(name, spec, options) {
    this.spec = spec;
    this.plot = new Plot(name, spec, options);
    this.empty = h("p", { class: "chart-empty dim", "data-t": "chart.empty" });
    /** @type {Set<"plan" | "look" | "words">} what is out of date until the chart is seen */
    this.stale = new Set();
    this.isLoading = false;
    this.isOnScreen = false;
    this.timer = 0;
    this.last = 0;
  }

  isShown() {
    return this.isOnScreen && visible(this.plot.element);
  }

  /** Asks for a drawing, soon. */
  wish() {
    if (!this.isShown()) {
      this.note(); // what it says is right already when it scrolls into view
      return;
    }
    if (this.timer) return;
    const wait = Math.max(0, this.last + pause() - performance.now());
    this.timer = window.setTimeout(() => this.flush(), wait);
  }

  /** @param {boolean} isOnScreen */
  scrolled(isOnScreen) {
    this.isOnScreen = isOnScreen;
    if (!isOnScreen) rest(this);
    this.wish();
  }

  flush() {
    this.timer = 0;
    rest(this);
    if (!this.isShown()) return;
    if (!this.plot.library) {
      this.make();
      return;
    }
    this.last = performance.now();
    this.plot.fitWidth();
    this.renew();
    this.plot.rebuildIfNeeded();
    this.plot.append();
    this.plot.tickLog();
    this.plot.mark();
    this.note();
    spend(this, performance.now() - this.last);
  }

  async make() {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      await this.plot.make();
      this.wish();
    } catch {
      this.empty.dataset.t = "chart.failed";
      translate(this.empty);
    }
    this.isLoading = false;
  }

  /** Another run. Where nobody sees the chart, it is made again when somebody does. */
  startAgain() {
    if (this.plot.library && this.isShown()) this.plot.startAgain();
    else this.plot.forget();
    this.note();
  }

  /** @param {"plan" | "look" | "words"} part that is out of date */
  outdate(part) {
    this.stale.add(part);
    requestAnimationFrame(() => this.wish());
  }

  renew() {
    const isOtherLanguage = this.stale.has("words");
    if (isOtherLanguage || this.stale.has("look")) this.plot.dress(isOtherLanguage);
    if (this.stale.has("plan")) this.plot.drawPlan();
    this.stale.clear();
  }

  /** What it says to those who cannot see it, and where there is nothing to see. */
  note() {
    const lines = linesOf(this.spec);
    const isEmpty = !lines.some((line) => line.x().length > 0);
    this.empty.hidden = !isEmpty;
    const { element } = this.plot;
    element.classList.toggle("is-empty", isEmpty);
    const told = [t(this.spec.title)];
    for (const line of lines.slice(0, TOLD_LINES)) {
      const value = line.y(line.x().length - 1);
      if (Number.isFinite(value)) told.push(`${line.name()} ${format.number(value)}`);
    }
    element.setAttribute("aria-label", told.join(", "));
  }
}
