/**
 * Try it for tables: a row of the validation part as a form; change a value, and the network answers at
 * once.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { answerBars } from "../kit/answer_bars.js";
import { card, head } from "../kit/card.js";
import { knownSample, setSample } from "../run/samples.js";
import { currentSituation, shownData, shownKind, shownTargets } from "../run/shown.js";
import { isSameSamples } from "../run/situation.js";
import { answerKind } from "../run/subject.js";
import { RowForm } from "./try_row/form.js";

/**
 * The number of the row that is shown, or that was changed; null where there is none. @returns {number |
 * null}
 */
const rowNumber = () => state.sample?.index ?? state.sample?.of ?? null;

function showNextRow() {
  const n = shownData()?.n_validation ?? 1;
  setSample({ kind: "validation", index: ((rowNumber() ?? -1) + 1) % n });
}

function restoreRow() {
  setSample({ kind: "validation", index: state.sample?.of });
}

/** Which row stands in the form. */
function rowWords() {
  const { sample } = state;
  const n = rowNumber();
  if (!sample) return "";
  if (sample.kind === "validation") return t("row.sample", { n });
  return n === null ? t("row.own") : t("row.edited", { n });
}

/** What to know about the predicted value: the true one, and how long the network has learned. */
function valueWords() {
  const { sample, answer } = state;
  const answerOfSample = answer?.sample === sample ? answer : null;
  if (!sample || !answer) return t("answer.empty.table");
  if (answerOfSample?.finite === false) return t("answer.not_finite");
  const words = [];
  const truth = sample.kind === "validation" ? knownSample(sample)?.values : null;
  if (truth) words.push(t("row.true", { value: format.value(truth[0]) }));
  const { step } = answerOfSample ?? {};
  if (step) words.push(t("answer.step", { step: format.count(step) }));
  else if (answerOfSample) words.push(t("answer.untrained"));
  return words.join(" · ");
}

/** A predicted value, large, with what is known about it. */
function newValue() {
  const what = h("span", { class: "dim" });
  const number = h("b", { class: "row-value num" });
  const about = h("p", { class: "dim num" });
  const element = h("div", { class: "row-answer" }, what, number, about);
  function show() {
    what.textContent = t("row.predicted", { target: shownTargets()[0] ?? "" });
    number.textContent = format.value(state.answer?.values?.[0]);
    about.textContent = valueWords();
  }
  return { element, show };
}

/** A row of another table goes away. */
function isOfAnotherTable() {
  const ran = state.run?.experiment;
  return (
    state.sample && ran && !currentSituation().holdsScreen && !isSameSamples(ran.data, state.experiment.data)
  );
}

/**
 * @param {HTMLElement} root
 * @param {{place: "rail" | "draw"}} props
 */
function setup(root, props) {
  const value = newValue();
  const bars = answerBars(root);
  const trouble = h("p", { class: "fault", role: "alert", hidden: true });
  const form = new RowForm((row) => {
    trouble.hidden = true;
    setSample({ kind: "raw", value: row, of: rowNumber() });
  });
  const next = h("button", { type: "button", class: "small", "data-t": "row.next", onclick: showNextRow });
  const back = h("button", { type: "button", class: "small", "data-t": "row.back", onclick: restoreRow });
  const line = h("span", { class: "dim num" });
  const tools = h("div", { class: "row-tools" }, next, back, line);
  const content = [head("row.title", "row.help"), value.element, bars, trouble, tools, form.element];
  root.classList.add(props.place);
  root.append(h("section", { class: "card" }, ...content));

  function show() {
    root.hidden = shownKind() !== "table";
    if (root.hidden) return;
    form.show();
    const isValue = answerKind() === "value";
    value.element.hidden = !isValue;
    bars.hidden = isValue;
    if (isValue) value.show();
    line.textContent = rowWords();
    back.hidden = state.sample?.kind !== "raw" || rowNumber() === null;
  }
  function showTrouble(/** @type {any} */ { code, message }) {
    if (root.hidden || state.sample?.kind !== "raw" || code !== "bad_question") return;
    trouble.textContent = message;
    trouble.hidden = false;
  }
  function hideTrouble() {
    trouble.hidden = true;
  }
  function leaveOtherTables() {
    if (root.hidden || !isOfAnotherTable()) return;
    form.forget();
    setSample(null);
  }
  on("unanswered", showTrouble, root);
  on("answer", hideTrouble, root);
  on("check", leaveOtherTables, root);
  onAny(["answer", "check", "preview", "sample", "lang", "run", "tab"], show, root);
  show();
}

export default card("try_row", setup);
