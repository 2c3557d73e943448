/** Addresses of challenges, and what a teacher's form makes of its fields. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  challengeOf,
  challengeOfForm,
  hrefOfChallenge,
  linkOfChallenge,
} from "../../playground/ui/page/labs/challenges/links.js";
import { labOf } from "../../playground/ui/page/labs/link.js";

const HOME = "http://localhost/";

test("an address names a challenge and a result, and comes back as they were", () => {
  const { lab, changes } = labOf(new URL(linkOfChallenge(HOME, "small_digits", "q1YqS-_")).search);
  assert.equal(lab, "challenges");
  assert.deepEqual(challengeOf(changes), { challenge: "small_digits", result: "q1YqS-_" });
});

test("an address without a challenge is that of all of them", () => {
  assert.deepEqual(challengeOf(labOf("?lab=challenges").changes), { challenge: "", result: "" });
});

test("what looks like a number stays the text that it was", () => {
  assert.equal(challengeOf(labOf("?lab=challenges&challenge=12345").changes).challenge, "12345");
});

test("a challenge's address opens the tab of the labs", () => {
  assert.equal(hrefOfChallenge(HOME, "few_images"), `${HOME}?lab=challenges&challenge=few_images#labs`);
});

const EXPERIMENT = { data: { dataset: "xor" }, layers: [{ layer: "tanh" }], training: { epochs: 3 } };

test("a form says only what was filled in", () => {
  const form = {
    title_en: "XOR",
    title_zh: "",
    parameters: "100",
    hidden_layers: "",
    epochs: "",
    layers: "",
  };
  const target = { metric: "accuracy", way: "at_least", value: "0.9" };
  assert.deepEqual(challengeOfForm({ ...form, ...target }, EXPERIMENT, "en"), {
    title: { en: "XOR" },
    data: { dataset: "xor" },
    limits: { parameters: 100 },
    targets: [{ metric: "accuracy", at_least: 0.9 }],
  });
});

test("text and hint are in the language of the page, layers a list, the start that of the screen", () => {
  const form = { title_zh: "异或", text: "试试", hint: "看图", layers: "linear, tanh,", start: "on" };
  const made = challengeOfForm({ ...form, metric: "mae", way: "at_most", value: "2" }, EXPERIMENT, "zh");
  assert.deepEqual(made.title, { zh: "异或" });
  assert.deepEqual([made.text, made.hint], [{ zh: "试试" }, { zh: "看图" }]);
  assert.deepEqual(made.limits, { layers: ["linear", "tanh"] });
  assert.deepEqual(made.start, { layers: EXPERIMENT.layers, training: EXPERIMENT.training });
});

test("what is no number is left for the server to refuse", () => {
  const made = challengeOfForm(
    { epochs: "many", metric: "mae", way: "at_most", value: "" },
    EXPERIMENT,
    "en",
  );
  assert.equal(made.limits.epochs, "many");
  assert.deepEqual(made.targets, [{ metric: "mae", at_most: null }]);
});
