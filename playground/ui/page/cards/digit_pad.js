/**
 * The pad: a canvas to draw on with mouse, pen or finger, beside the answer. All pads show the one shared
 * drawing.
 */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { announce } from "../core/notices.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { answerBars } from "../kit/answer_bars.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { drawPicture, drawSample, interleaved } from "../kit/pixels.js";
import { clearDrawing, drawing, isDrawn, undoStroke } from "../run/drawing.js";
import { nameOf, pictureOf, setSample } from "../run/samples.js";
import { shownClasses, shownData, shownKind } from "../run/shown.js";
import { paint } from "../run/strokes.js";
import { answerKind } from "../run/subject.js";
import { largeCard, padParts, smallCard } from "./digit_pad/layout.js";
import { takePen } from "./digit_pad/pen.js";

const isDrawable = () => shownData()?.pad !== false;

/** @typedef {ReturnType<typeof padParts>} Parts */

function clear() {
  clearDrawing();
  if (state.sample) setSample(null);
}

function pickValidation() {
  const n = shownData()?.n_validation ?? 1;
  setSample({ kind: "validation", index: Math.floor(Math.random() * n) });
}

/** Says the next answer aloud, for those who do not see the bars. */
function announceNextAnswer() {
  const off = on("answer", (answer) => {
    off();
    if (answer) announce(spokenAnswer(answer));
  });
}

/** @param {import("../types.js").Answer} answer */
function spokenAnswer({ probabilities, finite }) {
  if (finite === false) return t("answer.not_finite");
  if (!probabilities) return t("pad.back");
  const top = probabilities.indexOf(Math.max(...probabilities));
  const label = shownClasses()[top] ?? top;
  return t("answer.top", { label, percent: format.percent(probabilities[top]) });
}

/**
 * What to draw: a digit where the classes are digits. Where nothing can be drawn: the very button that helps.
 * @param {Parts} parts
 */
function showHint({ canvas, hint }) {
  const { photo, classes } = shownData() ?? {};
  const isOfDigits = photo === "digit" && classes?.[0] === "0";
  canvas.dataset.tLabel = isOfDigits ? "pad.label" : "pad.label.any";
  canvas.setAttribute("aria-label", t(canvas.dataset.tLabel));
  const drawWords = isOfDigits ? "pad.hint" : "pad.hint.any";
  const [before, after] = t(isDrawable() ? drawWords : "pad.no_drawing").split("{icon}");
  hint.replaceChildren(h("span", {}, before, after === undefined ? null : icon("repeat"), after));
}

/** @param {Parts} parts */
function showTools({ canvas, hint, undo, clear: clearButton, caption, explained }) {
  const { sample } = state;
  const hasStrokes = drawing.strokes.length > 0;
  undo.disabled = !isDrawn() || !hasStrokes;
  clearButton.disabled = !sample && !hasStrokes;
  hint.hidden = Boolean(sample) || (isDrawable() && hasStrokes);
  canvas.style.cursor = isDrawable() ? "" : "default";
  caption.textContent = nameOf(sample);
  explained.hidden = sample?.kind === "validation";
}

/**
 * The drawing itself, or another sample as a picture.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array | null} pixels
 */
function showBoard(canvas, pixels) {
  const size = canvas.clientWidth;
  const context = fitCanvas(canvas, size, size);
  if (isDrawn()) {
    if (isDrawable()) paint(drawing.strokes, context, size);
    return;
  }
  const image = new OffscreenCanvas(28, 28);
  drawSample(image, pixels);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, size, size);
}

/**
 * What a network that gives back its input makes of it.
 * @param {Parts} parts
 */
function showBack({ given, back }) {
  given.hidden = answerKind() !== "image";
  if (given.hidden) return;
  const { answer } = state;
  if (!answer?.image || answer.finite === false) {
    back.getContext("2d").clearRect(0, 0, back.width, back.height);
    return;
  }
  const [channels, height, width] = answer.image.shape;
  drawPicture(back, interleaved(decode(answer.image), channels), height, width, channels);
}

/** The pixels of the sample; null where there is none, or where the answer's place says why. */
async function pixelsOfSample() {
  try {
    const picture = await pictureOf(state.sample);
    return picture?.pixels ?? null;
  } catch {
    return null;
  }
}

/**
 * Calls `fn` with the next frame, once, however often it was wished for.
 * @param {() => void} fn
 */
function oncePerFrame(fn) {
  let isPlanned = false;
  return function plan() {
    if (isPlanned) return;
    isPlanned = true;
    requestAnimationFrame(() => {
      isPlanned = false;
      fn();
    });
  };
}

/**
 * @param {HTMLElement} root
 * @param {{place: "rail" | "draw"}} props
 */
function setup(root, props) {
  const isLarge = props.place === "draw";
  const parts = padParts({ undo: undoStroke, clear, pick: pickValidation });
  const bars = answerBars(root);
  const { canvas, sees, caption, brush } = parts;
  root.classList.add(isLarge ? "large" : "small");
  root.append(isLarge ? largeCard(parts, bars) : smallCard(parts, bars));
  takePen(canvas, isDrawable, announceNextAnswer);

  function showWhereItFits() {
    root.hidden = !shownData() || shownKind() !== "image";
  }
  async function show() {
    showWhereItFits();
    if (root.hidden || !canvas.clientWidth) return;
    showHint(parts);
    showTools(parts);
    const { sample } = state;
    const pixels = await pixelsOfSample();
    if (state.sample !== sample) return;
    caption.textContent = nameOf(sample); // by now its label is known
    drawSample(sees, pixels);
    showBoard(canvas, pixels);
  }
  const plan = oncePerFrame(show);

  onAny(["answer", "check", "run"], () => showBack(parts), root);
  onAny(["drawing", "sample", "check", "run", "lang", "tab"], plan, root);
  on(
    "brush",
    () => {
      brush.value = drawing.brush;
    },
    root,
  );
  onResize(canvas, plan);
  showBack(parts);
  showWhereItFits(); // at once: other data never see it flash up
  plan();
}

export default card("digit_pad", setup);
