import assert from "node:assert/strict";
import { test } from "node:test";
import { hearPause, untilNext } from "../../playground/ui/page/run/intervals.js";

/** Just after a question of a card that wants four a second. */
const pause = () => untilNext(performance.now(), 4);

/** @param {number} given @param {number} wanted milliseconds; the clock goes on between two looks at it */
function isAbout(given, wanted) {
  assert.ok(given <= wanted && given > wanted - 50, `${given} for ${wanted}`);
}

test("without a run and beside few pages a card asks as often as it wants", () => {
  isAbout(pause(), 250);
  hearPause(25);
  isAbout(pause(), 250);
});

test("a server with many pages says how long each waits, and when they are gone", () => {
  hearPause(1250);
  isAbout(pause(), 1250);
  hearPause(undefined);
  isAbout(pause(), 1250);
  hearPause(50);
  isAbout(pause(), 250);
});

test("who has waited long enough asks at once", () => {
  hearPause(1250);
  assert.equal(untilNext(performance.now() - 2000, 4), 0);
});
