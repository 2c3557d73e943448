// @ts-nocheck
/** Now: three numbers, the state in words, and one small chart drawn on a canvas. In view wherever one is. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { titled } from "../experiment/names.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { token } from "../kit/colors.js";
import { niceStep, smoother } from "../kit/numbers.js";
import { runHistory } from "../run/history.js";
import { plannedRate } from "../run/plan.js";
import { currentSituation } from "../run/shown.js";

const HEIGHT = 150,
  LEFT = 34,
  RIGHT = 8,
  TOP = 8,
  BOTTOM = 20,
  FASTEST_MS = 200,
  MOST = 600;

/* The raw and the smoothed loss and the rate, kept up with what is new in the history and thinned where it grows long. */
function losses() {
  const weight = state.boot.charts.charts.loss.traces.find((trace) => trace.smoothing).smoothing;
  let seen = 0,
    smooth = smoother(weight),
    x = [],
    raw = [],
    mean = [],
    rate = [];
  return {
    reset() {
      seen = 0;
      smooth = smoother(weight);
      x = [];
      raw = [];
      mean = [];
      rate = [];
    },
    /* The history lost some of its older rows: `keep` are the places of those that it has still. */
    recount({ table, keep }) {
      if (table !== "steps") return;
      const at = keep.findIndex((i) => i >= seen);
      seen = at < 0 ? keep.length : at;
    },
    update() {
      const { step, train_loss: loss, lr } = runHistory.steps;
      for (; seen < step.length; seen += 1) {
        x.push(step[seen]);
        raw.push(loss[seen]);
        mean.push(smooth(loss[seen]));
        rate.push(lr[seen]);
      }
      while (x.length > 4 * MOST) {
        const keep = x.map((_, i) => i).filter((i) => i % 2 === 0 || i > x.length - MOST);
        [x, raw, mean, rate] = [x, raw, mean, rate].map((column) => keep.map((i) => column[i]));
      }
      return { x, raw, mean, rate };
    },
  };
}

function stateKey(run) {
  if (run.state === "paused" && !run.step) return run.loaded ? "state.loaded" : "state.untrained";
  return `state.${run.state}`;
}

function setup(root) {
  const number = (key) => h("div", {}, h("b", { class: "num" }, "–"), h("span", { "data-t": key }));
  const train = number("now.train_loss"),
    validation = number("now.validation"),
    lr = number("now.lr");
  const line = h("small"),
    reason = h("p", { class: "now-reason" });
  const canvas = h("canvas", { class: "now-chart", role: "img" });
  const key = (color, text) =>
    h("span", {}, h("i", { style: `background:var(--${color})` }), h("span", { "data-t": text }));
  const hint = h("p", { class: "now-hint dim", "data-t": "now.idle.hint" });
  root.append(
    h(
      "section",
      { class: "card now-card" },
      head("now.title", line),
      h("div", { class: "big" }, train, validation, lr),
      reason,
      h("div", { class: "now-frame" }, canvas, hint),
      h("div", { class: "legend" }, key("train", "now.train"), key("val", "now.val"), key("lr", "now.lr")),
    ),
  );
  const curves = losses();
  let timer = 0,
    last = 0;

  function wish() {
    if (timer) return;
    timer = setTimeout(
      () => {
        timer = 0;
        last = performance.now();
        if (!document.hidden) requestAnimationFrame(draw);
      },
      Math.max(0, last + FASTEST_MS - performance.now()),
    );
  }
  function words() {
    const { run } = state;
    line.textContent = run
      ? t("now.name_state", {
          name: titled((currentSituation().phase !== "asked" && run.name) || state.experiment.name),
          state: t(stateKey(run)),
        })
      : t("now.idle");
    const told =
      run && ["failed", "stopped"].includes(run.state) && run.message ? localized(run.message) : "";
    reason.textContent = told;
    reason.hidden = !told;
    reason.classList.toggle("bad", run?.state === "failed");
  }
  function draw() {
    words();
    const { epochs, steps } = runHistory,
      { run } = state,
      data = curves.update();
    const isAsked = currentSituation().phase === "asked";
    const rate = (isAsked ? null : run?.lr) ?? steps.lr.at(-1) ?? state.experiment.training.optimizer.lr;
    train.firstChild.textContent = format.number(data.mean.findLast((value) => value !== null));
    const [metric] = run?.step ? runHistory.metrics : (state.data?.metrics ?? ["accuracy"]),
      score = epochs[`val_${metric}`]?.at(-1);
    validation.firstChild.textContent = metric === "accuracy" ? format.percent(score) : format.number(score);
    const judged = metric === "accuracy" ? "now.validation" : `now.${metric}`;
    if (validation.lastChild.dataset.t !== judged) {
      validation.lastChild.dataset.t = judged;
      validation.lastChild.textContent = t(judged);
    }
    lr.firstChild.textContent = format.lr(rate);
    hint.hidden = data.x.length > 0;
    canvas.setAttribute(
      "aria-label",
      t("now.chart", {
        train: train.firstChild.textContent,
        validation: validation.firstChild.textContent,
        lr: lr.firstChild.textContent,
      }),
    );
    const width = canvas.parentElement.clientWidth;
    if (width) paint(width, data);
  }
  function paint(width, { x, raw, mean, rate }) {
    const context = fitCanvas(canvas, width, HEIGHT),
      { epochs } = runHistory,
      plan = plannedRate();
    const most = span(
      Math.max(
        1,
        currentSituation().phase === "asked" ? 0 : (state.run?.total_steps ?? 0),
        plan?.step.at(-1) ?? 0,
        x.at(-1) ?? 0,
      ),
      x.at(-1) ?? 0,
    );
    const finite = [...mean, ...epochs.val_loss].filter(Number.isFinite);
    const top = finite.length ? Math.max(...finite.slice(0, 8), quantile(finite, 0.98)) * 1.04 : 1;
    const X = (value) => LEFT + ((width - LEFT - RIGHT) * value) / most;
    const Y = (value, high) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.min(1.06, value / high);
    if (x.length || plan) axes(context, width, most, top, X, (value) => Y(value, top), x);
    context.beginPath();
    context.rect(LEFT - 2, 0, width - LEFT - RIGHT + 4, HEIGHT - BOTTOM + 2);
    context.clip();
    const curve = (xs, ys, high, color, options) =>
      line_(context, xs, ys, X, (value) => Y(value, high), token(color), options);
    const rates = [...(plan?.lr ?? []), ...rate].filter(Number.isFinite),
      highest = (rates.reduce((a, b) => Math.max(a, b), 0) || 1) * 1.02;
    if (plan) curve(plan.step, plan.lr, highest, "lr", { width: 1.2, alpha: 0.55, dash: [3, 3] });
    curve(x, rate, highest, "lr", { width: 1.5 });
    curve(x, raw, top, "train", { width: 1, alpha: 0.28 });
    curve(x, mean, top, "train", { width: 2 });
    curve(epochs.step, epochs.val_loss, top, "val", { width: 2.2, dots: true });
  }
  function axes(context, width, most, top, X, Y, x) {
    context.font = `11px ${getComputedStyle(root).fontFamily}`;
    context.fillStyle = token("dim");
    context.strokeStyle = token("line");
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    const stepY = niceStep(top, 4);
    for (let value = 0; x.length && value <= top * 1.001; value += stepY) {
      const y = Math.round(Y(value)) + 0.5;
      context.beginPath();
      context.moveTo(LEFT, y);
      context.lineTo(width - RIGHT, y);
      context.stroke();
      context.fillText(
        top >= 1e4 ? value.toExponential(0).replace("e+", "e") : String(Number(value.toPrecision(2))),
        LEFT - 6,
        y,
      );
    }
    context.textBaseline = "alphabetic";
    const stepX = niceStep(most, 4);
    for (let value = 0; value <= most * 1.001; value += stepX) {
      context.textAlign = X(value) > width - RIGHT - 12 ? "right" : "center";
      context.fillText(format.count(value), Math.min(X(value), width), HEIGHT - 4);
    }
  }

  on("thinned", curves.recount, root);
  on("rows", wish, root);
  on("run", wish, root);
  on("check", wish, root);
  on("experiment", wish, root);
  on("lang", wish, root);
  on("dark", wish, root);
  on(
    "reset",
    () => {
      curves.reset();
      wish();
    },
    root,
  );
  document.addEventListener("visibilitychange", wish);
  onResize(canvas.parentElement, draw);
  draw();
}

/* How far the step axis goes: the whole run, or while that would squeeze the curves, a half, a quarter … of it. */
function span(total, step) {
  let most = total;
  while (step > 0 && most > 4 * step && most > 100) most /= 2;
  return Math.ceil(most);
}
function quantile(values, part) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
function line_(context, xs, ys, X, Y, color, { width = 1.5, alpha = 1, dash = [], dots = false } = {}) {
  const every = Math.max(1, Math.floor(xs.length / 1200));
  context.save();
  context.strokeStyle = context.fillStyle = color;
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  let pen = false;
  for (let i = 0; i < xs.length; i += i + every < xs.length ? every : 1) {
    if (!Number.isFinite(ys[i])) {
      pen = false;
      continue;
    }
    if (pen) context.lineTo(X(xs[i]), Y(ys[i]));
    else context.moveTo(X(xs[i]), Y(ys[i]));
    pen = true;
  }
  context.stroke();
  if (dots && xs.length < 30) {
    for (let i = 0; i < xs.length; i += 1) {
      if (!Number.isFinite(ys[i])) continue;
      context.beginPath();
      context.arc(X(xs[i]), Y(ys[i]), 2.6, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.restore();
}
export default card("now", setup);
