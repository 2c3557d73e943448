import assert from "node:assert/strict";
import { test } from "node:test";
import { alongRow } from "../../playground/ui/page/kit/toolbar.js";

const ROW = ["undo", "clear", "brush"];

test("the arrows go from control to control and stop at the ends", () => {
  assert.equal(alongRow("ArrowRight", ROW, "undo"), "clear");
  assert.equal(alongRow("ArrowLeft", ROW, "clear"), "undo");
  assert.equal(alongRow("ArrowRight", ROW, "brush"), null);
  assert.equal(alongRow("ArrowLeft", ROW, "undo"), null);
});

test("Home and End go to the ends", () => {
  assert.equal(alongRow("Home", ROW, "brush"), "undo");
  assert.equal(alongRow("End", ROW, "undo"), "brush");
});

test("other keys, and a focus that is elsewhere, lead nowhere", () => {
  assert.equal(alongRow("Enter", ROW, "undo"), null);
  assert.equal(alongRow("ArrowRight", ROW, "another"), null);
});
