/**
 * The network's answer about the sample: a bar a class, the top one marked, and what to know about it in
 * words.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { onAny } from "../core/topics.js";
import { hasWords, t } from "../core/words.js";
import { labelOf } from "../run/samples.js";
import { shownClasses, shownKind } from "../run/shown.js";
import { answerKind } from "../run/subject.js";

const LEAST_BAR = 0.006; // a share of nothing is still seen as an answer

/** @typedef {{name: string, bar: HTMLElement, share: HTMLElement, row: HTMLElement}} Bar */

/**
 * @param {HTMLElement} root the card
 * @returns {any} the element with the bars
 */
export function answerBars(root) {
  const list = h("div", { class: "probs", role: "list", "data-t-label": "answer.list" });
  const line = h("p", { class: "answer-line" });
  /** @type {Bar[]} */
  let bars = [];

  function rebuild(/** @type {string[]} */ names) {
    bars = names.map(newBar);
    list.replaceChildren(...bars.map(({ row }) => row));
    list.classList.toggle(
      "words",
      names.some((name) => name.length > 1),
    );
  }
  function update() {
    // a picture that comes back stands beside, so there are no bars
    const isPicture = answerKind() === "image";
    const names = isPicture ? [] : shownClasses();
    const isSame = names.length === bars.length && names.every((name, k) => name === bars[k].name);
    if (!isSame) rebuild(names);
    list.hidden = names.length === 0;
    line.hidden = list.hidden && !isPicture;
    const answer = fittingAnswer(names.length);
    const shares = sharesOf(answer);
    const top = shares ? shares.indexOf(Math.max(...shares)) : -1;
    bars.forEach((bar, k) => showShare(bar, shares ? shares[k] : null, k === top));
    line.textContent = answerWords(answer, top);
    line.classList.toggle("untrained", answer !== null && !answer.step && !state.run?.loaded);
  }
  onAny(["answer", "lang", "check", "sample"], update, root);
  update();
  return h("div", { class: "answer" }, list, line);
}

/**
 * @param {string} name of the class
 * @returns {Bar}
 */
function newBar(name) {
  const bar = h("i");
  const share = h("span", { class: "num r" });
  const label = h("span", { class: "answer-class", title: name.length > 1 ? name : null }, name);
  const row = h("div", { class: "prob", role: "listitem" }, label, h("span", { class: "b" }, bar), share);
  return { name, bar, share, row };
}

/**
 * @param {Bar} bar
 * @param {number | null} value null where there is no answer
 * @param {boolean} isTop
 */
function showShare({ bar, share, row }, value, isTop) {
  bar.style.transform = `scaleX(${value === null ? 0 : Math.max(LEAST_BAR, value)})`;
  share.textContent = format.percent(value);
  row.classList.toggle("top", isTop);
}

/**
 * The answer, if it is one of the network that is shown: an older one may be of other classes.
 * @param {number} nClasses
 * @returns {import("../types.js").Answer | null}
 */
function fittingAnswer(nClasses) {
  const { answer } = state;
  if (answerKind() === "image") return answer?.image ? answer : null;
  return answer?.probabilities?.length === nClasses ? answer : null;
}

/**
 * @param {import("../types.js").Answer | null} answer
 * @returns {number[] | null} null where the outputs are no finite numbers
 */
function sharesOf(answer) {
  if (!answer?.probabilities || answer.finite === false) return null;
  return answer.probabilities;
}

/** What to do where nothing is asked yet: words for the kind of data. */
function emptyWords() {
  const key = `answer.empty.${shownKind()}`;
  return t(hasWords(key) ? key : "answer.empty.any");
}

/**
 * @param {import("../types.js").Answer | null} answer
 * @param {number} top the class with the largest share, -1 where there is none
 */
function answerWords(answer, top) {
  if (!state.sample || !answer) return emptyWords();
  // the truth of the sample before is none of the one that is shown now
  if (answer.label !== null && answer.sample !== state.sample) return t("inside.coming");
  if (answer.finite === false) return t("answer.not_finite");
  if (!answer.step) return t(state.run?.loaded ? "answer.loaded" : "answer.untrained");
  const after = t("answer.step", { step: format.count(answer.step) });
  if (top < 0) return after;
  return `${judgement(answer, top)} · ${after}`;
}

/**
 * @param {import("../types.js").Answer} answer
 * @param {number} top
 */
function judgement({ label: truth, probabilities }, top) {
  const label = shownClasses()[top];
  if (truth === null) return t("answer.top", { label, percent: format.percent(probabilities?.[top]) });
  const right = labelOf(truth);
  return t(right === label ? "answer.right" : "answer.wrong", { label: right });
}
