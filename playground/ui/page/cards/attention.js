/**
 * Where the attention lies for the sample: the steps in boxes as dark as they count, or for an encoder a
 * square a head, in which a row looks at its columns. The card hides where no layer attends.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";
import { asking } from "../kit/asking.js";
import { card, head } from "../kit/card.js";
import { tokenSign } from "../kit/tokens.js";
import { layerLabel } from "../run/layers.js";
import { wire } from "../run/samples.js";
import { hasLayer } from "../run/subject.js";
import { drawHead } from "./attention/head.js";

const HZ = 4;
const STRONG = 0.55; // of the largest weight: there white letters are legible

/**
 * The steps of a pool, as dark as they count.
 * @param {number[]} weights
 * @param {string[]} steps
 */
function pooledRow(weights, steps) {
  const most = Math.max(...weights, 1e-6);
  const row = h("div", { class: "attention-row" });
  weights.forEach((weight, i) => {
    const sign = tokenSign(steps[i]);
    const shade = Math.round((100 * weight) / most);
    const box = h("span", { class: "attention-step" }, sign);
    box.append(h("small", { class: "num" }, `${Math.round(100 * weight)} %`));
    box.title = `${sign}: ${format.percent(weight)}`;
    box.style.background = `color-mix(in srgb, var(--train) ${shade}%, transparent)`;
    box.classList.toggle("strong", weight / most > STRONG);
    row.append(box);
  });
  return row;
}

/** @typedef {{path: string, head: number, row: number, column: number}} Place a weight of a head */

/** @param {HTMLElement} root */
function setup(root) {
  const board = h("div", { class: "attention" });
  const line = h("p", { class: "maps-line num dim" });
  root.append(h("section", { class: "card" }, head("attention.title", "attention.help"), board, line));
  /** @type {any} */
  let shown = null;
  /** @type {Place | null} under the pointer: its words stay true while the network learns */
  let pointed = null;

  function tell() {
    const { steps, layers } = shown;
    const layer = layers.find((/** @type {any} */ { path }) => path === pointed?.path);
    const { row = 0, column = 0 } = pointed ?? {};
    const value = layer?.weights[pointed?.head ?? 0]?.[row]?.[column];
    line.textContent = value === undefined ? "" : weightWords(steps, row, column, value);
  }
  function heads(/** @type {string} */ path, /** @type {number[][][]} */ weights) {
    const figures = weights.map((matrix, k) => {
      const words = t("attention.head", { head: k + 1 });
      const canvas = h("canvas", { role: "img", "aria-label": words });
      const placeAt = drawHead(canvas, matrix, shown.steps);
      canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
        pointed = { path, head: k, ...placeAt(event.offsetX, event.offsetY) };
        tell();
      });
      return h("figure", {}, canvas, h("figcaption", {}, words));
    });
    return h("div", { class: "attention-heads" }, figures);
  }
  function draw(/** @type {any} */ answer) {
    shown = answer;
    board.replaceChildren();
    for (const { path, weights } of answer.layers) {
      const isOfHeads = Array.isArray(weights[0]);
      board.append(h("p", { class: "attention-layer" }, layerLabel(path)));
      board.append(isOfHeads ? heads(path, weights) : pooledRow(weights, answer.steps));
    }
    if (answer.finite === false) board.append(h("p", { class: "fault" }, t("answer.not_finite")));
    tell();
  }
  asking(root, {
    board,
    hz: HZ,
    applies: () => hasLayer("attends"),
    question: () => (state.sample ? { name: "attention", body: { sample: wire(state.sample) } } : null),
    draw,
  });
}

/**
 * @param {string[]} steps
 * @param {number} row
 * @param {number} column
 * @param {number} weight
 */
function weightWords(steps, row, column, weight) {
  return t("attention.value", {
    from: tokenSign(steps[row]),
    to: tokenSign(steps[column]),
    value: format.percent(weight),
    i: row + 1,
    j: column + 1,
  });
}

export default card("attention", setup);
