/** A text as the network reads it: its tokens in boxes. */
import { h } from "../core/dom.js";
import { t } from "../core/words.js";
import { classColor } from "./colors.js";

const VISIBLE = new Map([
  ["\n", "⏎"],
  [" ", "\u00a0"],
  ["", "□"],
]);

/**
 * How a token looks on the screen: white space and nothing get a sign.
 * @param {string} token
 */
export const tokenSign = (token) => VISIBLE.get(token) ?? token;

/**
 * @typedef {object} TokenRow
 * @property {string[]} tokens
 * @property {boolean[]} [known] whether the vocabulary has each
 * @property {(number | null)[] | null} [labels] the class number of each, where steps are labelled
 * @property {any} [truth] the true class numbers, where they are known
 * @property {string} unit "word" or "character"
 * @property {string[]} classes
 */

/**
 * The tokens in boxes, coloured by label where each has one; unknown ones are dashed, wrong labels
 * underlined.
 * @param {TokenRow} row
 */
export function tokenRow({ tokens, known, labels, truth, unit, classes }) {
  const truths = Array.isArray(truth) ? truth : [];
  const row = h("div", { class: `tokens ${unit}` });
  tokens.forEach((token, i) => {
    const box = h("span", { class: "token" }, tokenSign(token));
    if (known && !known[i]) {
      box.classList.add("unknown");
      box.title = t("texts.unknown");
    }
    const label = labels?.[i] ?? null;
    if (label !== null) showLabel(box, label, truths[i] ?? -1, classes);
    row.append(box);
  });
  return row;
}

/**
 * @param {HTMLElement} box
 * @param {number} label
 * @param {number} truth below 0 where nothing is expected at this step
 * @param {string[]} classes
 */
function showLabel(box, label, truth, classes) {
  const isWrong = truth >= 0 && truth !== label;
  box.style.setProperty("--class", classColor(label));
  box.classList.toggle("labelled", label > 0);
  box.classList.toggle("wrong", isWrong);
  box.title = isWrong ? t("texts.wrong", { label: classes[label], truth: classes[truth] }) : classes[label];
}
