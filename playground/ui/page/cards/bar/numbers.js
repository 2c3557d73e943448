/** Epoch, step, time left and speed of the run, and the line of its progress. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { currentSituation } from "../../run/shown.js";
import { timesOf } from "../../run/times.js";

/** Characters that a cell keeps free for its number, so that nothing beside it moves. */
const SPEED_WIDTH = 6;
const LEFT_WIDTH = 4;

/** @param {number | null} n */
function grouped(n) {
  if (n === null) return "–";
  return n < 1e5 ? Math.round(n).toLocaleString("en-US") : format.count(n);
}

/** A cell is a number with its words before or behind it. */
function makeCells() {
  /** @type {Record<string, any>} */
  const values = {};
  /** @param {string} name @param {string} label @param {boolean} wordsFirst */
  function cell(name, label, wordsFirst) {
    const value = h("b");
    const words = h("span", { "data-t": label });
    values[name] = value;
    return h("span", { class: `number ${name}` }, wordsFirst ? [words, value] : [value, words]);
  }
  const element = h(
    "div",
    { class: "numbers num", role: "group" },
    cell("epoch", "bar.epoch", true),
    cell("step", "bar.step.count", true),
    cell("left", "bar.left", false),
    cell("speed", "bar.speed", false),
  );
  /** @param {string} name @param {string} text @param {number} width in characters */
  function put(name, text, width) {
    values[name].textContent = text;
    values[name].style.minWidth = `${0.94 * width}ch`;
  }
  /** @param {string} name @param {number} n @param {number | null} of */
  function putShare(name, n, of) {
    const whole = grouped(of);
    put(name, `${grouped(n)}/${whole}`, 2 * whole.length + 1);
  }
  return { element, values, put, putShare };
}

function makeProgress() {
  const limits = { "aria-valuemin": "0", "aria-valuemax": "100", "data-t-label": "bar.progress" };
  const line = h("i");
  const element = h("div", { class: "progress", role: "progressbar", ...limits }, line);
  /** @param {number} share from 0 to 1 @param {string} runState */
  function show(share, runState) {
    line.style.transform = `scaleX(${share})`;
    element.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    element.dataset.state = runState;
  }
  return { element, show };
}

/** The parts, and a `show` that brings them up to date. */
export function numbers() {
  const cells = makeCells();
  const progress = makeProgress();
  const chip = { class: "chip watching", hidden: true, "data-t-title": "bar.watching.help" };
  const watching = h("span", chip, h("span", { "data-t": "bar.watching" }));
  function show() {
    const { isLeft, isEnded, isLive, phase } = currentSituation();
    const isOver = isLeft && isEnded;
    /** @type {any} */
    const run = isOver || phase === "asked" ? null : state.run;
    const isOther = isLeft && run !== null;
    cells.element.classList.toggle("other", isOther);
    cells.element.title = isOther ? t("bar.other", { name: run.name ?? "" }) : "";
    const nEpochs = run?.n_epochs ?? state.experiment.training?.epochs ?? 0;
    const nSteps = run?.total_steps ?? state.check?.totals?.steps ?? null;
    cells.putShare("epoch", run?.epoch ?? 0, nEpochs);
    cells.putShare("step", run?.step ?? 0, nSteps);
    cells.put("speed", run?.samples_per_s ? grouped(run.samples_per_s) : "–", SPEED_WIDTH);
    cells.element.classList.toggle("idle", !run?.step);
    cells.put("left", run && isLive ? format.clock(timesOf(null, run).left) : "–", LEFT_WIDTH);
    cells.values.left.parentElement.style.visibility = run?.step && !isLive ? "hidden" : "";
    const share = run && nSteps ? Math.min(1, (run.step ?? 0) / nSteps) : 0;
    progress.show(share, run?.state ?? "none");
    watching.hidden = !run || Boolean(run.control);
  }
  return { element: cells.element, progress: progress.element, watching, show };
}
