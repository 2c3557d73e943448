import assert from "node:assert/strict";
import { test } from "node:test";
import { Curves, spanOf, topOf } from "../../playground/ui/page/cards/now/curves.js";

const steps = (n) => ({
  step: Array.from({ length: n }, (_, i) => i + 1),
  train_loss: Array.from({ length: n }, () => 2),
  lr: Array.from({ length: n }, () => 0.1),
});

test("the smoothed loss begins at the first loss", () => {
  const curves = new Curves(0.9);
  curves.update({ step: [1, 2], train_loss: [4, 2], lr: [0.1, 0.1] });
  // (0.9 · 0.1 · 4 + 0.1 · 2) / (0.9 · 0.1 + 0.1) = 0.56 / 0.19
  assert.deepEqual(curves.raw, [4, 2]);
  assert.ok(Math.abs(curves.loss() - 0.56 / 0.19) < 1e-12);
});

test("only new rows are taken in, also after the history lost some", () => {
  const curves = new Curves(0);
  curves.update(steps(4));
  curves.recount("steps", [0, 3, 4]);
  assert.equal(curves.seen, 2);
  curves.recount("epochs", []);
  assert.equal(curves.seen, 2);
});

test("a long curve is thinned and keeps its ends", () => {
  const curves = new Curves(0);
  curves.update(steps(10_000));
  assert.ok(curves.x.length <= 2400);
  assert.deepEqual([curves.x[0], curves.x.at(-1)], [1, 10_000]);
});

test("another run begins with nothing", () => {
  const curves = new Curves(0.9);
  curves.update(steps(3));
  curves.reset();
  assert.deepEqual([curves.seen, curves.x, curves.loss()], [0, [], undefined]);
});

test("the step axis shows the whole run unless that would squeeze the curves", () => {
  assert.deepEqual(
    [spanOf(1000, 0), spanOf(1000, 300), spanOf(1000, 60), spanOf(80, 1)],
    [1000, 1000, 125, 80],
  );
});

test("the loss axis ends above the first values, and a late spike may leave it", () => {
  assert.equal(topOf([]), 1);
  const losses = [2, ...Array.from({ length: 99 }, () => 1), NaN, 50];
  assert.equal(topOf(losses), 2.08);
});
