/** The network's answer about the sample, and which sample that is when nobody chose one. */
import { state } from "../core/state.js";
import { session } from "../core/storage.js";
import { emit, on } from "../core/topics.js";
import { ask } from "./ask.js";
import { drawing, drawingChanged, isDrawn, restoreStrokes } from "./drawing.js";
import { watch } from "./live.js";
import { pictureOf, setSample, suits, wire } from "./samples.js";
import { currentSituation, shownData, shownKind } from "./shown.js";

const ASK_HZ = 20;
const MOST_FLYING = 2;

/** @type {{sample: any, step: number | undefined, run: any}} what was asked last */
const asked = { sample: null, step: -1, run: null };
let flying = 0;
let isLate = false;

/**
 * Asks about the sample. A new one does not wait for the answer before it, but no more than two are on
 * their way.
 */
async function answer() {
  const { sample, run } = state;
  if (!sample) {
    asked.sample = null;
    if (state.answer) keepAnswer(null);
    return;
  }
  if (asked.sample === sample && asked.step === run?.step && asked.run === run) return;
  if (flying >= MOST_FLYING) {
    isLate = true;
    return;
  }
  Object.assign(asked, { sample, step: run?.step, run });
  flying += 1;
  try {
    await put(sample);
  } catch (error) {
    asked.sample = null;
    emit("unanswered", error);
  } finally {
    flying -= 1;
  }
  if (isLate) {
    isLate = false;
    await answer();
  }
}

/** @param {any} sample */
async function put(sample) {
  const picture = sample.kind === "validation" ? await pictureOf(sample) : null;
  const prediction = await ask("predict", { sample: wire(sample) });
  if (state.sample !== sample) return;
  keepAnswer({ ...prediction, label: picture?.label ?? null, sample });
}

/** @param {any} value */
function keepAnswer(value) {
  state.answer = value;
  emit("answer", value);
}

/**
 * A sample that the data no longer have goes away, and a drawing comes back with data that have drawings;
 * who trains without looking at anything gets a sample to follow.
 * @param {{follow?: boolean}} [options]
 */
function settle({ follow = false } = {}) {
  const { holdsScreen, isLive } = currentSituation();
  const isDataKnown = holdsScreen ? state.run?.data : state.check?.data;
  if (!isRestored && isDataKnown) restore();
  if (state.sample && !suits(state.sample)) setSample(null);
  if (state.sample) return;
  if (drawing.strokes.length && suits({ kind: "drawn" })) drawingChanged();
  else if (follow && shownKind() !== "points" && holdsScreen && isLive)
    setSample({ kind: "validation", index: 0 });
}

/* ---- what was looked at comes back after a reload, where the run that answered is there again ---- */
let isRestored = false;

function remember() {
  if (!isRestored) return;
  const { sample, run } = state;
  if (!sample || sample.kind === "raw" || !run) {
    session.set("sample", null);
    return;
  }
  const strokes = isDrawn() ? drawing.strokes : [];
  session.set("sample", { run: run.id, dataset: shownData()?.dataset, sample, strokes });
}

function restore() {
  isRestored = true;
  const before = session.get("sample");
  if (!before?.sample || state.sample) return;
  if (before.run !== state.run?.id || before.dataset !== shownData()?.dataset || !suits(before.sample))
    return;
  if (before.strokes?.length) {
    restoreStrokes(before.strokes);
    return;
  }
  if (before.sample.photo) drawing.photo = before.sample;
  setSample(before.sample);
}

let heldScreen = false;

/** Whose data are shown may change with an edit, or with the end of a run. */
function onRun() {
  const before = heldScreen;
  heldScreen = currentSituation().holdsScreen;
  if (before !== heldScreen) settle();
}

on("reset", () => {
  state.answer = null;
  settle({ follow: true });
});
on("check", () => {
  const { phase, isEdited } = currentSituation();
  // another network stands on the screen than was asked
  if (phase === "asked" && isEdited) asked.sample = null;
  settle();
});
on("run", onRun);
window.addEventListener("pagehide", remember);

/** Called once, when the page opens. */
export function keepAnswering() {
  watch(document.body, answer, ASK_HZ);
  on("sample", answer);
}
