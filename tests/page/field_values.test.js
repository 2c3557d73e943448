import assert from "node:assert/strict";
import { test } from "node:test";
import { isSameValue, parsed, stepped, written } from "../../playground/ui/page/kit/field_values.js";

const integer = { control: "integer", default: 3, min: 1, max: 31 };
const number = { control: "number", default: 0.5 };

test("what is a number becomes one, whatever minus sign and spaces it has", () => {
  const cases = { 12: 12, " 7 ": 7, "−3": -3, "1e-3": 0.001, ".5": 0.5, "2.": 2 };
  for (const [text, value] of Object.entries(cases)) assert.equal(parsed(text, number), value);
});

test("what is no number stays as it was typed, for the server to say what is wrong", () => {
  for (const text of ["", "12x", "1e999", "0x10", "NaN", "true"]) assert.equal(parsed(text, integer), text);
});

test("an optional field may be empty", () => {
  assert.equal(parsed("", { ...integer, optional: true }), null);
});

test("a list of numbers takes any separator, and a word spoils it", () => {
  const list = { control: "integers", default: [] };
  assert.deepEqual(parsed("30, 60;80 90，100", list), [30, 60, 80, 90, 100]);
  assert.deepEqual(parsed("", list), []);
  assert.equal(parsed("30, x", list), "30, x");
});

test("values are written as they are typed", () => {
  assert.equal(written(null), "");
  assert.equal(written([30, 60]), "30, 60");
  assert.equal(written(0.001), "0.001");
  assert.ok(isSameValue([1, 2], [1, 2]));
  assert.ok(!isSameValue([1, 2], [1, 3]));
});

test("the arrows add a step and stop at the limits", () => {
  assert.equal(stepped(3, integer, true), 4);
  assert.equal(stepped(31, integer, true), 31);
  assert.equal(stepped(1, integer, false), 1);
  assert.equal(stepped(0.2, number, true), 0.3);
  assert.equal(stepped(0.3, { ...number, step: 0.05 }, false), 0.25);
});

test("half-typed text steps from the default", () => {
  assert.equal(stepped("abc", integer, true), 4);
  assert.equal(stepped(null, { control: "integer", default: null, min: 2 }, true), 3);
});

test("on a logarithmic scale whole numbers double and others go 1, 2, 5, 10", () => {
  const units = { control: "integer", default: 64, log: true, min: 1 };
  assert.equal(stepped(48, units, true), 96);
  assert.equal(stepped(5, units, false), 2);
  assert.equal(stepped(0, units, true), 1);
  const rate = { control: "number", default: 0.001, log: true };
  const up = [0.001, 0.002, 0.005, 0.01];
  for (let i = 0; i < 3; i += 1) {
    assert.equal(stepped(up[i], rate, true), up[i + 1]);
    assert.equal(stepped(up[i + 1], rate, false), up[i]);
  }
  assert.equal(stepped(0.0003, rate, true), 0.0005);
  assert.equal(stepped(0, rate, true), 0.0001);
  assert.equal(stepped(1000, rate, true), 2000);
});
