import assert from "node:assert/strict";
import { test } from "node:test";
import {
  extentOf,
  fitting,
  gridsOf,
  indexOf,
  rolesOf,
  strengthOf,
} from "../../playground/ui/page/labs/parts/cells.js";
import { inSentence, numberOf, textOf } from "../../playground/ui/page/labs/parts/numbers.js";
import { inside, movedBy, pixelAt, placeFields } from "../../playground/ui/page/labs/parts/picture_places.js";
import { polyline, scaleOf } from "../../playground/ui/page/labs/parts/sketch_lines.js";

test("a whole number is shown whole, another with as many digits as asked for", () => {
  const cases = [
    [16777216, "16777216"],
    [0, "0"],
    [-0.5, "-0.5"],
    [1234.567, "1235"],
    [2.71936, "2.72"],
    [0.012345, "0.0123"],
    [0.00001234, "1.23e-5"],
    [1234567.8, "1.23e6"],
    [9.999, "10"],
  ];
  for (const [value, text] of cases) assert.equal(textOf(value), text);
  assert.equal(textOf(2.71936, 5), "2.7194");
});

test("what is no finite number is shown as it is called", () => {
  assert.deepEqual(
    ["NaN", "Infinity", true, null].map((value) => textOf(value)),
    ["NaN", "Infinity", "True", "–"],
  );
  assert.equal(numberOf("-Infinity"), Number.NEGATIVE_INFINITY);
  assert.equal(numberOf("x"), null);
});

test("a shape in a sentence is a tuple, a large count is grouped", () => {
  assert.equal(inSentence([5, 3, 4]), "(5, 3, 4)");
  assert.equal(inSentence([3]), "(3,)");
  assert.equal(inSentence([]), "()");
  assert.equal(inSentence(529984), "529,984");
});

test("an array of any rank becomes grids of its last two axes", () => {
  assert.deepEqual(gridsOf(7, []), [{ prefix: [], rows: [[7]] }]);
  assert.deepEqual(gridsOf([1, 2], [2]), [{ prefix: [], rows: [[1, 2]] }]);
  assert.deepEqual(gridsOf([[1], [2]], [2, 1]), [{ prefix: [], rows: [[1], [2]] }]);
  const deep = gridsOf([[[[1]], [[2]]]], [1, 2, 1, 1]);
  assert.deepEqual(
    deep.map(({ prefix }) => prefix),
    [
      [0, 0],
      [0, 1],
    ],
  );
  assert.deepEqual(gridsOf([], [0]), [{ prefix: [], rows: [[]] }]);
  assert.deepEqual(gridsOf([], [0, 3]), [{ prefix: [], rows: [] }]);
});

test("cells beyond what is drawn are counted", () => {
  const { grids, left } = fitting(
    gridsOf(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [2, 3],
    ),
    4,
  );
  assert.deepEqual(grids[0].rows, [[1, 2, 3], [4]]);
  assert.equal(left, 2);
});

test("a mark finds its cell by the index that torch has", () => {
  const roles = rolesOf([
    [[1, 0], "shared"],
    [[2], "changed"],
    [[], "accent"],
  ]);
  assert.equal(roles.get(String(indexOf(2, [], 1, 0))), "shared");
  assert.equal(roles.get(String(indexOf(1, [], 0, 2))), "changed");
  assert.equal(roles.get(String(indexOf(0, [], 0, 0))), "accent");
  assert.equal(indexOf(4, [3, 1], 0, 2).join(), "3,1,0,2");
});

test("the colour of a value is as strong as it is far from zero, a level as it is high", () => {
  const extent = extentOf(gridsOf([-4, 2, "NaN", "Infinity"], [4]));
  assert.deepEqual(extent, { low: -4, high: 2 });
  assert.equal(strengthOf(2, "values", extent), 0.5);
  assert.equal(strengthOf(-4, "values", extent), -1);
  assert.equal(strengthOf("Infinity", "values", extent), 1);
  assert.equal(strengthOf("NaN", "values", extent), null);
  assert.equal(strengthOf(-1, "levels", extent), 0.5);
  assert.equal(strengthOf(1, "", extent), null);
  assert.equal(strengthOf(0, "values", extentOf(gridsOf([0], [1]))), 0);
});

test("a window moves by arrow keys and by a click, and stays on the picture", () => {
  assert.deepEqual(movedBy({ row: 3, column: 3 }, "ArrowUp", false), { row: 2, column: 3 });
  assert.deepEqual(movedBy({ row: 3, column: 3 }, "ArrowRight", true), { row: 3, column: 8 });
  assert.equal(movedBy({ row: 3, column: 3 }, "Enter", false), null);
  assert.deepEqual(inside({ row: -2, column: 40 }, 28, 28), { row: 0, column: 27 });
  const box = { left: 10, top: 20, width: 280, height: 280 };
  assert.deepEqual(pixelAt(box, 10 + 125, 20 + 59, 28, 28), { row: 5, column: 12 });
  assert.deepEqual(placeFields({ row_field: "row", column_field: "" }, { row: 5, column: 12 }), { row: 5 });
});

test("the small picture of a figure breaks its line where a number is missing", () => {
  const trace = { x: [0, 1, 2, 3], y: [0, 1, "NaN", 1] };
  const scale = scaleOf({ traces: [trace], layout: {} }, 106, 106);
  const { paths, points } = polyline(trace, scale);
  assert.deepEqual(paths, ["M6 100L37.3 6", "M100 6"]);
  assert.equal(points.length, 3);
});
