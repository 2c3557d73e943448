import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed } from "../../playground/ui/page/cards/live_chart/feed.js";
import { hasMany, logStep, modeOf, rescaled, ticks } from "../../playground/ui/page/cards/live_chart/look.js";
import { pause, rest, spend } from "../../playground/ui/page/cards/live_chart/pace.js";
import { isUnusual } from "../../playground/ui/page/experiment/rate_notes.js";

/** A line over two arrays that a test may append to. */
const lineOf = (x, y, trace = {}) => ({
  trace: { table: "steps", ...trace },
  x: () => x,
  y: (i) => y[i],
  name: () => "line",
  color: () => "#000",
});

test("only what is new is drawn, and what is no number is a gap", () => {
  const x = [1, 2];
  const y = [0.5, Number.NaN];
  const feed = new Feed([lineOf(x, y)]);
  assert.deepEqual(feed.news(), { indices: [0], x: [[1, 2]], y: [[0.5, null]] });
  assert.deepEqual(feed.news(), { indices: [], x: [], y: [] });
  x.push(3);
  y.push(0.25);
  assert.deepEqual(feed.news(), { indices: [0], x: [[3]], y: [[0.25]] });
});

test("rows that the history lost are not drawn twice", () => {
  const feed = new Feed([lineOf([1, 2, 3, 4], [1, 1, 1, 1])]);
  feed.news();
  feed.recount("steps", [0, 2, 3, 4, 5]); // rows 4 and 5 came meanwhile
  assert.deepEqual(feed.drawn, [3]);
  feed.recount("epochs", [0]);
  assert.deepEqual(feed.drawn, [3]);
});

test("validation is marked point by point until the marks would cover the line", () => {
  const line = lineOf([], [], { markers: true });
  assert.equal(modeOf(line, 60), "lines+markers");
  assert.equal(modeOf(line, 61), "lines");
  assert.equal(modeOf(lineOf([], []), 2), "lines");
});

test("a plan is drawn whole and is no news", () => {
  const feed = new Feed([lineOf([1, 2], [0.1, 0], { table: "plan" }), lineOf([], [])]);
  assert.deepEqual(feed.plans(), [0]);
  assert.deepEqual(feed.news().indices, []);
  assert.deepEqual(feed.numbersFrom(0, 0), [
    [1, 2],
    [0.1, 0],
  ]);
});

test("a smoothed line goes on from where it was", () => {
  const x = [1];
  const y = [4];
  const feed = new Feed([lineOf(x, y, { smoothing: 0.9 })]);
  assert.deepEqual(feed.news().y, [[4]]);
  x.push(2);
  y.push(2);
  const [[second]] = feed.news().y;
  assert.ok(Math.abs(second - (0.9 * 0.1 * 4 + 0.1 * 2) / 0.19) < 1e-12);
});

test("a logarithmic axis has marks within a decade or two, else at powers of ten", () => {
  assert.deepEqual([0.5, 1.5, 4, 6.5, 20].map(logStep), ["D1", "D2", 1, 2, 4]);
  const spec = { tickformat: "~g" };
  assert.equal(ticks(spec, 2).tickformat, ".0e");
  assert.equal(ticks(spec, "D1").tickformat, "~g");
  assert.equal(ticks(spec, null).dtick, null);
});

test("a zoomed range keeps its place on the other scale", () => {
  assert.deepEqual(rescaled({ autorange: false, range: [1, 100] }, true), {
    "yaxis.range": [0, 2],
    "yaxis.autorange": false,
  });
  assert.deepEqual(rescaled({ autorange: false, range: [0, 2] }, false)["yaxis.range"], [1, 100]);
  assert.deepEqual(rescaled({ autorange: true }, true), { "yaxis.autorange": true });
});

test("all charts together take no more than their share of the time", () => {
  const [first, second] = [{}, {}];
  assert.equal(pause(), 200);
  spend(first, 60);
  spend(second, 60);
  assert.equal(pause(), 400); // 120 ms of drawing are 0.3 of it
  rest(first);
  rest(second);
  assert.equal(pause(), 200);
});

test("more than eight lines are many", () => {
  assert.deepEqual([8, 9].map(hasMany), [false, true]);
});

test("a rate is unusual from ten times more or less than usual on", () => {
  const rates = [0.01, 0.011, 0.0001, 0.00009, 10, 0, "1e"];
  assert.deepEqual(
    rates.map((rate) => isUnusual(rate, 0.001)),
    [false, true, false, true, true, false, false],
  );
});
