/** One challenge: what is to be done, which rules the network on the screen keeps, the server's verdict. */
import { h } from "../../core/dom.js";
import { post } from "../../core/requests.js";
import { state } from "../../core/state.js";
import { showTab, tabNames } from "../../core/tabs.js";
import { on } from "../../core/topics.js";
import { localized, t, translate } from "../../core/words.js";
import { load } from "../../experiment/store.js";
import { copyText } from "../copying.js";
import { hrefOf } from "../link.js";
import { Judging } from "./judging.js";
import { linkOfChallenge } from "./links.js";
import { backLink } from "./list_view.js";
import { ruleText } from "./sentences.js";
import { VerdictBox } from "./verdict_box.js";

/** @param {string} words @param {() => void} onclick @param {string} [kind] */
const button = (words, onclick, kind = "small") =>
  h("button", { type: "button", class: kind, "data-t": words, onclick });

/** @param {{rule: string, met: boolean}} rule */
const isAboutOtherData = ({ rule, met }) => rule === "data" && !met;

export class ChallengeView {
  /**
   * @param {any} about
   * @param {string} result somebody's, "" for none
   * @param {import("./list_view.js").Open} open
   */
  constructor(about, result, open) {
    this.about = about;
    this.result = result;
    /** @type {any[]} the networks that were judged */
    this.tries = [];
    /** @type {Judging | null} */
    this.judging = null;
    this.title = h("h2", { tabindex: "-1" });
    this.text = h("p", { class: "lab-notice" });
    this.hint = h("p");
    this.rules = h("ul", { class: "challenge-list" });
    this.fault = h("p", { class: "fault", role: "status", hidden: true });
    this.box = new VerdictBox(about);
    this.sign = h("p", { class: "dim" });
    this.element = h("div", { class: "lab challenges" }, this.head(open), this.text, this.columns());
    on("tab", (name) => name === "labs" && this.look(), this.element);
    this.look();
  }

  /** @param {import("./list_view.js").Open} open */
  head(open) {
    const href = hrefOf(location.href, "challenges", {});
    const back = backLink("challenges.all", href, () => open("challenges"));
    const share = () =>
      copyText(linkOfChallenge(location.href, this.about.id), "challenges.shared", this.title);
    const doors = h("nav", { class: "lab-doors" }, button("challenges.share", share));
    return h("header", { class: "lab-head" }, back, this.title, doors);
  }

  columns() {
    const rules = h("section", { class: "card" }, h("h3", { "data-t": "challenges.rules" }), this.rules);
    this.openButton = button("challenges.open", () => this.openStart());
    this.judgeButton = button("challenges.judge", () => this.onJudge(), "primary small");
    this.againButton = button("challenges.forget", () => this.forget());
    this.copyButton = button("challenges.copy", () => this.copyResult());
    const buttons = [this.openButton, this.judgeButton, this.againButton, this.copyButton];
    const acts = h("div", { class: "lab-after challenge-acts" }, ...buttons);
    const hint = h(
      "details",
      { class: "challenge-hint" },
      h("summary", { "data-t": "challenges.hint" }),
      this.hint,
    );
    hint.hidden = !this.about.hint;
    const judged = h(
      "section",
      { class: "card" },
      h("h3", { "data-t": "challenges.targets" }),
      this.box.element,
    );
    return h("div", {}, this.fault, judged, rules, acts, hint, this.sign);
  }

  /** Everything that has words. */
  relabel() {
    translate(this.element);
    this.title.textContent = localized(this.about.title);
    this.text.textContent = localized(this.about.text);
    this.hint.textContent = localized(this.about.hint);
    this.sign.textContent = t("challenges.fingerprint", { sign: this.about.fingerprint });
    this.openButton.title = t("challenges.open.help");
    this.show();
  }

  /** Which rules the network on the screen keeps. */
  async look() {
    const body = { challenge: this.about.id, experiment: state.experiment };
    const answer = await post("challenge", body).catch((error) => ({ rules: [], error }));
    this.about.rules = answer.rules ?? [];
    this.say(answer.error);
    this.show();
  }

  openStart() {
    load(structuredClone(this.about.start), "edit.load");
    showTab(tabNames[0]);
  }

  onJudge() {
    if (this.result) return this.judge({ result: this.result });
    // Where there is one try, the next one takes its place.
    if (this.about.tries === 1) this.tries = [];
    this.tries.push(structuredClone(state.experiment));
    return this.judge({ experiments: this.tries });
  }

  /** @param {{experiments?: any[], result?: string}} what */
  async judge(what) {
    this.say(null);
    this.judging = new Judging(this.about.id, (progress) => this.box.tell(progress));
    this.show();
    try {
      this.box.put(await this.judging.verdict(what));
    } catch (error) {
      this.tries.pop();
      this.box.tell(null);
      this.say(error);
    }
    this.judging = null;
    this.show();
  }

  forget() {
    this.tries = [];
    this.box.put(null);
    this.show();
  }

  copyResult() {
    const link = linkOfChallenge(location.href, this.about.id, this.box.verdict?.link);
    copyText(link, "challenges.copied", this.title);
  }

  /** @param {any} error */
  say(error) {
    const words = error ? localized(error.text ?? error.message) || error.message : "";
    const where = error?.place ? `${error.place}: ` : "";
    this.fault.hidden = !words;
    this.fault.textContent = words ? where + words : "";
  }

  /** Everything that follows what was judged. */
  show() {
    const { tries: limit, rules = [] } = this.about;
    const isBusy = this.judging !== null;
    const isFull = !this.result && limit > 1 && this.tries.length >= limit;
    this.judgeButton.disabled = isBusy || isFull;
    this.judgeButton.textContent = t(this.judgeWords());
    // With other data nothing can be judged: what is to be pressed first is the way to the right ones.
    const isElsewhere = !this.result && rules.some(isAboutOtherData);
    this.openButton.classList.toggle("primary", isElsewhere);
    this.judgeButton.classList.toggle("primary", !isElsewhere);
    this.againButton.hidden = isBusy || limit === 1 || this.tries.length === 0;
    this.copyButton.hidden = isBusy || !this.box.verdict;
    const line = (/** @type {any} */ rule) =>
      h("li", { class: rule.met ? "is-met" : "is-broken" }, ruleText(rule));
    this.rules.replaceChildren(...rules.map(line));
    this.box.show(this.result, limit);
  }

  judgeWords() {
    if (this.result) return "challenges.compute";
    return this.tries.length && this.about.tries > 1 ? "challenges.judge.next" : "challenges.judge";
  }
}
