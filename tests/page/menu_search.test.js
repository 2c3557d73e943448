import assert from "node:assert/strict";
import { test } from "node:test";
import { isSearched, matches } from "../../playground/ui/page/kit/menu_search.js";

const groups = [
  {
    label: "Convolution",
    options: [
      { value: "conv2d", label: "Conv2d", help: "Slides small learned filters over the image" },
      { value: "maxpool2d", label: "MaxPool2d", help: "Keeps the largest value of every window" },
    ],
  },
  {
    label: "Dense",
    options: [
      { value: "flatten", label: "Flatten", help: "All values as one vector, before a Linear" },
      { value: "linear", label: "Linear", help: "A weighted sum of all inputs" },
    ],
  },
];
const valuesOf = (found) => found.groups.flatMap(({ options }) => options.map(({ value }) => value));

test("without a word everything fits, in its order", () => {
  assert.deepEqual(valuesOf(matches(groups, "  ")), ["conv2d", "maxpool2d", "flatten", "linear"]);
  assert.ok(!isSearched("  "));
});

test("an option fits by its name, its help, its id or its group, whatever the case", () => {
  assert.deepEqual(valuesOf(matches(groups, "LARGEST")), ["maxpool2d"]);
  assert.deepEqual(valuesOf(matches(groups, "convolution")), ["conv2d", "maxpool2d"]);
});

test("all words have to fit", () => {
  assert.deepEqual(valuesOf(matches(groups, "dense vector")), ["flatten"]);
  assert.deepEqual(valuesOf(matches(groups, "dense filters")), []);
});

test("what begins with the word comes first in its group and is the best", () => {
  const found = matches(groups, "lin");
  assert.deepEqual(valuesOf(found), ["linear", "flatten"]);
  assert.equal(found.best, 0);
  assert.equal(matches(groups, "max").best, 0);
});

test("the best may stand behind others of an earlier group", () => {
  const found = matches([groups[1], { label: "More", options: [{ value: "v", label: "Vector" }] }], "vector");
  assert.deepEqual(valuesOf(found), ["flatten", "v"]);
  assert.equal(found.best, 1);
});
