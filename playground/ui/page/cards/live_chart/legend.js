/** The legend of a live chart: a button a line that hides it. */
import { h } from "../../core/dom.js";
import { t } from "../../core/words.js";
import { rampColor } from "../../kit/colors.js";
import { toolbar } from "../../kit/toolbar.js";
import { hasMany } from "./look.js";

/** @typedef {import("./lines.js").Line} Line */

/** A line that says more about another one of the same layer comes and goes with it. @param {Line} line */
const isCompanion = (line) => Boolean(line.trace.suffix);

const RAMP = [0, 0.25, 0.5, 0.75, 1];

/** @param {Line} line */
function markOf({ trace, color }) {
  const width = Math.max(2, trace.width + 0.6);
  const look = `--c:${color()};--w:${width}px;opacity:${trace.opacity ?? 1}`;
  return h("i", { style: look, class: trace.dash ? "dashed" : null });
}

function ramp() {
  const colors = RAMP.map(rampColor).join(", ");
  const stripe = h("i", { style: `background:linear-gradient(90deg, ${colors})` });
  return h("span", { class: "chart-ramp" }, stripe, t("chart.ramp"));
}

/** What the lines are that have no button. @param {Line} line */
function note({ trace }) {
  const mark = h("i", { style: "--c:var(--dim);--w:2px", class: "dashed" });
  return h("span", { class: "chart-note" }, mark, t(trace.suffix));
}

export class Legend {
  /** @param {() => void} onChange when other lines are hidden */
  constructor(onChange) {
    this.onChange = onChange;
    this.element = toolbar(h("div", { class: "chart-legend" }), "chart.legend");
    /** @type {Set<number>} */
    this.hidden = new Set();
    /** @type {any[]} a button for each of the first lines */
    this.buttons = [];
  }

  /**
   * @param {number} k
   * @param {Line[]} lines
   */
  shows(k, lines) {
    if (!isCompanion(lines[k])) return !this.hidden.has(k);
    const partner = lines.findIndex((line) => line.path === lines[k].path);
    return !this.hidden.has(partner);
  }

  /** @param {Line[]} lines */
  draw(lines) {
    this.hidden = new Set([...this.hidden].filter((k) => k < lines.length));
    const leading = lines.filter((line) => !isCompanion(line));
    const companion = lines.find(isCompanion);
    this.buttons = leading.map((line, k) => this.button(line, k));
    const isMany = hasMany(leading.length);
    this.element.classList.toggle("many", isMany);
    this.element.replaceChildren(...this.buttons);
    if (companion) this.element.append(note(companion));
    if (isMany && lines.some((line) => line.path)) this.element.prepend(ramp());
  }

  /**
   * @param {Line} line
   * @param {number} k
   */
  button(line, k) {
    const attributes = {
      type: "button",
      class: "chart-line",
      "aria-pressed": String(!this.hidden.has(k)),
      title: t("chart.toggle", { name: line.name() }),
      onclick: (/** @type {MouseEvent} */ event) => this.click(k, event.detail > 1),
    };
    return h("button", attributes, markOf(line), h("span", {}, line.name()));
  }

  /**
   * @param {number} k
   * @param {boolean} isDouble a double click leaves this line alone on the chart, or brings all back
   */
  click(k, isDouble) {
    if (isDouble) this.hidden = this.isAlone(k) ? new Set() : this.allBut(k);
    else if (!this.hidden.delete(k)) this.hidden.add(k);
    this.buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(!this.hidden.has(i))));
    this.onChange();
  }

  /**
   * Whether all others are hidden; the first of the two clicks has switched the line itself. @param
   * {number} k
   */
  isAlone(k) {
    return this.buttons.every((_, i) => i === k || this.hidden.has(i));
  }

  /** @param {number} k */
  allBut(k) {
    return new Set(this.buttons.map((_, i) => i).filter((i) => i !== k));
  }
}
