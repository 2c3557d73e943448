import assert from "node:assert/strict";
import { test } from "node:test";
import { extentOf, mix } from "../../playground/ui/page/cards/boundary/surface.js";

const RED = [200, 0, 0];
const BLUE = [0, 0, 200];
const WHITE = [255, 255, 255];

test("a place where the network only guesses is almost the ground", () => {
  const pixels = [0, 0, 0, 0];
  mix(pixels, 0, [0.5, 0.5], [RED, BLUE], WHITE);
  // the mean of both colours is (100, 0, 100), of which 0.12 shows
  assert.deepEqual(pixels.map(Math.round), [236, 224, 236, 255]);
});

test("a place where the network is sure is of its class", () => {
  const pixels = [0, 0, 0, 0];
  mix(pixels, 0, [1, 0], [RED, BLUE], WHITE);
  // 0.62 of the way from white to red
  assert.deepEqual(pixels.map(Math.round), [221, 97, 97, 255]);
});

test("a network whose outputs are no numbers leaves the ground", () => {
  const pixels = [0, 0, 0, 0];
  mix(pixels, 0, [0, 0], [RED, BLUE], WHITE);
  assert.deepEqual(pixels, [255, 255, 255, 255]);
});

test("the plane is a square around the points with a tenth more room", () => {
  assert.deepEqual(
    extentOf([
      [0, 0],
      [10, 2],
    ]),
    [-0.5, 10.5, -4.5, 6.5],
  );
});

test("without points the plane is still a square around the origin", () => {
  assert.deepEqual(extentOf([]), [-1.1, 1.1, -1.1, 1.1]);
});
