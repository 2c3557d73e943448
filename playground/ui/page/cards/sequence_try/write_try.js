/**
 * Texts that the network makes up: written again every few moments while it trains, always by the same
 * seed.
 */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { on, onAny } from "../../core/topics.js";
import { t } from "../../core/words.js";
import { ask } from "../../run/ask.js";
import { live } from "../../run/live.js";
import { shownKind } from "../../run/shown.js";
import { sequenceFacts, smallButton, soon } from "./facts.js";
import { cutWords, textInput } from "./text_try.js";

const HZ = 2;
const MOST_LETTERS = 40;
const TEXTS = 8;
const LONG_TEXTS = 3; // where a text goes on until it is long enough

function writeParts() {
  return {
    prompt: textInput("texts.begin", MOST_LETTERS),
    heat: h("input", {
      type: "range",
      min: 0,
      max: 2,
      step: 0.05,
      value: 0.7,
      "data-t-label": "texts.temperature",
    }),
    value: h("span", { class: "num r" }),
    list: h("ol", { class: "made" }),
    line: h("p", { class: "answer-line" }),
    cut: h("p", { class: "cut", role: "status", hidden: true }),
  };
}

class Writer {
  constructor() {
    this.parts = writeParts();
    this.seed = 1;
    this.isTouched = false; // who only looks starts no run
    this.wish = live(this.parts.list, () => this.refresh(), HZ);
  }

  async refresh() {
    const { prompt, heat, list, line } = this.parts;
    const preview = sequenceFacts();
    if (!preview?.generates || shownKind() !== "text") return false;
    if (!state.run && !this.isTouched) {
      list.replaceChildren();
      line.textContent = t(preview.own ? "texts.press.own" : "texts.press");
      return true;
    }
    const wish = { prompt: prompt.value, temperature: Number(heat.value), seed: this.seed };
    const size = preview.writes
      ? { count: LONG_TEXTS, length: preview.writes }
      : { count: TEXTS, length: preview.length };
    list.classList.toggle("long", Boolean(preview.writes));
    const answer = await ask("generate", { ...wish, ...size });
    showTexts(this.parts, answer);
    return true;
  }

  showHeat() {
    const { value, heat } = this.parts;
    value.textContent = Number(heat.value).toFixed(2);
  }

  showCut() {
    const { cut, prompt } = this.parts;
    const preview = sequenceFacts();
    // the sign for the beginning of a text takes one place; of a text that goes on the end counts
    const isCut = preview?.generates && !preview.writes;
    cut.textContent = isCut ? cutWords(prompt.value, preview, preview.length - 1) : "";
    cut.hidden = !cut.textContent;
  }

  touch() {
    this.isTouched = true;
    this.showHeat();
    this.showCut();
    this.wish();
  }

  more() {
    this.seed += 1;
    this.touch();
  }

  forgetTouch() {
    this.isTouched = false;
  }
}

export function writeTry() {
  const writer = new Writer();
  const { prompt, heat, value, list, line, cut } = writer.parts;
  heat.addEventListener("input", () => writer.touch());
  prompt.addEventListener("input", () => writer.touch());
  onAny(["preview", "lang"], () => soon(writer.wish), list);
  onAny(["preview", "lang"], () => writer.showCut(), list);
  on("run", () => list.children.length || soon(writer.wish), list);
  on("reset", () => writer.forgetTouch(), list);
  writer.showHeat();
  const more = smallButton("texts.more", () => writer.more());
  const row = h("div", { class: "row" }, prompt, more);
  const temperature = h(
    "label",
    { class: "heat" },
    h("span", { "data-t": "texts.temperature" }),
    heat,
    value,
  );
  return h("div", { class: "write-try" }, row, cut, temperature, list, line);
}

/**
 * @param {any} parts
 * @param {{prompt: string, texts: string[], step: number, finite: boolean}} answer
 */
function showTexts({ list, line }, { prompt, texts, step, finite }) {
  list.replaceChildren(...texts.map((text) => h("li", {}, h("b", {}, prompt), text)));
  line.textContent = finite ? wordsOfStep(step) : t("answer.not_finite");
  line.classList.toggle("untrained", !step);
}

/** @param {number} step */
export const wordsOfStep = (step) =>
  step ? t("answer.step", { step: format.count(step) }) : t("answer.untrained");
