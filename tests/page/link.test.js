import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, isLoopback, watchAddressOf, withValues } from "../../playground/ui/page/core/link.js";

const HOME = "http://127.0.0.1:7860/apps/playground/?run=abc&x=old#train";

test("a link names the preset, or carries the whole experiment; and the tab; nothing else of the page's address", () => {
  assert.equal(
    addressOf(HOME, { preset: "points-xor", link: "x=packed" }),
    "http://127.0.0.1:7860/apps/playground/?preset=points-xor#train",
  );
  assert.equal(
    addressOf(HOME, { preset: null, link: "x=Qzcem1-EV_UV" }),
    "http://127.0.0.1:7860/apps/playground/?x=Qzcem1-EV_UV#train",
  );
});

test("what a preset's name holds cannot leave its place in the query", () => {
  const href = addressOf(HOME, { preset: "a&run=other#x", link: "" });
  assert.deepEqual([...new URL(href).searchParams], [["preset", "a&run=other#x"]]);
  assert.equal(new URL(href).hash, "#train");
});

test("values of the query change one by one, and the tab stays", () => {
  assert.equal(
    withValues(HOME, { run: "new", x: null }),
    "http://127.0.0.1:7860/apps/playground/?run=new#train",
  );
  assert.equal(withValues(HOME, { run: "abc" }), HOME);
});

test("a link to watch a run names only the run, and the tab", () => {
  assert.equal(watchAddressOf(HOME, "a b"), "http://127.0.0.1:7860/apps/playground/?run=a+b#train");
});

test("names and numbers of the computer itself lead nowhere from another one", () => {
  for (const host of ["localhost", "app.localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
    assert.ok(isLoopback(host), host);
});

test("all others may be reached", () => {
  for (const host of [
    "192.168.1.7",
    "example.org",
    "localhost.example.org",
    "10.127.0.0",
    "127.0.0.1.example.org",
  ])
    assert.ok(!isLoopback(host), host);
});
