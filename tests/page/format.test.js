import assert from "node:assert/strict";
import { test } from "node:test";
import { format } from "../../playground/ui/page/core/format.js";

test("counts are grouped, then scaled, and 999.5 of a unit is one of the next", () => {
  assert.equal(format.count(0), "0");
  assert.equal(format.count(9999), "9,999");
  assert.equal(format.count(12300), "12.3 k");
  assert.equal(format.count(999_499), "999 k");
  assert.equal(format.count(999_600), "1.0 M");
  assert.equal(format.count(11_689_512), "11.7 M");
});

test("bytes, durations and clocks read as people say them", () => {
  assert.equal(format.bytes(512), "512 B");
  assert.equal(format.bytes(157_000_000), "157 MB");
  assert.equal(format.seconds(0.0004), "1 ms");
  assert.equal(format.seconds(0.5), "0.5 s");
  assert.equal(format.seconds(42), "42 s");
  assert.equal(format.seconds(300), "5 min");
  assert.equal(format.seconds(7200), "2.0 h");
  assert.equal(format.clock(61), "1:01");
  assert.equal(format.clock(3661), "1:01:01");
});

test("measured numbers keep about four digits", () => {
  assert.equal(format.number(0), "0.000");
  assert.equal(format.number(0.12345), "0.123");
  assert.equal(format.number(12.345), "12.35");
  assert.equal(format.number(123.45), "123.5");
  assert.equal(format.number(9999.94), "9999.9");
  assert.equal(format.number(54539.6), "54,540");
  assert.equal(format.number(-123456.7), "-123,457");
  assert.equal(format.number(1e-5), "1.0e-5");
  assert.equal(format.number(1e6), "1.0e6");
});

test("learning rates are as short as they can be", () => {
  assert.equal(format.lr(0), "0");
  assert.equal(format.lr(0.001), "1e-3");
  assert.equal(format.lr(0.00025), "2.5e-4");
  assert.equal(format.lr(0.01), "0.01");
  assert.equal(format.lr(0.123456), "0.123");
});

test("what is no number shows as a dash, and infinity says so", () => {
  for (const value of [null, undefined, Number.NaN, "12a"]) {
    assert.equal(format.count(value), "–");
    assert.equal(format.number(value), "–");
    assert.equal(format.lr(value), "–");
    assert.equal(format.percent(value), "–");
  }
  assert.equal(format.number(Number.POSITIVE_INFINITY), "Infinity");
});

test("shapes and shares", () => {
  assert.equal(format.shape([32, 28, 28]), "32 × 28 × 28");
  assert.equal(format.shape([]), "1");
  assert.equal(format.shape(null), "?");
  assert.equal(format.percent(0.9876), "98.8 %");
});

test("a place in a line reads as people say it", () => {
  const read = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 112].map(format.ordinal);
  assert.deepEqual(read, [
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "13th",
    "21st",
    "22nd",
    "103rd",
    "112th",
  ]);
});
