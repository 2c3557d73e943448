/**
 * The learning-rate range test: the loss of a short run against its growing rate, and the rate at which it
 * falls fastest.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit, on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { canonical } from "../experiment/canonical.js";
import { entryOf } from "../experiment/catalogue.js";
import { whenChecked } from "../experiment/check.js";
import { titled } from "../experiment/names.js";
import { edit } from "../experiment/store.js";
import { card, head } from "../kit/card.js";
import { token } from "../kit/colors.js";
import { figure } from "../kit/figure.js";
import { axisLook } from "../kit/plotly.js";

const HEIGHT = 200;
/** A loss above so many times the first one only says that it diverged. */
const DIVERGED = 2.5;

/**
 * What an answer depends on: all but the rate that it is about, and the name.
 * @param {any} experiment
 */
function keyOf(experiment) {
  const { name: _, ...rest } = structuredClone(experiment);
  if (rest.training?.optimizer) rest.training.optimizer.lr = 0;
  return canonical(rest);
}

/**
 * @param {{lr: number[], loss: number[], suggestion: number | null}} answer
 */
function drawingOf({ lr, loss, suggestion }) {
  const highest = Math.min(Math.max(...loss), DIVERGED * loss[0]);
  const lowest = Math.min(...loss);
  const room = 0.05 * (highest - lowest || 1);
  const trace = {
    type: "scatter",
    mode: "lines",
    x: lr,
    y: loss,
    line: { color: token("train"), width: 2 },
    hovertemplate: `${t("now.lr")} %{x:.2~g}<br>${t("now.train_loss")} %{y:.4~g}<extra></extra>`,
  };
  const mark = {
    type: "line",
    yref: "paper",
    x0: suggestion,
    x1: suggestion,
    y0: 0,
    y1: 1,
    line: { color: token("lr"), width: 1.5, dash: "dash" },
  };
  const layout = {
    margin: { l: 54, r: 12, t: 10, b: 40 },
    hovermode: "closest",
    xaxis: {
      ...axisLook(),
      type: "log",
      dtick: 1,
      tickformat: ".0e",
      title: { text: t("now.lr"), font: { size: 11 }, standoff: 6 },
    },
    yaxis: { ...axisLook(), range: [lowest - room, highest + room], nticks: 5 },
    shapes: suggestion ? [mark] : [],
  };
  return { data: [trace], layout };
}

/** @param {any} answer */
function wordsOf({ lr, suggestion, cut_short: isCut }) {
  const words = [t(suggestion ? "range.found" : "range.none", { lr: format.lr(suggestion), n: lr.length })];
  if (isCut) words.push(t("range.cut", { lr: format.lr(lr.at(-1) ?? 0) }));
  return words.join(" ");
}

/** Which network it was, for the time when another one stands on the screen. @param {any} experiment */
const networkWords = (experiment) =>
  t("range.of_before", {
    name: titled(experiment.name),
    n: experiment.layers.length,
    data: localized(entryOf("dataset", experiment.data.dataset)?.label),
  });

class RangeTest {
  /** @param {HTMLElement} root */
  constructor(root) {
    const button = { type: "button", class: "small" };
    this.start = h("button", { ...button, "data-t": "range.start", onclick: () => this.measure() });
    this.use = h("button", { ...button, hidden: true, onclick: () => this.take() });
    this.words = h("p", { class: "dim num", "aria-live": "polite" });
    this.other = h("p", { class: "dim", hidden: true });
    this.foot = h("div", { class: "range-foot", hidden: true }, this.words, this.use, this.other);
    /** @type {any} */
    this.answer = null;
    /** @type {any} the experiment that was measured, or is being measured */
    this.measured = null;
    this.trouble = "";
    const describe = () => (this.answer?.lr.length ? drawingOf(this.answer) : null);
    this.plot = figure(root, { file: "range-test", height: HEIGHT, describe });
    const header = head("range.title", "range.help", this.start);
    root.append(h("section", { class: "card" }, header, this.plot.element, this.foot));
  }

  async measure() {
    await whenChecked();
    if (state.check.faults.length) {
      emit("faults", state.check);
      return;
    }
    this.measured = structuredClone(state.experiment);
    this.answer = null;
    this.trouble = "";
    this.start.disabled = true;
    this.show();
    try {
      this.answer = await post("range", { experiment: this.measured });
    } catch (error) {
      this.trouble = /** @type {any} */ (error).message;
    }
    this.start.disabled = false;
    this.show();
  }

  take() {
    edit("edit.training", (experiment) => {
      experiment.training.optimizer.lr = this.answer.suggestion;
    });
  }

  say() {
    if (this.start.disabled) return t("range.running");
    return this.answer ? wordsOf(this.answer) : this.trouble;
  }

  /** An answer stays when the network is edited, and says whose it is. */
  show() {
    const { answer, measured } = this;
    const isOther = measured !== null && keyOf(measured) !== keyOf(state.experiment);
    this.foot.hidden = measured === null;
    this.plot.element.hidden = !answer?.lr.length;
    this.words.textContent = this.say();
    this.other.hidden = !isOther;
    this.other.textContent = isOther ? networkWords(measured) : "";
    this.use.hidden = !answer?.suggestion;
    this.use.textContent = t("range.use", { lr: format.lr(answer?.suggestion) });
    if (!this.plot.element.hidden) this.plot.show();
  }

  /** Of other data it says nothing. */
  onExperiment() {
    if (this.measured === null) return;
    const isSame = this.measured.data.dataset === state.experiment.data.dataset;
    if (!isSame && !this.start.disabled) {
      this.measured = null;
      this.answer = null;
    }
    this.show();
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const test = new RangeTest(root);
  on("experiment", () => test.onExperiment(), root);
  on("lang", () => test.show(), root);
  test.show();
}

export default card("range_test", setup);
