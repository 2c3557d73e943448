/** The numbers that matter, large beside the picture. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";

/**
 * A value as it is shown: a number short, a list within brackets, what is not finite by its sign.
 * @param {any} value
 * @returns {string}
 */
export function shown(value) {
  if (value === null || value === undefined) return "–";
  if (value === "Infinity") return "∞";
  if (value === "-Infinity") return "−∞";
  if (typeof value === "number") return Number.isInteger(value) ? wholeNumber(value) : format.value(value);
  if (typeof value === "boolean") return value ? "✓" : "✗";
  if (Array.isArray(value)) return `(${value.map(shown).join(", ")})`;
  return String(value);
}

/** @param {number} value */
const wholeNumber = (value) => (Math.abs(value) < 1e7 ? value.toLocaleString("en-US") : format.count(value));

/**
 * @param {import("./types.js").Answer} answer
 * @param {(key: string) => string} words
 */
export function numberBoxes(answer, words) {
  const boxes = [];
  for (const name of answer.numbers) {
    const number = h("b", { class: "num", lang: state.lang }, shown(answer.values[name]));
    boxes.push(
      h("div", { class: "lab-number", "data-number": name }, number, h("span", {}, words(`number.${name}`))),
    );
  }
  return boxes;
}
