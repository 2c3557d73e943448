import assert from "node:assert/strict";
import { test } from "node:test";
import {
  insideOf,
  listOf,
  locate,
  moveLayer,
  targetOf,
  walk,
} from "../../playground/ui/page/cards/layer_list/tree.js";
import { state } from "../../playground/ui/page/core/state.js";

state.boot = {
  catalogue: {
    layer: [
      { id: "linear", fields: [], facts: { body_field: "" } },
      { id: "residual", fields: [], facts: { body_field: "body" } },
      { id: "parallel", fields: [], facts: { body_field: "branches" } },
    ],
  },
};
const linear = (key) => ({ layer: "linear", _key: key });
/** a, R(b, P(c)), d */
const example = () => [
  linear("a"),
  {
    layer: "residual",
    _key: "R",
    body: [linear("b"), { layer: "parallel", _key: "P", branches: [linear("c")] }],
  },
  linear("d"),
];
const written = (layers) =>
  layers.map((layer) => {
    const inside = insideOf(layer);
    return inside.length ? `${layer._key}(${written(inside)})` : layer._key;
  });
/** The list after Alt with an arrow, as text; null where the layer cannot go there. */
function pressed(key, arrow) {
  const layers = example();
  const target = targetOf(layers, key, arrow);
  if (!target) return null;
  moveLayer(layers, key, target.ownerKey, target.index);
  return written(layers).join();
}

test("all layers are walked in order, with their paths and their blocks", () => {
  const places = [...walk(example())].map(({ path, owner }) => [path, owner?._key ?? null]);
  assert.deepEqual(places, [
    ["layers[0]", null],
    ["layers[1]", null],
    ["layers[1].body[0]", "R"],
    ["layers[1].body[1]", "R"],
    ["layers[1].body[1].branches[0]", "P"],
    ["layers[2]", null],
  ]);
});

test("up and down move a layer within its list", () => {
  assert.equal(pressed("d", "ArrowUp"), "a,d,R(b,P(c))");
  assert.equal(pressed("a", "ArrowDown"), "R(b,P(c)),a,d");
  assert.equal(pressed("b", "ArrowDown"), "a,R(P(c),b),d");
});

test("at the ends of the outer list there is nowhere to go", () => {
  assert.equal(pressed("a", "ArrowUp"), null);
  assert.equal(pressed("d", "ArrowDown"), null);
  assert.equal(pressed("d", "ArrowLeft"), null);
});

test("at the ends of its block a layer leaves it", () => {
  assert.equal(pressed("b", "ArrowUp"), "a,b,R(P(c)),d");
  assert.equal(pressed("P", "ArrowDown"), "a,R(b),P(c),d");
  assert.equal(pressed("c", "ArrowLeft"), "a,R(b,P,c),d");
});

test("right goes to the end of the block above, and nowhere without one", () => {
  assert.equal(pressed("d", "ArrowRight"), "a,R(b,P(c),d)");
  assert.equal(pressed("R", "ArrowRight"), null);
  assert.equal(pressed("a", "ArrowRight"), null);
});

test("a layer is dropped before the row it was let go over, in its own list too", () => {
  const layers = example();
  moveLayer(layers, "a", null, 3);
  assert.equal(written(layers).join(), "R(b,P(c)),d,a");
  moveLayer(layers, "a", "P", 0);
  assert.equal(written(layers).join(), "R(b,P(a,c)),d");
});

test("a block without a list gets one when something is put in", () => {
  const layers = [{ layer: "residual", _key: "R" }, linear("a")];
  moveLayer(layers, "a", "R", 0);
  assert.deepEqual(layers[0].body, [linear("a")]);
  assert.equal(listOf(layers, "R"), layers[0].body);
});

test("a layer of another version is a plain one", () => {
  const layers = [{ layer: "hyperconv", _key: "h", body: [linear("x")] }];
  assert.deepEqual([...walk(layers)].length, 1);
  assert.equal(locate(layers, "h").index, 0);
});
