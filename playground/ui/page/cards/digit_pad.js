// @ts-nocheck
/** The pad: a canvas to draw on with mouse, pen or finger, beside the answer. All pads show the one shared drawing. */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { announce } from "../core/notices.js";
import { state } from "../core/state.js";
import { emit, on } from "../core/topics.js";
import { t } from "../core/words.js";
import { answerBars } from "../kit/answer_bars.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { drawPicture, drawSample, interleaved } from "../kit/pixels.js";
import {
  beginStroke,
  clearDrawing,
  drawing,
  extendStroke,
  isDrawn,
  paint,
  undoStroke,
} from "../run/drawing.js";
import { nameOf, pictureOf, setSample } from "../run/samples.js";
import { shownClasses, shownData, shownKind } from "../run/shown.js";

function setup(root, props) {
  const large = props.place === "draw";
  const canvas = h("canvas", { class: "pad", role: "img", "data-t-label": "pad.label.any" });
  const hint = h("span", { class: "pad-hint" });
  const sees = h("canvas", { class: "pad-sees", width: 28, height: 28 });
  const caption = h("span", { class: "pad-caption dim" });
  const back = h("canvas", {
    class: "pad-sees",
    width: 28,
    height: 28,
    role: "img",
    "data-t-label": "pad.back",
  });
  const given = h(
    "div",
    { class: "given", hidden: true },
    h("h3", { "data-t": "pad.back" }),
    back,
    h("p", { class: "dim", "data-t": "pad.back.explain" }),
  );
  const tool = (name, key, fn) =>
    h("button", { type: "button", class: "icon", "data-t-title": key, onclick: fn }, icon(name));
  const undo = tool("undo", "pad.undo", undoStroke),
    clear = tool("close", "pad.clear", () => {
      clearDrawing();
      if (state.sample) setSample(null);
    });
  const pick = tool("repeat", "pad.pick", pickValidation);
  const brush = h("input", {
    type: "range",
    min: 0.03,
    max: 0.16,
    step: 0.01,
    value: drawing.brush,
    "data-t-label": "pad.brush",
    oninput: () => {
      drawing.brush = Number(brush.value);
      emit("brush");
    },
  });
  const tools = h(
    "div",
    { class: "pad-tools" },
    undo,
    clear,
    pick,
    large ? h("label", { class: "pad-brush" }, h("span", { "data-t": "pad.brush" }), brush) : null,
  );
  const board = h("div", { class: "pad-board" }, canvas, hint);
  root.classList.add(large ? "large" : "small");
  root.append(large ? largeCard() : smallCard());

  function smallCard() {
    return h(
      "section",
      { class: "card" },
      head("try.title", "try.help"),
      h(
        "div",
        { class: "try" },
        h(
          "div",
          { class: "try-left" },
          board,
          tools,
          h("div", { class: "sees" }, sees, h("span", {}, h("span", { "data-t": "pad.sees" }), caption)),
        ),
        h("div", {}, given, answerBars(root)),
      ),
    );
  }
  function largeCard() {
    return h(
      "section",
      { class: "card" },
      head("pad.title", "pad.title.help"),
      h(
        "div",
        { class: "try" },
        h("div", { class: "try-left" }, board, tools),
        h(
          "div",
          { class: "try-sees" },
          h("h3", { "data-t": "pad.sees.long" }),
          sees,
          caption,
          h("p", { class: "dim", "data-t": "pad.explain" }),
        ),
        h("div", { class: "try-answer" }, h("h3", { "data-t": "answer.title" }), given, answerBars(root)),
      ),
    );
  }

  /* ---- the pen ---- */
  let pen = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (pen !== null || event.button > 0 || !drawable()) return;
    event.preventDefault();
    pen = event.pointerId;
    canvas.setPointerCapture(pen);
    beginStroke(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pen) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const each of between.length ? between : [event]) extendStroke(...at(each));
  });
  const lift = (event) => {
    if (event.pointerId !== pen) return;
    pen = null;
    const off = on("answer", (answer) => {
      off();
      if (answer) announce(topWords(answer));
    });
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  const drawable = () => shownData()?.pad !== false;
  const topWords = ({ probabilities }) => {
    if (!probabilities) return t("pad.back");
    const top = probabilities.indexOf(Math.max(...probabilities));
    return t("answer.top", {
      label: shownClasses()[top] ?? top,
      percent: format.percent(probabilities[top]),
    });
  };
  function pickValidation() {
    const n = shownData()?.n_validation ?? 1;
    setSample({ kind: "validation", index: Math.floor(Math.random() * n) });
  }

  /* What to draw: a digit where the classes are digits. Where nothing can be drawn: the very buttons that help. */
  function showHint() {
    const { photo, classes } = shownData() ?? {},
      ofDigits = photo === "digit" && classes?.[0] === "0";
    canvas.dataset.tLabel = ofDigits ? "pad.label" : "pad.label.any";
    canvas.setAttribute("aria-label", t(canvas.dataset.tLabel));
    const words = t(!drawable() ? "pad.no_drawing" : ofDigits ? "pad.hint" : "pad.hint.any"),
      [before, after] = words.split("{icon}");
    hint.replaceChildren(h("span", {}, before, after === undefined ? null : icon("repeat"), after));
  }

  /* ---- showing ---- */
  let planned = false;
  const plan = () => {
    if (!planned) {
      planned = true;
      requestAnimationFrame(() => {
        planned = false;
        show();
      });
    }
  };
  async function show() {
    const size = canvas.clientWidth;
    root.hidden = !shownData() || shownKind() !== "image";
    if (root.hidden || !size) return;
    const { sample } = state;
    undo.disabled = !isDrawn() || !drawing.strokes.length;
    clear.disabled = !sample && !drawing.strokes.length;
    hint.hidden = Boolean(sample) || (drawable() && drawing.strokes.length > 0);
    showHint();
    canvas.style.cursor = drawable() ? "" : "default";
    caption.textContent = sample ? nameOf(sample) : "";
    let picture = null;
    try {
      if (sample) picture = await pictureOf(sample);
    } catch {
      /* it says so where the answer stands */
    }
    if (state.sample !== sample) return;
    caption.textContent = sample ? nameOf(sample) : "";
    drawSample(sees, picture?.pixels);
    const context = fitCanvas(canvas, size, size);
    if (isDrawn()) {
      if (drawable()) paint(context, size);
      return;
    }
    const image = new OffscreenCanvas(28, 28);
    drawSample(image, picture?.pixels);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, size, size);
  }
  /* What a network that gives back its input makes of it. */
  function showBack() {
    const image = state.answer?.image,
      [channels, height, width] = image?.shape ?? [];
    given.hidden = shownData()?.task !== "reconstruction";
    if (given.hidden) return;
    if (image) drawPicture(back, interleaved(decode(image), channels), height, width, channels);
    else back.getContext("2d").clearRect(0, 0, back.width, back.height);
  }
  for (const topic of ["answer", "check", "run"]) on(topic, showBack, root);
  showBack();
  on("drawing", plan, root);
  for (const topic of ["sample", "check", "run", "lang"]) on(topic, plan, root);
  on("tab", plan, root);
  on(
    "brush",
    () => {
      brush.value = drawing.brush;
    },
    root,
  );
  onResize(board, plan);
  plan();
}
export default card("digit_pad", setup);
