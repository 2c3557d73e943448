// @ts-nocheck
/** The learning-rate range test: the loss of a short run against its growing rate, and the rate at which it falls fastest. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit, on } from "../core/topics.js";
import { t } from "../core/words.js";
import { canonical } from "../experiment/canonical.js";
import { whenChecked } from "../experiment/check.js";
import { edit } from "../experiment/store.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { token } from "../kit/colors.js";

const HEIGHT = 190,
  LEFT = 44,
  RIGHT = 12,
  TOP = 12,
  BOTTOM = 30;

function setup(root) {
  const start = h("button", { type: "button", class: "small", "data-t": "range.start", onclick: run });
  const canvas = h("canvas", {
    class: "range-canvas",
    role: "img",
    "data-t-label": "range.title",
    hidden: true,
  });
  const words = h("p", { class: "dim num", "aria-live": "polite", hidden: true }),
    use = h("button", { type: "button", class: "small", hidden: true, onclick: take });
  const header = head("range.title", "range.help", start);
  root.append(h("section", { class: "card" }, header, canvas, h("div", { class: "range-foot" }, words, use)));
  let found = null,
    of = "";

  /* What the answer depends on: all but the rate that it is about, and the name. */
  function key() {
    const { name: _, ...experiment } = structuredClone(state.experiment);
    if (experiment.training?.optimizer) experiment.training.optimizer.lr = 0;
    return canonical(experiment);
  }
  function forget() {
    if (!of || of === key()) return;
    found = null;
    of = "";
    canvas.hidden = use.hidden = words.hidden = true;
  }
  async function run() {
    await whenChecked();
    if (state.check.faults.length) {
      emit("faults", state.check);
      return;
    }
    of = key();
    const wanted = of;
    found = null;
    start.disabled = true;
    show();
    let answer = null,
      trouble = "";
    try {
      answer = await post("range", { experiment: state.experiment });
    } catch (error) {
      trouble = error.message;
    }
    start.disabled = false;
    if (of !== wanted) return; // another network stands on the screen
    found = answer;
    words.textContent = trouble;
    show();
  }
  function take() {
    edit("edit.training", (experiment) => {
      experiment.training.optimizer.lr = found.suggestion;
    });
  }
  function show() {
    canvas.hidden = use.hidden = !found?.lr.length;
    words.hidden = !of;
    if (start.disabled) words.textContent = t("range.running");
    if (!found) return;
    const { suggestion } = found;
    words.textContent = t(suggestion ? "range.found" : "range.none", {
      lr: format.lr(suggestion),
      n: found.lr.length,
    });
    if (found.cut_short) words.textContent += ` ${t("range.cut", { lr: format.lr(found.lr.at(-1) ?? 0) })}`;
    use.hidden = !suggestion;
    use.textContent = t("range.use", { lr: format.lr(suggestion) });
    const width = canvas.parentElement.clientWidth - 28;
    if (width > 60 && found.lr.length) paint(width);
  }
  function paint(width) {
    canvas.style.width = `${width}px`;
    canvas.style.height = `${HEIGHT}px`;
    const context = fitCanvas(canvas, width, HEIGHT),
      { lr, loss, suggestion } = found;
    const first = Math.log10(lr[0]),
      last = Math.log10(lr.at(-1)),
      low = Math.min(...loss),
      high = Math.min(Math.max(...loss), 2.5 * loss[0]);
    const X = (rate) => LEFT + ((Math.log10(rate) - first) / (last - first || 1)) * (width - LEFT - RIGHT);
    const Y = (value) =>
      TOP + (1 - (Math.min(value, high) - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
    context.font = `11px ${getComputedStyle(root).fontFamily}`;
    context.fillStyle = token("dim");
    context.strokeStyle = token("line");
    context.textAlign = "center";
    for (let k = Math.ceil(first); k <= last; k += 1) {
      const x = Math.round(X(10 ** k)) + 0.5;
      context.beginPath();
      context.moveTo(x, TOP);
      context.lineTo(x, HEIGHT - BOTTOM);
      context.stroke();
      context.fillText(format.lr(10 ** k), x, HEIGHT - BOTTOM + 14);
    }
    context.textAlign = "right";
    for (const value of [low, high]) context.fillText(format.number(value), LEFT - 6, Y(value) + 4);
    context.strokeStyle = token("train");
    context.lineWidth = 2;
    context.beginPath();
    lr.forEach((rate, i) => context.lineTo(X(rate), Y(loss[i])));
    context.stroke();
    if (!suggestion) return;
    context.strokeStyle = token("lr");
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(X(suggestion), TOP);
    context.lineTo(X(suggestion), HEIGHT - BOTTOM);
    context.stroke();
    context.setLineDash([]);
  }
  on("experiment", forget, root);
  for (const topic of ["lang", "dark"]) on(topic, () => requestAnimationFrame(show), root);
  onResize(canvas.parentElement, show);
}
export default card("range_test", setup);
