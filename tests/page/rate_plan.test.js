import assert from "node:assert/strict";
import { test } from "node:test";
import { joinedPlan } from "../../playground/ui/page/run/rate_plan.js";

const line = (steps, lr) => ({ step: steps, lr, unknown: false });

test("without a change the plan is the server's", () => {
  const plan = line([1, 2, 3], [0.1, 0.05, 0]);
  assert.equal(joinedPlan(plan, 0.1, [], { step: [], lr: [] }), plan);
});

test("the old plan holds up to the change and the new one from the next step", () => {
  // the rate went from 0.1 to 0.2 after step 2; the server's plan is of the rate as it is now
  const plan = line([1, 2, 3, 4], [0.2, 0.15, 0.1, 0.05]);
  const joined = joinedPlan(plan, 0.2, [{ step: 2, value: 0.2 }], { step: [1, 2], lr: [0.1, 0.075] });
  assert.deepEqual(joined.step, [1, 2, 3, 4]);
  assert.deepEqual(joined.lr, [0.1, 0.075, 0.1, 0.05]);
});

test("the same is drawn before a reload, when the plan is still of the first rate", () => {
  const plan = line([1, 2, 3, 4], [0.1, 0.075, 0.05, 0.025]);
  const joined = joinedPlan(plan, 0.1, [{ step: 2, value: 0.2 }], { step: [1, 2], lr: [0.1, 0.075] });
  assert.deepEqual(joined.lr, [0.1, 0.075, 0.1, 0.05]);
});

test("a change between two points of the plan is a step, not a slope", () => {
  const joined = joinedPlan(line([1, 101], [1, 1]), 1, [{ step: 50, value: 1 }], { step: [1], lr: [0.5] });
  assert.deepEqual(joined.step, [1, 50, 51, 101]);
  assert.deepEqual(joined.lr, [0.5, 0.5, 1, 1]);
});

test("two changes make three pieces", () => {
  const changes = [
    { step: 1, value: 2 },
    { step: 3, value: 4 },
  ];
  const joined = joinedPlan(line([1, 2, 3, 4], [4, 4, 4, 4]), 4, changes, { step: [1], lr: [1] });
  assert.deepEqual(joined.lr, [1, 2, 2, 4]);
});

test("a warm-up that begins at nothing does not hide the first rate", () => {
  const plan = line([1, 2, 3], [0, 0.5, 1]);
  const joined = joinedPlan(plan, 1, [{ step: 2, value: 1 }], { step: [1, 2], lr: [0, 0.05] });
  assert.deepEqual(joined.lr, [0, 0.05, 1]);
});
