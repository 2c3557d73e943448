import assert from "node:assert/strict";
import { test } from "node:test";
import {
  folderName,
  freeName,
  lackOf,
  roomIn,
} from "../../playground/ui/page/cards/image_data/own_images/classes.js";

const pictureClass = (name, pictures) => ({ name, pictures: Array(pictures).fill("picture") });

test("two named classes of two pictures lack nothing", () => {
  assert.equal(lackOf([pictureClass("cat", 2), pictureClass("dog", 2)]), null);
});

test("the first thing that is missing is named", () => {
  const cat = pictureClass("cat", 2);
  assert.deepEqual(lackOf([cat]), { key: "own.why.classes", values: {} });
  assert.deepEqual(lackOf([cat, pictureClass(" ", 0)]), { key: "own.why.no_name", values: {} });
  const twice = lackOf([cat, pictureClass("cat ", 0)]);
  assert.deepEqual(twice, { key: "own.why.same_name", values: { name: "cat" } });
  assert.deepEqual(lackOf([cat, pictureClass("dog", 1)]), { key: "own.why.too_few", values: { n: 2 } });
});

test("the name of a folder leaves no way out of the ZIP", () => {
  assert.equal(folderName(" ../a\\b:c\u0000 "), "_._a_b_c_");
  assert.equal(folderName("x".repeat(60)).length, 40);
  assert.equal(folderName("猫"), "猫");
});

test("a new class gets the first free name after those that are there", () => {
  const nameOf = (n) => `class ${n}`;
  assert.equal(freeName([], nameOf), "class 1");
  assert.equal(freeName([pictureClass("class 2", 0)], nameOf), "class 3");
});

test("no more than 5,000 pictures are taken", () => {
  assert.equal(roomIn([pictureClass("cat", 2000), pictureClass("dog", 1000)]), 2000);
  assert.equal(roomIn([pictureClass("cat", 5001)]), 0);
});
