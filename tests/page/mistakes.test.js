import assert from "node:assert/strict";
import { test } from "node:test";
import { commonMistakes } from "../../playground/ui/page/cards/report/mistakes.js";

test("the mistakes that happen most come first, and right answers are none", () => {
  const confusion = [
    [90, 2, 0],
    [7, 80, 1],
    [0, 0, 99],
  ];
  assert.deepEqual(commonMistakes(confusion), [
    { truth: 1, guess: 0, count: 7 },
    { truth: 0, guess: 1, count: 2 },
    { truth: 1, guess: 2, count: 1 },
  ]);
});

test("six mistakes are enough, and a network without any has none", () => {
  const allWrong = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
  assert.equal(commonMistakes(allWrong).length, 6);
  assert.deepEqual(
    commonMistakes([
      [5, 0],
      [0, 5],
    ]),
    [],
  );
});
