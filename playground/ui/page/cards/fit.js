/**
 * Predicted against true: a point a validation sample, on the line where the prediction is right. Real
 * numbers only.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { hasCard } from "../experiment/catalogue.js";
import { card, head } from "../kit/card.js";
import { token } from "../kit/colors.js";
import { figure } from "../kit/figure.js";
import { axisLook } from "../kit/plotly.js";
import { ask } from "../run/ask.js";
import { live } from "../run/live.js";
import { shownData, shownTargets } from "../run/shown.js";

const HEIGHT = 236;
const HZ = 2;
const CROWD = 200; // from so many points on they are drawn fainter

const applies = () => hasCard(shownData()?.task, "fit");

/**
 * The pairs that are numbers: a network that diverged predicts none.
 * @param {any} answer
 * @returns {{x: number[], y: number[]}}
 */
function pairsOf(answer) {
  const x = [];
  const y = [];
  for (const [i, value] of answer.true.entries()) {
    const predicted = answer.predicted[i];
    if (value === null || predicted === null) continue;
    x.push(value);
    y.push(predicted);
  }
  return { x, y };
}

/**
 * @param {{x: number[], y: number[]}} pairs
 * @param {string} target what is predicted
 */
function drawingOf({ x, y }, target) {
  const all = [...x, ...y];
  const ends = [Math.min(...all), Math.max(...all)];
  const axis = (/** @type {string} */ text) => ({
    ...axisLook(),
    title: { text, font: { size: 11 }, standoff: 6 },
  });
  const points = {
    type: "scatter",
    mode: "markers",
    x,
    y,
    marker: { color: token("val"), size: 6, opacity: x.length > CROWD ? 0.5 : 0.7 },
    hovertemplate: `${t("fit.true", { target })} %{x}<br>${t("fit.predicted")} %{y}<extra></extra>`,
  };
  const diagonal = {
    type: "scatter",
    mode: "lines",
    x: ends,
    y: ends,
    line: { color: token("dim"), width: 1, dash: "dash" },
    hoverinfo: "skip",
  };
  const layout = {
    margin: { l: 70, r: 14, t: 12, b: 42 },
    hovermode: "closest",
    xaxis: axis(t("fit.true", { target })),
    yaxis: axis(t("fit.predicted")),
  };
  return { data: [diagonal, points], layout };
}

/** @param {HTMLElement} root */
function setup(root) {
  const line = h("p", { class: "dim num" });
  /** @type {any} */
  let answer = null;
  const plot = figure(root, { file: "fit", height: HEIGHT, describe, idle: () => t("fit.idle") });
  root.append(h("section", { class: "card" }, head("fit.title", "fit.help"), plot.element, line));

  function describe() {
    const pairs = answer && pairsOf(answer);
    return pairs?.x.length ? drawingOf(pairs, shownTargets()[0] ?? "") : null;
  }
  async function refresh() {
    answer = state.run && applies() ? await ask("fit") : null;
    show();
  }
  function show() {
    root.hidden = !applies();
    if (root.hidden) return;
    line.textContent = answer ? wordsOf(answer) : "";
    plot.show();
  }
  const wish = live(plot.element, refresh, HZ);
  function forget() {
    answer = null;
    show();
    wish();
  }
  on("reset", forget, root);
  onAny(["check", "lang"], show, root);
  show();
}

/** @param {any} answer */
function wordsOf(answer) {
  const { true: values, of, step } = answer;
  return t("fit.n", {
    n: format.count(values.length),
    of: format.count(of),
    step: format.count(step),
  });
}

export default card("fit", setup);
