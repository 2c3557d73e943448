import assert from "node:assert/strict";
import { test } from "node:test";
import { niceStep, smoother, thinned } from "../../playground/ui/page/kit/numbers.js";
import { extremes } from "../../playground/ui/page/run/thinning.js";

const steps = (n) => Array.from({ length: n }, (_, i) => i + 1);

test("of each stretch the lowest and the highest row stay, and the first row of all", () => {
  const loss = [5, 1, 3, 9, 4, 4, 2, 8];
  assert.deepEqual(extremes(steps(8), loss, 8, 2), [0, 1, 3, 6, 7]);
});

test("an overflow is never thinned away", () => {
  const loss = steps(1000).map((step) => (step === 600 ? Number.NaN : 1));
  assert.ok(extremes(steps(1000), loss, 1000, 5).includes(599));
});

test("rows at uneven steps are divided by steps, not by number", () => {
  const step = [1, 2, 3, 4, 5, 1000];
  assert.deepEqual(extremes(step, [0, 0, 0, 0, 0, 0], 6, 2), [0, 5]);
});

test("a table without its key column still keeps rows in order", () => {
  const keep = extremes(steps(100), undefined, 100, 10);
  assert.deepEqual(
    keep,
    [...keep].sort((a, b) => a - b),
  );
  assert.equal(keep[0], 0);
});

test("a drawn line is thinned to lowest and highest of equal stretches and keeps its last point", () => {
  const y = steps(1000).map((i) => (i === 333 ? 50 : i % 2));
  const [x, thin] = thinned(steps(1000), y, 100);
  assert.ok(x.length <= 101);
  assert.equal(thin[x.indexOf(333)], 50);
  assert.equal(x.at(-1), 1000);
});

test("a short line stays as it is", () => {
  assert.deepEqual(thinned([1, 2], [3, 4], 10), [
    [1, 2],
    [3, 4],
  ]);
});

test("smoothing starts at the first value and passes gaps over", () => {
  const smooth = smoother(0.5);
  assert.equal(smooth(4), 4);
  assert.equal(smooth(null), null);
  assert.equal(smooth(1), 2); // (0.25 · 4 + 0.5 · 1) / 0.75
});

test("axes have marks at 1, 2 or 5 times a power of ten", () => {
  assert.equal(niceStep(10, 10), 1);
  assert.equal(niceStep(15, 10), 2);
  assert.equal(niceStep(30, 10), 5);
  assert.equal(niceStep(70, 10), 10);
});
