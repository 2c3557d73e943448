import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsIn, tabAsked, withoutLab } from "../../playground/ui/page/core/link.js";
import { changesOf, hrefOf, labOf, linkOf } from "../../playground/ui/page/labs/link.js";
import { Newest } from "../../playground/ui/page/labs/newest.js";
import { shown } from "../../playground/ui/page/labs/numbers.js";
import { chosenCards } from "../../playground/ui/page/labs/search.js";
import { putInto } from "../../playground/ui/page/labs/use.js";
import {
  fitting,
  hasSlider,
  placeOf,
  placesOf,
  readJson,
  SLIDER_STEPS,
  valueAt,
  writeJson,
} from "../../playground/ui/page/labs/values.js";

const HOME = "http://127.0.0.1:7860/apps/?run=abc";
const TABS = ["build", "train", "labs", "code"];

test("a state goes into an address and comes back, whatever its values are", () => {
  const states = [
    {
      shapes: [
        [5, 3, 4],
        [3, 1],
      ],
    },
    { function: "x**3", at: -2.5, order: 2 },
    { expression: "a&b=c#d %41 + 'e'", at: { "W 1": [[1, 2]], x: null } },
    { text: "2", other: "true", quoted: '"q"', empty: "", is: false, x: 3 },
    { text: "中文 ½ \u{1f600}" },
  ];
  for (const state of states) {
    const { search, hash } = new URL(hrefOf(HOME, "graph", state));
    assert.deepEqual(labOf(search), { lab: "graph", changes: state });
    assert.equal(new URLSearchParams(search).get("run"), "abc");
    assert.equal(hash, "#labs");
  }
});

test("lists stay readable in the address", () => {
  const href = hrefOf("http://host/", "broadcasting", {
    shapes: [
      [2, 3],
      [3, 2],
    ],
  });
  assert.equal(href, "http://host/?lab=broadcasting&shapes=[[2,3],[3,2]]#labs");
});

test("another lab takes the place of the one before, and the index that of any", () => {
  const first = hrefOf(HOME, "graph", { step: 3 });
  assert.equal(hrefOf(first, "memory", {}), "http://127.0.0.1:7860/apps/?run=abc&lab=memory#labs");
  assert.equal(hrefOf(first, "", {}), "http://127.0.0.1:7860/apps/?run=abc#labs");
});

test("the packed experiment of a link is no field of a lab that is opened beside it", () => {
  const { search } = new URL(hrefOf("http://host/?x=packed&run=r", "graph", {}));
  assert.deepEqual(labOf(search), { lab: "graph", changes: {} });
});

test("a copied link holds the lab and its state, nothing of the page", () => {
  const link = linkOf("http://host/?run=secret&preset=p#train", "graph", { step: 3 });
  assert.equal(link, "http://host/?lab=graph&step=3");
});

test("only what differs from the defaults is in a link", () => {
  const defaults = { a: [1, 2], b: "x", c: null };
  assert.deepEqual(changesOf({ a: [1, 2], b: "y", c: null }, defaults), { b: "y" });
});

test("a tab that is left takes its lab out of the address, and nothing else", () => {
  assert.equal(withoutLab("?run=r&lab=graph&step=3&x=2"), "?run=r");
  assert.equal(withoutLab("?tab=labs&x=packed"), "?x=packed");
  assert.equal(withoutLab("?x=a%2Bb&__theme=dark"), "?x=a%2Bb&__theme=dark");
  assert.equal(withoutLab(""), "");
  assert.deepEqual(fieldsIn("?run=r&lab=graph&x=2"), { x: "2" });
});

test("an address names a tab by its hash, by its query, or by the lab in it", () => {
  assert.equal(tabAsked("#train", "?tab=labs", TABS), "train");
  assert.equal(tabAsked("", "?tab=labs", TABS), "labs");
  assert.equal(tabAsked("", "?lab=graph", TABS), "labs");
  assert.equal(tabAsked("#nowhere", "?tab=none", TABS), "build");
});

/** Answers that come when the test says so. */
function letters() {
  const sent = [];
  const told = [];
  const asking = new Newest({
    send: (question, signal) =>
      new Promise((resolve, reject) => sent.push({ question, signal, resolve, reject })),
    answered: (answer, question) => told.push([question, answer]),
    failed: (error, question) => told.push([question, error]),
  });
  return { sent, told, asking };
}
const later = () => new Promise((resolve) => setImmediate(resolve));

test("of ten changes while one is under way only the last is asked", async () => {
  const { sent, told, asking } = letters();
  for (let i = 0; i < 10; i += 1) asking.ask(i);
  assert.deepEqual(
    sent.map(({ question }) => question),
    [0],
  );
  sent[0].resolve("first");
  await later();
  assert.deepEqual(
    sent.map(({ question }) => question),
    [0, 9],
  );
  sent[1].resolve("last");
  await later();
  assert.deepEqual(told, [
    [0, "first"],
    [9, "last"],
  ]);
  assert.equal(asking.isBusy, false);
});

test("a failure is told, and the next question goes out all the same", async () => {
  const { sent, told, asking } = letters();
  asking.ask("bad");
  asking.ask("good");
  sent[0].reject("no");
  await later();
  sent[1].resolve("yes");
  await later();
  assert.deepEqual(told, [
    ["bad", "no"],
    ["good", "yes"],
  ]);
});

test("an answer that came after everything was forgotten is not told", async () => {
  const { sent, told, asking } = letters();
  asking.ask("old");
  asking.forget();
  assert.equal(sent[0].signal.aborted, true);
  asking.ask("new");
  sent[0].resolve("late");
  sent[1].resolve("right");
  await later();
  assert.deepEqual(told, [["new", "right"]]);
});

test("lists are read as people type them", () => {
  assert.deepEqual(readJson("[[5, 3], [3]]"), { value: [[5, 3], [3]] });
  assert.deepEqual(readJson("(5, 3, 4)"), { value: [5, 3, 4] });
  assert.deepEqual(readJson("(5,)"), { value: [5] });
  assert.deepEqual(readJson("{'x': 2}"), { value: { x: 2 } });
  assert.deepEqual(readJson("【1，2】"), { value: [1, 2] });
  assert.equal(readJson("[[5, 3"), null);
  assert.equal(readJson("x"), null);
});

test("what is written is read back as the same value", () => {
  for (const value of [[[1, 2], []], { "a, b": [1.5, null, "x: y"] }, "text", 3, null])
    assert.deepEqual(readJson(writeJson(value)), { value });
  assert.equal(writeJson([[5, 3], { x: 2 }]), '[[5, 3], {"x": 2}]');
});

const whole = { control: "integer", min: 0, max: 5 };
const real = { control: "number", min: -3, max: 3 };
const wide = { control: "integer", min: 1, max: 100_000 };
const rate = { control: "number", min: 1e-5, max: 1, log: true };

test("a slider stands between two limits that are not too far apart", () => {
  assert.equal(hasSlider(whole), true);
  assert.equal(hasSlider({ control: "integer", min: 0, max: 2 ** 31 }), false);
  assert.equal(hasSlider({ control: "number", min: 0 }), false);
  assert.equal(hasSlider({ control: "text", min: 0, max: 1 }), false);
});

test("the ends of a slider are the limits, and every place says a value that lies there", () => {
  for (const field of [whole, real, wide, rate]) {
    const places = placesOf(field);
    assert.equal(valueAt(0, field), field.min);
    assert.equal(valueAt(places, field), field.max);
    assert.equal(placeOf(field.min, field), 0);
    assert.equal(placeOf(field.max, field), places);
    for (let place = 0; place <= places; place += 7) {
      const value = valueAt(place, field);
      assert.ok(value >= field.min && value <= field.max);
      assert.ok(Math.abs(placeOf(value, field) - place) <= 0.06 * SLIDER_STEPS);
    }
  }
});

test("a slider steps by whole numbers, or by round ones", () => {
  assert.equal(placesOf(whole), 5);
  assert.equal(valueAt(3, whole), 3);
  assert.equal(valueAt(1, real), -2.98);
  assert.equal(placeOf("half typed", real), 0);
  assert.ok(Math.abs(valueAt(SLIDER_STEPS / 2, rate) - 0.0032) < 1e-4);
});

const index = {
  groups: [{ id: "tensors", label: { en: "Tensors", zh: "张量" } }],
  labs: [
    {
      id: "memory",
      group: "tensors",
      title: { en: "Views", zh: "视图" },
      notice: { en: "Write one", zh: "写" },
    },
    { id: "graph", group: "autograd", title: { en: "Graph", zh: "图" }, notice: { en: "Back", zh: "返回" } },
  ],
};
const ids = (search, group) => chosenCards(index, search, group).map(({ id }) => id);

test("a search leaves labs that have every word, in either language; a group its own", () => {
  assert.deepEqual(ids("", ""), ["memory", "graph"]);
  assert.deepEqual(ids("write VIEWS", ""), ["memory"]);
  assert.deepEqual(ids("张量", ""), ["memory"]);
  assert.deepEqual(ids("graph", "tensors"), []);
  assert.deepEqual(ids("  ", "autograd"), ["graph"]);
});

test("a number is shown short, and what is none by its sign", () => {
  const cases = [
    [7, "7"],
    [1.7413124, "1.7413"],
    [0.000024672, "2.47e-5"],
    [1234567, "1,234,567"],
    [3e9, "3.00e9"],
    [0, "0"],
    ["NaN", "NaN"],
    ["Infinity", "∞"],
    ["-Infinity", "−∞"],
    [null, "–"],
    [true, "✓"],
    [[5, 3, 4], "(5, 3, 4)"],
  ];
  for (const [value, words] of cases) assert.equal(shown(value), words);
});

test("what a handle writes is whole where whole numbers are wanted, and within the limits of its field", () => {
  /** @type {any[]} */
  const fields = [
    { name: "steps", control: "integer", min: 0, max: 50 },
    { name: "lr", control: "number", min: 0, max: 1 },
    { name: "start", control: "json" },
  ];
  assert.deepEqual(fitting(fields, { steps: 12.6, lr: 0.25 }), { steps: 13, lr: 0.25 });
  assert.deepEqual(fitting(fields, { steps: 99, lr: -3 }), { steps: 50, lr: 0 });
  assert.deepEqual(fitting(fields, { start: [1.5, 2], other: 7.5 }), { start: [1.5, 2], other: 7.5 });
});

test("what a lab shows takes the place of an entry of the experiment, and options alone change it", () => {
  const experiment = {
    name: "mine",
    training: {
      optimizer: { optimizer: "adamw", lr: 0.1, weight_decay: 0.05 },
      schedule: { schedule: "step" },
    },
  };
  putInto(experiment, { training: { schedule: { schedule: "cosine", final: 0 }, optimizer: { lr: 0.2 } } });
  assert.deepEqual(experiment, {
    name: "mine",
    training: {
      optimizer: { optimizer: "adamw", lr: 0.2, weight_decay: 0.05 },
      schedule: { schedule: "cosine", final: 0 },
    },
  });
});
