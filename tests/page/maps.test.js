import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor } from "../../playground/ui/page/cards/feature_maps/pictures.js";
import { naming } from "../../playground/ui/page/cards/feature_maps/steps.js";
import { cameraTrouble } from "../../playground/ui/page/cards/photo/camera.js";

test("few maps are large, many stand in longer rows, a phone has room for fewer", () => {
  assert.deepEqual(
    [1, 3, 16, 32, 64].map((n) => columnsFor(n, 1000)),
    [2, 3, 8, 11, 16],
  );
  assert.deepEqual(
    [3, 16, 64].map((n) => columnsFor(n, 340)),
    [3, 4, 6],
  );
});

test("every step is named as long as a letter has room, else every so many steps", () => {
  assert.deepEqual(naming(140), { every: 1, letters: 20 });
  assert.deepEqual(naming(7), { every: 1, letters: 1 });
  assert.deepEqual(naming(3), { every: 7, letters: 3 });
});

test("a camera that does not open says why", () => {
  assert.equal(cameraTrouble({ name: "NotAllowedError" }), "photo.camera.denied");
  assert.equal(cameraTrouble({ name: "NotReadableError" }), "photo.camera.busy");
  assert.equal(cameraTrouble({ name: "NotFoundError" }), "photo.camera.none");
});
