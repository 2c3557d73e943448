/** The embedding: every validation sample at the place that the network gives it, moving while it trains. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { hasCard } from "../experiment/catalogue.js";
import { card, head } from "../kit/card.js";
import { classColor, token } from "../kit/colors.js";
import { figure } from "../kit/figure.js";
import { axisLook } from "../kit/plotly.js";
import { ask } from "../run/ask.js";
import { live } from "../run/live.js";
import { wire } from "../run/samples.js";
import { shownClasses, shownData } from "../run/shown.js";

const HEIGHT = 250;
const HZ = 2;
/** The forms of the classes' marks, as on every picture of classes. */
const FORMS = ["circle", "square", "triangle-up", "diamond"];

const applies = () => hasCard(shownData()?.task, "places");

/** @param {string} text base64 */
const bufferOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;

/**
 * One trace a class, so that the legend hides classes.
 * @param {{places: Float32Array, labels: Uint16Array}} answer `places`: x and y of each sample in turn
 * @param {string[]} names of the classes
 */
function tracesOf({ places, labels }, names) {
  const traces = names.map((name, k) => ({
    type: "scatter",
    mode: "markers",
    name,
    x: /** @type {number[]} */ ([]),
    y: /** @type {number[]} */ ([]),
    marker: { color: classColor(k), symbol: FORMS[k % FORMS.length], size: 5.5, opacity: 0.8 },
    hovertemplate: `${name}<extra></extra>`,
  }));
  labels.forEach((label, i) => {
    traces[label]?.x.push(places[2 * i]);
    traces[label]?.y.push(places[2 * i + 1]);
  });
  return traces;
}

/** The ring around the sample that is looked at. @param {number[]} place */
const ringAt = ([x, y]) => ({
  type: "scatter",
  mode: "markers",
  x: [x],
  y: [y],
  marker: { symbol: "circle-open", size: 14, color: token("ink"), line: { width: 2 } },
  hoverinfo: "skip",
  showlegend: false,
});

function layout() {
  const axis = { ...axisLook(), showticklabels: false };
  return {
    margin: { l: 10, r: 10, t: 10, b: 10 },
    hovermode: "closest",
    xaxis: axis,
    yaxis: { ...axis, scaleanchor: "x" }, // distances mean something: no direction is stretched
    showlegend: true,
    legend: { orientation: "h", y: -0.02, yanchor: "top", font: { size: 12, color: token("dim") } },
  };
}

/** @param {any} answer */
function wordsOf(answer) {
  const { labels, of, dimensions, shown, step } = answer;
  const words = [t("places.n", { n: format.count(labels.length), of: format.count(of) })];
  if (dimensions > 2) words.push(t("places.projected", { n: dimensions, share: format.percent(shown) }));
  words.push(t("answer.step", { step: format.count(step) }));
  return words.join(" · ");
}

/** Where the network puts the samples now. */
async function look() {
  const told = await ask("embeddings", state.sample ? { sample: wire(state.sample) } : {});
  const places = new Float32Array(bufferOf(told.places));
  const labels = new Uint16Array(bufferOf(told.labels));
  return { ...told, places, labels };
}

/** @param {HTMLElement} root */
function setup(root) {
  const line = h("p", { class: "dim num" });
  /** @type {any} */
  let answer = null;
  const plot = figure(root, { file: "embedding", height: HEIGHT, describe, idle: () => t("places.idle") });
  root.append(h("section", { class: "card" }, head("places.title", "places.help"), plot.element, line));

  function describe() {
    if (!answer) return null;
    const isRinged = answer.asked && !answer.asked.includes(null);
    const ring = isRinged ? [ringAt(answer.asked)] : [];
    return { data: [...tracesOf(answer, shownClasses()), ...ring], layout: layout() };
  }
  async function refresh() {
    answer = applies() && state.run ? await look() : null;
    show();
  }
  function show() {
    root.hidden = !applies();
    if (root.hidden) return;
    line.textContent = answer ? wordsOf(answer) : "";
    plot.show();
  }
  const wish = live(plot.element, refresh, HZ);
  function onOther() {
    const wasHidden = root.hidden;
    root.hidden = !applies();
    if (wasHidden && !root.hidden) wish();
  }
  function forget() {
    answer = null;
    show();
  }
  onAny(["check", "run", "reset"], onOther, root);
  on("reset", forget, root);
  on("lang", show, root);
  show();
}

export default card("places", setup);
