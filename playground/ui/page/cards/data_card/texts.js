/** Some texts of each class, as the network reads them. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { localized, t } from "../../core/words.js";
import { tokenRow } from "../../kit/tokens.js";
import { previews } from "./previews.js";

const UNKNOWN = 1; // the number of every token that the vocabulary lacks; 0 fills up

/** @typedef {{tokens: string[], numbers: number[], labels: number[] | null, label: number}} TextSample */

/**
 * @typedef {object} TextPreview
 * @property {TextSample[]} samples
 * @property {string[]} classes
 * @property {"word" | "character"} unit
 * @property {string} task
 * @property {boolean} generates whether the label of a token is only the token after it
 * @property {number} vocabulary how many tokens it has
 * @property {number} longest
 * @property {number} mean
 * @property {number} length that every text is filled up to
 * @property {number[]} [sizes] texts of each class
 * @property {boolean} [example] whether the texts are ours until a person chooses a file
 */

previews.text = (view, /** @type {TextPreview} */ told) => {
  const preview = { ...told, classes: told.classes.map(localized) };
  const groups = preview.task === "classification" ? groupsByClass(preview) : [groupOfAll(preview)];
  const facts = h("p", { class: "dim" }, factWords(preview));
  const texts = h("div", { class: `text-groups ${preview.unit}` }, groups);
  const example = preview.example ? [h("p", { class: "dim", "data-t": "texts.example" })] : [];
  view.replaceChildren(...example, texts, facts);
};

/**
 * Of very many classes only some are shown.
 * @param {TextPreview} preview
 */
function groupsByClass(preview) {
  const groups = [];
  for (const [label, name] of preview.classes.entries()) {
    const samples = preview.samples.filter((sample) => sample.label === label);
    if (!samples.length) continue;
    const rows = samples.map((sample) => textRow(sample, preview));
    const size = preview.sizes?.[label];
    const caption = size ? `${name} · ${format.count(size)}` : name;
    groups.push(h("figure", { class: "texts" }, h("figcaption", {}, caption), rows));
  }
  return groups;
}

/** @param {TextPreview} preview */
function groupOfAll(preview) {
  const rows = preview.samples.map((sample) => textRow(sample, preview));
  return h("figure", { class: "texts" }, rows);
}

/**
 * A text; pointing at it shows the numbers that the network gets.
 * @param {TextSample} sample
 * @param {TextPreview} preview
 */
function textRow({ tokens, numbers, labels }, { generates, unit, classes, length }) {
  const known = numbers.map((number) => number > UNKNOWN);
  const row = tokenRow({ tokens, known, labels: generates ? null : labels, unit, classes });
  // of a very long text only the beginning is shown
  const filled = [...numbers, ...Array(Math.max(0, length - numbers.length)).fill(0)];
  row.title = filled.join(" ");
  return row;
}

/** @param {TextPreview} preview */
function factWords({ unit, vocabulary, longest, mean, length }) {
  const key = unit === "word" ? "texts.facts.word" : "texts.facts.character";
  return t(key, { vocabulary, longest, mean, length });
}
