/** The targets of a challenge, and what each try reached of them. */
import { h } from "../../core/dom.js";
import { localized, t } from "../../core/words.js";
import { reachedText, targetText } from "./sentences.js";

export class VerdictBox {
  /** @param {any} about the challenge */
  constructor(about) {
    this.about = about;
    /** @type {any} the server's, null before the first */
    this.verdict = null;
    /** @type {any} how far the trainings are */
    this.progress = null;
    this.words = h("p", { class: "challenge-words", role: "status" });
    this.list = h("div");
    this.element = h("div", { class: "challenge-verdict" }, this.list, this.words);
  }

  /** @param {any} progress */
  tell(progress) {
    this.progress = progress;
    this.write();
  }

  /** @param {any} verdict */
  put(verdict) {
    this.progress = null;
    this.verdict = verdict;
    this.write();
  }

  /**
   * @param {string} result somebody's, that was not computed yet; "" for none
   * @param {number} limit how many tries there are
   */
  show(result, limit) {
    this.result = result;
    this.limit = limit;
    this.write();
  }

  write() {
    const attempts = this.verdict?.attempts ?? [null];
    const blocks = [];
    for (const [n, attempt] of attempts.entries()) {
      if (attempts.length > 1) blocks.push(h("h4", {}, t("challenges.try", { n: n + 1, limit: this.limit })));
      blocks.push(this.attempt(attempt));
    }
    this.list.replaceChildren(...blocks);
    this.words.textContent = this.sentence();
    this.words.classList.toggle("is-passed", Boolean(this.verdict?.passed) && !this.progress);
  }

  /** @param {any} attempt null before anything was judged */
  attempt(attempt) {
    const lines = this.about.targets.map((/** @type {any} */ target, /** @type {number} */ k) => {
      const reached = attempt?.targets[k];
      if (!reached) return h("li", {}, targetText(target));
      const words = `${targetText(target)} · ${reachedText(reached, target)}`;
      return h("li", { class: reached.met ? "is-met" : "is-broken" }, words);
    });
    const reason = attempt?.reason ? h("li", { class: "is-broken" }, localized(attempt.reason)) : null;
    return h("ul", { class: "challenge-list" }, ...lines, reason);
  }

  sentence() {
    if (this.progress?.waiting) return t("challenges.waiting");
    if (this.progress) return t("challenges.judging", this.progress);
    if (this.verdict) return t(this.verdict.passed ? "challenges.passed" : "challenges.failed");
    return this.result ? t("challenges.result") : "";
  }
}
