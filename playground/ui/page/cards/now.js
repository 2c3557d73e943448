/** Now: three numbers, the state in words, and one small chart drawn on a canvas. In view wherever one is. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { titled } from "../experiment/names.js";
import { onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { firstScores } from "../run/baseline_words.js";
import { runHistory } from "../run/history.js";
import { isPlanOfRun, plannedRate } from "../run/plan.js";
import { currentSituation } from "../run/shown.js";
import { waitingWords } from "../run/waiting.js";
import { Curves, spanOf } from "./now/curves.js";
import { paintNow } from "./now/paint.js";
import { Worst } from "./now/worst.js";

const FASTEST_MS = 200;

const isAsked = () => currentSituation().phase === "asked";

/** "Digits · BasicCNN: training" */
function stateWords() {
  const { run } = state;
  if (!run) return t("now.idle");
  const asked = isAsked();
  const loaded = run.loaded ? "state.loaded" : "state.untrained";
  const isUntrained = asked || (run.state === "paused" && !run.step);
  const phase = run.state === "waiting" ? waitingWords(run) : t(isUntrained ? loaded : `state.${run.state}`);
  const name = (asked ? null : run.name) || state.experiment.name;
  return t("now.name_state", { name: titled(name), state: phase });
}

/** Why it ended, or the worst that the curves say. @param {Worst} worst */
function reasonWords(worst) {
  const { run } = state;
  const hasReason = run && ["failed", "stopped"].includes(run.state) && run.message;
  if (hasReason) return { words: localized(run.message), kind: run.state === "failed" ? "bad" : "" };
  const finding = worst.read();
  return finding ? { words: t(finding.key, finding.values), kind: "warn" } : { words: "", kind: "" };
}

/** The rate of the last step; before the first one, that which is set. */
function presentRate() {
  const ofRun = isAsked() ? null : state.run?.lr;
  return ofRun ?? runHistory.steps.lr.at(-1) ?? state.experiment.training.optimizer.lr;
}

/** The first metric of the task, as it was after the last epoch. */
function presentScore() {
  const metrics = state.run?.step ? runHistory.metrics : (state.data?.metrics ?? ["accuracy"]);
  const score = runHistory.epochs[`val_${metrics[0]}`]?.at(-1);
  const isShare = metrics[0] === "accuracy";
  return {
    value: isShare ? format.percent(score) : format.number(score),
    words: isShare ? "now.validation" : `now.${metrics[0]}`,
  };
}

/** A number with its name below. @param {string} words */
function bigNumber(words) {
  const value = h("b", { class: "num" }, "–");
  const name = h("span", { "data-t": words });
  return { element: h("div", {}, value, name), value, name };
}

/** @param {string} color @param {string} words */
const legendEntry = (color, words) =>
  h("span", {}, h("i", { style: `background:var(--${color})` }), h("span", { "data-t": words }));

class Now {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.loss = bigNumber("now.train_loss");
    this.score = bigNumber("now.validation");
    this.rate = bigNumber("now.lr");
    this.line = h("small");
    this.reason = h("p", { class: "now-reason", hidden: true });
    this.canvas = h("canvas", { class: "now-chart", role: "img" });
    this.hint = h("p", { class: "now-hint dim", "data-t": "now.idle.hint" });
    this.baseline = h("p", { class: "now-baseline dim num", hidden: true });
    this.frame = h("div", { class: "now-frame" }, this.canvas, this.hint);
    const numbers = [this.loss, this.score, this.rate].map(({ element }) => element);
    const legend = [
      legendEntry("train", "now.train"),
      legendEntry("val", "now.val"),
      legendEntry("lr", "now.lr"),
    ];
    const content = [
      h("div", { class: "big" }, ...numbers),
      this.baseline,
      this.frame,
      h("div", { class: "legend" }, ...legend),
    ];
    root.append(
      h("section", { class: "card now-card" }, head("now.title", this.line), ...content, this.reason),
    );
    this.curves = new Curves(smoothingOfLoss());
    this.worst = new Worst();
    this.timer = 0;
    this.last = 0;
  }

  wish() {
    if (this.timer) return;
    const wait = Math.max(0, this.last + FASTEST_MS - performance.now());
    this.timer = window.setTimeout(() => this.flush(), wait);
  }

  flush() {
    this.timer = 0;
    this.last = performance.now();
    if (!document.hidden) requestAnimationFrame(() => this.draw());
  }

  say() {
    this.line.textContent = stateWords();
    this.line.title = this.line.textContent;
    const { words, kind } = reasonWords(this.worst);
    this.reason.textContent = words;
    this.reason.hidden = !words;
    this.reason.classList.toggle("bad", kind === "bad");
    this.reason.classList.toggle("warn", kind === "warn");
  }

  showNumbers() {
    const { value, words } = presentScore();
    this.loss.value.textContent = format.number(this.curves.loss());
    this.score.value.textContent = value;
    this.rate.value.textContent = format.lr(presentRate());
    this.score.name.dataset.t = words;
    this.score.name.textContent = t(words);
    this.baseline.textContent = runHistory.epochs.epoch.length ? firstScores(state.run?.baselines) : "";
    this.baseline.hidden = !this.baseline.textContent;
    const told = { train: this.loss.value.textContent, validation: value, lr: this.rate.value.textContent };
    this.canvas.setAttribute("aria-label", t("now.chart", told));
  }

  draw() {
    this.curves.update(/** @type {any} */ (runHistory.steps));
    this.say();
    this.showNumbers();
    this.hint.hidden = this.curves.x.length > 0;
    this.hint.dataset.t = currentSituation().phase === "waiting" ? "now.waiting.hint" : "now.idle.hint";
    this.hint.textContent = t(this.hint.dataset.t);
    const width = this.frame.clientWidth;
    if (width) this.paint(width);
  }

  /** The plan of the next run is not drawn over the curves of the last one. @param {number} width */
  paint(width) {
    const { curves } = this;
    const plan = curves.x.length && !isPlanOfRun() ? null : plannedRate();
    const step = curves.x.at(-1) ?? 0;
    const ofRun = isAsked() ? 0 : (state.run?.total_steps ?? 0);
    const total = Math.max(1, ofRun, plan?.step.at(-1) ?? 0, step);
    paintNow(this.canvas, width, { curves, epochs: runHistory.epochs, plan, span: spanOf(total, step) });
  }

  forget() {
    this.curves.reset();
    this.worst = new Worst();
    this.wish();
  }
}

/** How much the loss is smoothed, as on its large chart. */
function smoothingOfLoss() {
  const traces = /** @type {any[]} */ (state.boot.charts.charts.loss.traces);
  return traces.find((trace) => trace.smoothing).smoothing;
}

/** @param {HTMLElement} root */
function setup(root) {
  const now = new Now(root);
  const wish = () => now.wish();
  on("thinned", ({ table, keep }) => now.curves.recount(table, keep), root);
  onAny(["rows", "run", "check", "experiment", "plan", "lang", "dark"], wish, root);
  on("reset", () => now.forget(), root);
  document.addEventListener("visibilitychange", wish);
  onResize(now.frame, () => now.draw());
  now.draw();
}

export default card("now", setup);
