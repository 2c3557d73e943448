/**
 * The report: every score over the validation part, after each epoch, beside that of the run before; the
 * confusion matrix with its counts.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { titled } from "../experiment/names.js";
import { card, head } from "../kit/card.js";
import { ask } from "../run/ask.js";
import { runHistory } from "../run/history.js";
import { live } from "../run/live.js";
import { currentSituation, shownClasses } from "../run/shown.js";
import { confusionTable } from "./report/confusion.js";

/** @typedef {{key: string, value: string, words: string}} Figure a score as it is shown */
/** @typedef {{name: string, epoch: number, figures: Map<string, string>}} Before the run before */

/**
 * Scores that are shares, then those that are amounts of each target.
 * @param {any} answer
 * @returns {Figure[]}
 */
function figuresOf({ shares, values }) {
  /** @type {Figure[]} */
  const figures = [];
  for (const { name, value } of shares) {
    figures.push({ key: name, value: format.percent(value), words: t(`report.${name}`) });
  }
  for (const { name, mae, rmse, r2 } of values) {
    const amounts = [
      [t("report.mae"), mae],
      [t("report.rmse"), rmse],
      ["R²", r2],
    ];
    for (const [what, amount] of amounts) {
      const words = name ? `${name}: ${what}` : what;
      figures.push({ key: words, value: format.number(amount), words });
    }
  }
  return figures;
}

/**
 * @param {Figure} figure
 * @param {Before | null} before
 */
function figureElement({ key, value, words }, before) {
  const was = before?.figures.get(key);
  const beside = was ? h("small", { class: "was" }, t("report.was", { value: was })) : null;
  return h("span", { class: "report-figure" }, h("b", {}, value), h("small", {}, words), beside);
}

/** @param {any} answer how much of the validation part it counts, and when */
function scopeOf({ n, of, epoch }) {
  const key = n < of ? "report.help.some" : "report.help";
  return t(key, { n: format.count(n), of: format.count(of), epoch });
}

/** What stands there while there are no scores: they may still come, or not. */
function idleWords() {
  const { isEnded } = currentSituation();
  const isOver = state.run !== null && isEnded && runHistory.epochs.epoch.length === 0;
  return t(isOver ? "report.none" : "report.idle");
}

/** @param {HTMLElement} root */
function setup(root) {
  const about = h("small");
  const figures = h("div", { class: "report-figures num" });
  const compared = h("p", { class: "dim report-compared", hidden: true });
  const matrix = h("div", { class: "report-matrix" });
  root.append(h("section", { class: "card" }, head("report.title", about), figures, compared, matrix));
  let askedFor = "";
  /** @type {any} */
  let answer = null;
  /** @type {Before | null} */
  let before = null;
  /** @type {Map<string, string>} the scores on the screen */
  let shown = new Map();

  /** Once an epoch, and only while somebody looks. */
  async function refresh() {
    const { run } = state;
    const { epoch } = runHistory.epochs;
    const wanted = `${run?.id} ${epoch.at(-1)}`;
    if (!run || !epoch.length || askedFor === wanted) return;
    askedFor = wanted;
    answer = { ...(await ask("report")), name: run.name };
    show();
  }
  function show() {
    const hasScores = answer !== null;
    about.textContent = hasScores ? scopeOf(answer) : idleWords();
    figures.hidden = !hasScores;
    const list = hasScores ? figuresOf(answer) : [];
    shown = new Map(list.map(({ key, value }) => [key, value]));
    figures.replaceChildren(...list.map((figure) => figureElement(figure, before)));
    showCompared();
    const table = answer?.classes?.confusion ? confusionTable(answer.classes, shownClasses()) : null;
    matrix.hidden = table === null;
    matrix.replaceChildren(...(table ? [table] : []));
  }
  function showCompared() {
    const isComparable = before !== null && [...shown.keys()].some((key) => before?.figures.has(key));
    compared.hidden = !isComparable;
    if (before) compared.textContent = t("report.compared", { name: before.name, epoch: before.epoch });
  }
  function forget() {
    if (answer) before = { name: titled(answer.name), epoch: answer.epoch, figures: shown };
    askedFor = "";
    answer = null;
    show();
  }
  function showIdle() {
    if (!answer) about.textContent = idleWords();
  }
  const wish = live(root, refresh, 1);
  on("rows", ({ epochs }) => epochs && wish(), root);
  onAny(["run", "check"], showIdle, root);
  on("lang", show, root);
  on("reset", forget, root);
  show();
}

export default card("report", setup);
