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
import { Baselines } from "./report/baselines.js";
import { confusionTable } from "./report/confusion.js";
import { figureElement, figuresOf } from "./report/figures.js";
import { mistakesList } from "./report/mistakes.js";

/** @typedef {{name: string, epoch: number, figures: Map<string, string>}} Before the run before */

/** @param {any} answer how much of the validation part it counts, and when */
function scopeOf({ n, of, epoch }) {
  const key = n < of ? "report.help.some" : "report.help";
  return t(key, { n: format.count(n), of: format.count(of), epoch });
}

/** What stands there while there are no scores: they are on their way, may still come, or not. */
function idleWords() {
  const hasEpoch = runHistory.epochs.epoch.length > 0;
  if (hasEpoch) return t("report.coming");
  const isOver = state.run !== null && currentSituation().isEnded;
  return t(isOver ? "report.none" : "report.idle");
}

class Report {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.about = h("small");
    this.figures = h("div", { class: "report-figures num" });
    this.compared = h("p", { class: "dim report-compared", hidden: true });
    this.classes = h("div", { class: "report-classes" });
    const header = head("report.title", this.about);
    this.baselines = new Baselines();
    const content = [this.figures, this.compared, this.baselines.element, this.classes];
    root.append(h("section", { class: "card" }, header, ...content));
    this.askedFor = "";
    /** @type {any} */
    this.answer = null;
    /** @type {Before | null} */
    this.before = null;
    /** @type {Map<string, string>} the scores on the screen */
    this.shown = new Map();
  }

  /** Once an epoch, and only while somebody looks. */
  async refresh() {
    const { run } = state;
    const { epoch } = runHistory.epochs;
    const wanted = `${run?.id} ${epoch.at(-1)}`;
    if (!run || !epoch.length || this.askedFor === wanted) return;
    this.askedFor = wanted;
    try {
      this.answer = { ...(await ask("report")), name: run.name };
    } catch (error) {
      if (this.askedFor === wanted) this.askedFor = ""; // asked again with the next change
      throw error;
    }
    this.show();
  }

  show() {
    const { answer } = this;
    this.about.textContent = answer ? scopeOf(answer) : idleWords();
    const list = answer ? figuresOf(answer) : [];
    this.shown = new Map(list.map(({ key, value }) => [key, value]));
    this.figures.hidden = answer === null;
    const elements = list.map((figure) => figureElement(figure, this.before?.figures.get(figure.key)));
    this.figures.replaceChildren(...elements);
    this.showCompared();
    this.baselines.show();
    this.showClasses();
  }

  showClasses() {
    const classes = this.answer?.classes;
    this.classes.hidden = !classes?.confusion;
    if (this.classes.hidden) return;
    const table = confusionTable(classes, shownClasses());
    const matrix = h("div", { class: "report-matrix" }, table);
    this.classes.replaceChildren(matrix, mistakesList(classes, shownClasses()));
  }

  showCompared() {
    const { before } = this;
    this.compared.hidden = !before || ![...this.shown.keys()].some((key) => before.figures.has(key));
    if (!before) return;
    this.compared.textContent = t("report.compared", { name: before.name, epoch: before.epoch });
  }

  showIdle() {
    if (!this.answer) this.about.textContent = idleWords();
  }

  /** Another run: the scores of this one are what the next are compared with. */
  forget() {
    const { answer } = this;
    if (answer) this.before = { name: titled(answer.name), epoch: answer.epoch, figures: this.shown };
    this.askedFor = "";
    this.answer = null;
    this.baselines.forget();
    this.show();
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const report = new Report(root);
  const wish = live(root, () => report.refresh(), 1);
  function onRows(/** @type {any} */ { epochs }) {
    if (!epochs) return;
    report.showIdle();
    wish();
  }
  on("rows", onRows, root);
  function onRun() {
    report.showIdle();
    report.baselines.show();
  }
  onAny(["run", "check"], onRun, root);
  on("lang", () => report.show(), root);
  on("reset", () => report.forget(), root);
  report.show();
}

export default card("report", setup);
