/** Under the scores of the report: what answers without a network reach, and a linear model at one click. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { post } from "../../core/requests.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { entryOf } from "../../experiment/catalogue.js";
import { nameOfBaseline, scoresInWords } from "../../run/baseline_words.js";
import { comparison, lastScore, mayBeLuck, scoreText, unbeaten } from "../../run/baselines.js";
import { runHistory } from "../../run/history.js";

/** @typedef {import("../../run/baselines.js").Baseline} Baseline */
/** @typedef {Baseline & {n: number, of: number, features: number, converged: boolean}} LinearAnswer */

/** @param {Baseline} baseline */
const itemWords = (baseline) =>
  t("baseline.item", { what: nameOfBaseline(baseline), scores: scoresInWords(baseline) });

/** @param {LinearAnswer} answer */
function fittedWords(answer) {
  const { n, of, features, converged } = answer;
  const key = n < of ? "baseline.fitted.some" : "baseline.fitted";
  const counts = { n: format.count(n), of: format.count(of), features: format.count(features) };
  const sentence = t(key, { ...counts, scores: scoresInWords(answer) });
  return converged ? sentence : `${sentence} ${t("baseline.unfinished")}`;
}

/** @param {Baseline[]} baselines */
function verdictWords(baselines) {
  if (!baselines.length) return "";
  const { epochs } = runHistory;
  const best = unbeaten(epochs, baselines);
  if (best) return t("baseline.no_better", comparison(epochs, best, nameOfBaseline));
  const [first] = baselines;
  const score = lastScore(epochs, first);
  if (!Number.isFinite(score)) return "";
  const given = scoreText(first.metric, score);
  const data = state.run?.data;
  // one answer a sample: elsewhere the number of samples does not say how many answers were counted
  const isCounted = data?.task === "classification";
  if (isCounted && mayBeLuck(epochs, baselines, data.n_validation)) {
    return t("baseline.luck", { given, n: format.count(data.n_validation) });
  }
  return t(baselines.length > 1 ? "baseline.better" : "baseline.better.one", { given });
}

export class Baselines {
  constructor() {
    this.list = h("p", { class: "dim" });
    this.fitted = h("p", { class: "dim", "aria-live": "polite" });
    this.verdict = h("p", {});
    const fit = () => this.fit();
    this.button = h("button", { type: "button", class: "small", "data-t": "baseline.fit", onclick: fit });
    this.element = h("div", { class: "report-baselines num", hidden: true });
    this.element.append(this.list, this.fitted, this.verdict, this.button);
    this.forget();
  }

  /** Another run. */
  forget() {
    /** @type {LinearAnswer | null} */
    this.linear = null;
    /** @type {any} what went wrong, in words */
    this.trouble = null;
    this.isFitting = false;
    this.show();
  }

  async fit() {
    const { run } = state;
    this.isFitting = true;
    this.trouble = null;
    this.show();
    try {
      const answer = await post("linear", { experiment: run?.experiment ?? state.experiment });
      if (run === state.run) this.linear = answer;
    } catch (error) {
      const { text, message } = /** @type {any} */ (error);
      if (run === state.run) this.trouble = text ?? message;
    }
    if (run !== state.run) return;
    this.isFitting = false;
    this.show();
  }

  fittedWords() {
    if (this.isFitting) return t("baseline.fitting");
    if (this.trouble) return localized(this.trouble);
    return this.linear ? fittedWords(this.linear) : "";
  }

  show() {
    const { run } = state;
    /** @type {Baseline[]} */
    const baselines = run?.baselines ?? [];
    const task = entryOf("task", run?.data?.task ?? "");
    const hasLinear = Boolean(task?.facts?.has_linear);
    this.element.hidden = !runHistory.epochs.epoch.length || (!baselines.length && !hasLinear);
    this.list.hidden = !baselines.length;
    this.list.textContent = t("baseline.without", { list: baselines.map(itemWords).join("; ") });
    this.fitted.textContent = this.fittedWords();
    this.fitted.hidden = !this.fitted.textContent;
    this.button.hidden = !hasLinear || this.linear !== null;
    this.button.disabled = this.isFitting;
    this.verdict.textContent = verdictWords(this.linear ? [...baselines, this.linear] : baselines);
    this.verdict.hidden = !this.verdict.textContent;
  }
}
