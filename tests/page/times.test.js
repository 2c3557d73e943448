import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { timesOf } from "../../playground/ui/page/run/times.js";

const PREDICTED = { epoch_s: 2, total_s: 20 };
const RUN = { step: 30, n_epochs: 5, total_steps: 100, steps_per_s: 10 };
const PAGE = new URL("../../playground/ui/page/", import.meta.url).pathname;

test("before a run the times are the predicted ones", () => {
  assert.deepEqual(timesOf(PREDICTED, null), { epoch: 2, total: 20, left: 20 });
  assert.deepEqual(timesOf(PREDICTED, { ...RUN, step: 0, steps_per_s: null }), {
    epoch: 2,
    total: 20,
    left: 20,
  });
});

test("while it trains all of them follow from the speed that was measured", () => {
  assert.deepEqual(timesOf(PREDICTED, RUN), { epoch: 2, total: 10, left: 7 });
});

test("of nothing nothing is said", () => {
  assert.deepEqual(timesOf(null, null), { epoch: null, total: null, left: null });
});

test("no other script works out how long training takes", () => {
  const paths = readdirSync(PAGE, { recursive: true }).filter((path) => path.endsWith(".js"));
  const own = paths.filter((path) =>
    /\b(epoch_s|total_s|steps_per_s|time_left_s)\b/.test(readFileSync(join(PAGE, path), "utf8")),
  );
  assert.deepEqual(own.sort(), ["run/times.js", "run/types.js"]);
});
