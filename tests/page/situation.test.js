import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical } from "../../playground/ui/page/experiment/canonical.js";
import { isSameSamples, situation } from "../../playground/ui/page/run/situation.js";

/** Three experiments: another network on the same samples, and another data set. */
const XOR = { name: "XOR", data: { dataset: "xor", size: 500 }, layers: [{ layer: "linear", units: 4 }] };
const WIDER = { ...XOR, name: "Wider", layers: [{ layer: "linear", units: 8 }] };
const DIGITS = { name: "Digits", data: { dataset: "digits" }, layers: [{ layer: "flatten" }] };
const POINTS = { dataset: "xor", kind: "points" };
const IMAGES = { dataset: "digits", kind: "image" };

/** What stands on the screen, by a word. */
const SCREENS = { same: XOR, edited: WIDER, opened: DIGITS };
const DATA = { same: POINTS, edited: POINTS, opened: IMAGES };

/** A run of XOR. "opened" on the screen means that a whole other experiment was opened over it. */
function runOf(phase, { step = 10, control = "key", screen = "same", ended = "same" } = {}) {
  if (phase === "none") return null;
  const run = { id: "r", control, state: phase, step, epoch: 0, experiment: XOR, data: POINTS };
  if (phase === "waiting") run.step = 0;
  if (phase === "asked") Object.assign(run, { state: "paused", step: 0 });
  if (["done", "stopped", "failed"].includes(phase)) run.endedOver = canonical(SCREENS[ended]);
  if (screen === "opened") run.wasLeft = true;
  return run;
}
const NOTHING = { data: null, lastData: null, faults: [], isCurrent: true };

/** phase of the run, what is on the screen → action, second button, whose data, which kind, may the run be asked. */
const TABLE = [
  // run, screen, action, again?, holds, kind, answers
  ["none", "same", "train", false, false, "points", false],
  ["none", "opened", "train", false, false, "image", false],
  ["asked", "same", "train", false, false, "points", true],
  ["asked", "edited", "train", false, false, "points", false],
  ["asked", "opened", "train", false, false, "image", false],
  ["waiting", "same", "waiting", false, true, "points", false],
  ["waiting", "edited", "waiting", true, true, "points", false],
  ["waiting", "opened", "train", false, true, "points", false],
  ["queued", "same", "pause", false, true, "points", true],
  ["queued", "edited", "pause", true, true, "points", true],
  ["queued", "opened", "train", false, true, "points", true],
  ["running", "same", "pause", false, true, "points", true],
  ["running", "edited", "pause", true, true, "points", true],
  ["running", "opened", "train", false, true, "points", true],
  ["paused", "same", "resume", false, true, "points", true],
  ["paused", "edited", "resume", true, true, "points", true],
  ["paused", "opened", "train", false, true, "points", true],
  ["done", "same", "again", false, true, "points", true],
  ["done", "edited", "again", false, false, "points", true],
  ["done", "opened", "train", false, false, "image", false],
  ["stopped", "same", "again", false, true, "points", true],
  ["stopped", "edited", "again", false, false, "points", true],
  ["stopped", "opened", "train", false, false, "image", false],
  ["failed", "same", "again", false, true, "points", true],
  ["failed", "edited", "again", false, false, "points", true],
  ["failed", "opened", "train", false, false, "image", false],
];

for (const [phase, screen, action, offersAgain, holdsScreen, kind, answers] of TABLE) {
  test(`a run that is ${phase}, with ${screen} on the screen: ${action}${offersAgain ? " and again" : ""}`, () => {
    const data = DATA[screen];
    const found = situation(runOf(phase, { screen }), SCREENS[screen], { ...NOTHING, data, lastData: data });
    assert.equal(found.phase, phase);
    assert.deepEqual(
      [found.action, found.offersAgain, found.holdsScreen, found.subject.kind, found.answers],
      [action, offersAgain, holdsScreen, kind, answers],
    );
    assert.equal(found.isEdited, phase !== "none" && screen !== "same");
    assert.equal(found.isLive, !found.isEnded);
  });
}

/** Who only watches sees that run alone, whatever else is on the screen. */
for (const phase of ["queued", "running", "paused", "done", "stopped", "failed"]) {
  for (const screen of ["same", "edited", "opened"]) {
    test(`a watcher of a run that is ${phase} sees it, with ${screen} on the screen`, () => {
      const data = DATA[screen];
      const run = runOf(phase, { control: null });
      const found = situation(run, SCREENS[screen], { ...NOTHING, data, lastData: data });
      assert.equal(found.holdsScreen, true);
      assert.equal(found.subject.data, POINTS);
      assert.equal(found.action, "train");
      assert.equal(found.offersAgain, false);
      assert.equal(found.answers, true);
    });
  }
}

const check = (values) => ({ ...NOTHING, ...values });

test("a run that waits again in the middle of its training still answers", () => {
  const run = { ...runOf("waiting"), step: 10 };
  assert.equal(situation(run, XOR, check({ data: POINTS })).answers, true);
});

test("a run that ended over an edited screen holds it until the next edit", () => {
  const run = runOf("done", { ended: "edited" });
  assert.equal(situation(run, WIDER, check({ data: POINTS })).holdsScreen, true);
  assert.equal(situation(run, XOR, check({ data: POINTS })).holdsScreen, false);
});

test("an edit of the name alone is no edit", () => {
  const found = situation(runOf("paused"), { ...XOR, name: "Mine" }, check({ data: POINTS }));
  assert.deepEqual([found.isEdited, found.action], [false, "resume"]);
});

test("an experiment that was opened and is the run's own again leaves the run as it was", () => {
  const found = situation(runOf("running", { screen: "opened" }), XOR, check({ data: POINTS }));
  assert.deepEqual([found.isLeft, found.action], [false, "pause"]);
});

test("a run whose experiment is not known is never called edited", () => {
  const run = { ...runOf("running"), experiment: null };
  assert.equal(situation(run, DIGITS, check({})).isEdited, false);
});

test("with a fault no network answers, unless the run holds the screen", () => {
  const faults = [{ place: "layers[0]", code: "x", message: { en: "", zh: "" } }];
  assert.equal(situation(null, XOR, check({ faults })).isBlank, true);
  assert.equal(situation(runOf("asked"), XOR, check({ faults })).isBlank, true);
  assert.equal(situation(runOf("running"), WIDER, check({ faults })).isBlank, false);
  assert.equal(situation(runOf("done"), WIDER, check({ faults })).isBlank, true);
  assert.equal(situation(null, XOR, check({ faults, isCurrent: false })).isBlank, false);
});

test("of an experiment with a fault the data known before are shown, if they are the same data set", () => {
  assert.equal(situation(null, XOR, check({ lastData: POINTS })).subject.data, POINTS);
  assert.equal(situation(null, DIGITS, check({ lastData: POINTS })).subject.data, null);
});

test("where nothing is known of the data chosen, those of the run stand in", () => {
  assert.equal(situation(runOf("done"), DIGITS, check({})).subject.data, POINTS);
  assert.equal(situation(runOf("done"), DIGITS, check({})).subject.kind, "points");
});

test("before anything is known the page shows what it shows for images", () => {
  assert.equal(situation(null, XOR, check({})).subject.kind, "image");
});

test("layers are those of the network that answers: the run's, else the screen's", () => {
  assert.equal(situation(null, WIDER, check({})).subject.layers, WIDER.layers);
  assert.equal(situation(runOf("paused"), WIDER, check({})).subject.layers, XOR.layers);
});

test("the experiment whose data are shown is the run's while it holds the screen or nothing was edited", () => {
  assert.equal(situation(runOf("running"), DIGITS, check({ data: IMAGES })).subject.experiment, XOR);
  assert.equal(situation(runOf("asked"), { ...XOR }, check({ data: POINTS })).subject.experiment, XOR);
  assert.equal(situation(runOf("done"), DIGITS, check({ data: IMAGES })).subject.experiment, DIGITS);
});

test("a draft whose layers are no list yet has none", () => {
  assert.deepEqual(situation(null, { data: {} }, check({})).subject.layers, []);
});

test("samples are the same for another size or split of one data set, not for another target", () => {
  assert.equal(isSameSamples({ dataset: "xor", size: 5 }, { dataset: "xor", size: 9 }), true);
  assert.equal(isSameSamples({ dataset: "xor" }, { dataset: "moons" }), false);
  assert.equal(isSameSamples({ dataset: "t", target: "a" }, { dataset: "t", target: "b" }), false);
});
