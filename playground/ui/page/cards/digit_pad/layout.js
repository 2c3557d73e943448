/** The elements of the pad, and how the small and the large card arrange them. */
import { h } from "../../core/dom.js";
import { emit } from "../../core/topics.js";
import { head } from "../../kit/card.js";
import { icon } from "../../kit/icons.js";
import { toolbar } from "../../kit/toolbar.js";
import { drawing } from "../../run/drawing.js";

/**
 * @param {string} drawnAs the icon
 * @param {string} words a key
 * @param {() => void} fn
 */
const tool = (drawnAs, words, fn) =>
  h("button", { type: "button", class: "icon", "data-t-title": words, onclick: fn }, icon(drawnAs));

/** @param {{undo: () => void, clear: () => void, pick: () => void}} actions */
export function padParts(actions) {
  const pixels = { class: "pad-sees", width: 28, height: 28 };
  const brush = h("input", {
    type: "range",
    min: 0.03,
    max: 0.16,
    step: 0.01,
    value: drawing.brush,
    "data-t-label": "pad.brush",
  });
  brush.addEventListener("input", () => {
    drawing.brush = Number(brush.value);
    emit("brush");
  });
  const back = h("canvas", { ...pixels, role: "img", "data-t-label": "pad.back" });
  const backTitle = h("h3", { "data-t": "pad.back" });
  const backHelp = h("p", { class: "dim", "data-t": "pad.back.explain" });
  return {
    canvas: h("canvas", { class: "pad", role: "img", "data-t-label": "pad.label.any" }),
    hint: h("span", { class: "pad-hint" }),
    sees: h("canvas", pixels),
    caption: h("span", { class: "pad-caption dim" }),
    explained: h("p", { class: "dim", "data-t": "pad.explain" }),
    back,
    given: h("div", { class: "given", hidden: true }, backTitle, back, backHelp),
    undo: tool("undo", "pad.undo", actions.undo),
    clear: tool("close", "pad.clear", actions.clear),
    pick: tool("repeat", "pad.pick", actions.pick),
    brush,
  };
}

/**
 * @param {ReturnType<typeof padParts>} parts
 * @param {HTMLElement} bars the answer
 */
export function smallCard({ canvas, hint, undo, clear, pick, sees, caption, given }, bars) {
  const board = h("div", { class: "pad-board" }, canvas, hint);
  const tools = toolbar(h("div", { class: "pad-tools" }, undo, clear, pick), "pad.tools");
  const seen = h("div", { class: "sees" }, sees, h("span", { "data-t": "pad.sees" }));
  const left = h("div", { class: "try-left" }, board, tools, seen);
  const content = h("div", { class: "try" }, left, h("div", {}, given, bars), caption);
  return h("section", { class: "card" }, head("try.title", "try.help"), content);
}

/**
 * @param {ReturnType<typeof padParts>} parts
 * @param {HTMLElement} bars the answer
 */
export function largeCard(parts, bars) {
  const { canvas, hint, undo, clear, pick, brush, sees, caption, explained, given } = parts;
  const board = h("div", { class: "pad-board" }, canvas, hint);
  const width = h("label", { class: "pad-brush" }, h("span", { "data-t": "pad.brush" }), brush);
  const tools = toolbar(h("div", { class: "pad-tools" }, undo, clear, pick, width), "pad.tools");
  const seesTitle = h("h3", { "data-t": "pad.sees.long" });
  const content = h(
    "div",
    { class: "try" },
    h("div", { class: "try-left" }, board, tools),
    h("div", { class: "try-sees" }, seesTitle, sees, caption, explained),
    h("div", { class: "try-answer" }, h("h3", { "data-t": "answer.title" }), given, bars),
  );
  return h("section", { class: "card" }, head("pad.title", "pad.title.help"), content);
}
