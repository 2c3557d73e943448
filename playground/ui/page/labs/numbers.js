/** The numbers that matter, large beside the picture. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";

const DIGITS = { maximumFractionDigits: 8 };

/**
 * A value as it is shown: a number short, a list within brackets, what is not finite by its sign.
 * @param {any} value
 * @returns {string}
 */
export function shown(value) {
  if (value === null || value === undefined) return "–";
  if (value === "Infinity") return "∞";
  if (value === "-Infinity") return "−∞";
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "✓" : "✗";
  if (Array.isArray(value)) return `(${value.map(shown).join(", ")})`;
  return String(value);
}

/** Five digits, with a power of ten where it is far from one. @param {number} value */
function numberText(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(2).replace("e+", "e");
  return Number(value.toPrecision(Number.isInteger(value) ? 8 : 5)).toLocaleString("en-US", DIGITS);
}

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
