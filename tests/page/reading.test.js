import assert from "node:assert/strict";
import { test } from "node:test";
import {
  forgetFile,
  hasSameColumns,
  saidOf,
  withLine,
} from "../../playground/ui/page/cards/data_card/reading/choices.js";

test("what is said again takes the place of what was said", () => {
  const lines = withLine(["columns.age=number", "missing.age=-1"], "columns.age=category");
  assert.deepEqual(lines, ["missing.age=-1", "columns.age=category"]);
  assert.deepEqual(withLine(lines, "encoding=cp1252").at(-1), "encoding=cp1252");
  assert.deepEqual(withLine(["encoding=utf-8"], "encoding=cp1252"), ["encoding=cp1252"]);
});

test("the name of a column may hold points and equals signs", () => {
  const lines = withLine(["columns.a=b.c=number"], "columns.a=b.c=leave_out");
  assert.deepEqual(lines, ["columns.a=b.c=leave_out"]);
});

test("nothing said is an empty text", () => {
  assert.equal(saidOf(["names=none"], "names"), "none");
  assert.equal(saidOf([], "names"), "");
  assert.equal(saidOf(undefined, "names"), "");
});

test("another file forgets what was said of the one before, and nothing else", () => {
  const data = { dataset: "own_table", choices: ["names=none"], target: "age", batch_size: 8 };
  forgetFile(data, { choices: [], target: "", batch_size: 64 });
  assert.deepEqual(data, { dataset: "own_table", choices: [], target: "", batch_size: 8 });
});

test("the same columns in the same order are the same table", () => {
  const columns = [{ name: "a" }, { name: "b" }];
  assert.ok(hasSameColumns(columns, ["a", "b"]));
  assert.ok(!hasSameColumns(columns, ["b", "a"]));
  assert.ok(!hasSameColumns(columns, ["a"]));
  assert.ok(!hasSameColumns([], []));
  assert.ok(!hasSameColumns(undefined, ["a"]));
});
