import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, withValues } from "../../playground/ui/page/experiment/link.js";

const HOME = "http://127.0.0.1:7860/apps/playground/?run=abc&x=old#train";

test("a link names the preset, or carries the whole experiment; nothing else of the page's address", () => {
  assert.equal(
    addressOf(HOME, { preset: "points-xor", link: "x=packed" }),
    "http://127.0.0.1:7860/apps/playground/?preset=points-xor",
  );
  assert.equal(
    addressOf(HOME, { preset: null, link: "x=Qzcem1-EV_UV" }),
    "http://127.0.0.1:7860/apps/playground/?x=Qzcem1-EV_UV",
  );
});

test("what a preset's name holds cannot leave its place in the query", () => {
  const href = addressOf(HOME, { preset: "a&run=other#x", link: "" });
  assert.deepEqual([...new URL(href).searchParams], [["preset", "a&run=other#x"]]);
  assert.equal(new URL(href).hash, "");
});

test("values of the query change one by one, and the tab stays", () => {
  assert.equal(
    withValues(HOME, { run: "new", x: null }),
    "http://127.0.0.1:7860/apps/playground/?run=new#train",
  );
  assert.equal(withValues(HOME, { run: "abc" }), HOME);
});
