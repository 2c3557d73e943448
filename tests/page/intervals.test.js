import assert from "node:assert/strict";
import { test } from "node:test";
import { state } from "../../playground/ui/page/core/state.js";
import { untilNext } from "../../playground/ui/page/run/intervals.js";

/** @param {any} run */
function pauseBeside(run) {
  state.run = run;
  const now = performance.now();
  return untilNext(now, 4);
}

/** @param {number} given @param {number} wanted milliseconds; the clock goes on between two looks at it */
function isAbout(given, wanted) {
  assert.ok(given <= wanted && given > wanted - 50, `${given} for ${wanted}`);
}

test("without a run and beside few pages a card asks as often as it wants", () => {
  isAbout(pauseBeside(null), 250);
  isAbout(pauseBeside({ ask_every_ms: 25 }), 250);
});

test("a server with many pages says how long each waits", () => {
  isAbout(pauseBeside({ ask_every_ms: 1250 }), 1250);
});

test("who has waited long enough asks at once", () => {
  state.run = /** @type {any} */ ({ ask_every_ms: 1250 });
  assert.equal(untilNext(performance.now() - 2000, 4), 0);
});
