/** A text that somebody types or that chance picks: how the network reads it, and what it answers. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { on } from "../../core/topics.js";
import { localized, t } from "../../core/words.js";
import { answerBars } from "../../kit/answer_bars.js";
import { tokenRow } from "../../kit/tokens.js";
import { ask } from "../../run/ask.js";
import { live } from "../../run/live.js";
import { setSample, wire } from "../../run/samples.js";
import { shownKind } from "../../run/shown.js";
import { sequenceFacts, showAnother, smallButton, soon } from "./facts.js";
import { countWritten, hyphenated } from "./written.js";

const HZ = 5;
const MOST_LETTERS = 2000;

/**
 * The line that says how much of a text is read, where that is not all.
 * @param {string} text
 * @param {any} preview
 * @param {number} length how many tokens the network takes
 */
export function cutWords(text, preview, length = preview.length) {
  const isCut = countWritten(text, preview.unit) > length;
  return isCut ? t(`texts.only.${preview.unit}`, { n: length }) : "";
}

/**
 * @param {string} words a key: what is to be typed
 * @param {number} most
 */
export const textInput = (words, most) =>
  h("input", {
    type: "text",
    maxlength: most,
    "data-t-placeholder": words,
    "data-t-label": words,
    spellcheck: "false",
    autocomplete: "off",
  });

/** @param {HTMLElement} root the card */
const textParts = (root) => ({
  input: textInput("texts.type", MOST_LETTERS),
  reads: h("div", { class: "reads" }),
  line: h("p", { class: "dim" }),
  truth: h("p", { class: "dim truth" }),
  cut: h("p", { class: "cut", role: "status", hidden: true }),
  bars: answerBars(root),
});

/** @param {HTMLElement} root the card */
export function textTry(root) {
  const parts = textParts(root);
  const { input, cut, reads, line, truth, bars } = parts;
  /** @type {any} what the server says of the text; null while there is none */
  let reading = null;
  /** @type {any} the sample that was read */
  let readSample = null;
  const show = () => showReading(parts, reading);

  function forget() {
    reading = null;
    show();
  }
  async function refresh() {
    const { sample } = state;
    const preview = sequenceFacts();
    if (!sample || !preview || preview.generates || shownKind() !== "text") {
      forget();
      return;
    }
    // its tokens stay as they are while the network learns; labels of its steps are the network's
    if (reading && !reading.labels && readSample === sample) return;
    reading = await ask("read", { sample: wire(sample) });
    readSample = sample;
    if (state.sample === sample) show();
  }

  const wish = live(reads, refresh, HZ);
  input.addEventListener("input", () => setSample(sampleOf(input.value)));
  on("sample", () => state.sample || forget(), root);
  on("preview", forget, root);
  on("preview", () => soon(wish), root);
  on("lang", show, root);
  const another = smallButton("texts.other", () => {
    input.value = "";
    showAnother();
  });
  const row = h("div", { class: "row" }, input, another);
  return h("div", { class: "text-try" }, row, cut, reads, line, truth, bars);
}

/**
 * Of blanks alone, or of words without a letter, nothing is judged.
 * @param {string} text
 */
function sampleOf(text) {
  const isEmpty = countWritten(text, sequenceFacts()?.unit) === 0;
  return isEmpty ? null : /** @type {const} */ ({ kind: "raw", value: text });
}

/**
 * @param {any} parts
 * @param {any} reading
 */
function showReading(parts, reading) {
  const { input, reads, line, truth, cut, bars } = parts;
  const preview = sequenceFacts();
  const typed = typeof state.sample?.value === "string" ? state.sample.value : "";
  bars.hidden = Boolean(reading?.labels) || preview?.task !== "classification";
  cut.textContent = preview && typed ? cutWords(typed, preview) : "";
  cut.hidden = !cut.textContent;
  if (document.activeElement !== input) input.value = typed;
  if (reading && preview) {
    const { unit } = preview;
    const classes = preview.classes.map(localized);
    reads.replaceChildren(tokenRow({ ...reading, unit, classes }));
    const words = reading.labels ? wordsOfSteps(reading, classes) : wordsOfText(reading, classes);
    line.textContent = words.answer;
    truth.textContent = words.truth;
  } else {
    reads.replaceChildren();
    line.textContent = "";
    truth.textContent = "";
  }
  line.hidden = !line.textContent;
  truth.hidden = !truth.textContent;
}

/**
 * @param {any} reading
 * @param {string[]} classes
 */
function wordsOfText({ truth }, classes) {
  const isKnown = Number.isInteger(truth);
  return { answer: "", truth: isKnown ? t("texts.is", { label: classes[truth] }) : "" };
}

/**
 * Two labels say where a word may be divided, so the word is written so; more are only seen in colours.
 * @param {any} reading
 * @param {string[]} classes
 */
function wordsOfSteps({ tokens, labels, truth, finite }, classes) {
  if (finite === false) return { answer: t("answer.not_finite"), truth: "" };
  if (classes.length !== 2) return { answer: "", truth: "" };
  const isKnown = Array.isArray(truth);
  const told = isKnown ? t("texts.should", { text: hyphenated(tokens, truth) }) : "";
  return { answer: hyphenated(tokens, labels), truth: told };
}
