import assert from "node:assert/strict";
import { test } from "node:test";
import { toJson } from "../../playground/ui/page/core/json.js";
import { canonical } from "../../playground/ui/page/experiment/canonical.js";
import { keyed } from "../../playground/ui/page/experiment/keys.js";

test("two experiments that train alike are the same, whatever their names, keys and order", () => {
  const one = { name: "A", data: { dataset: "xor", size: 5 }, layers: [{ layer: "relu", _key: "k1" }] };
  const other = { layers: [{ _key: "k9", layer: "relu" }], data: { size: 5, dataset: "xor" }, name: "B" };
  assert.equal(canonical(one), canonical(other));
});

test("another value, another layer or another order of layers is another experiment", () => {
  const base = { layers: [{ layer: "relu" }, { layer: "linear", units: 3 }] };
  const others = [
    { layers: [{ layer: "relu" }, { layer: "linear", units: 4 }] },
    { layers: [{ layer: "relu" }] },
    { layers: [{ layer: "linear", units: 3 }, { layer: "relu" }] },
  ];
  for (const other of others) assert.notEqual(canonical(base), canonical(other));
});

test("keys of layers are never sent", () => {
  const experiment = keyed({ layers: [{ layer: "residual", body: [{ layer: "relu" }] }] });
  assert.ok(experiment.layers[0]._key && experiment.layers[0].body[0]._key);
  assert.equal(toJson(experiment), '{"layers":[{"layer":"residual","body":[{"layer":"relu"}]}]}');
});

const list = (...layers) => ({ layers: layers.map((layer) => ({ layer })) });
const keysOf = (experiment) => experiment.layers.map((layer) => layer._key);

test("a list that comes back from the server keeps its keys", () => {
  const old = keyed(list("linear", "relu", "linear"));
  assert.deepEqual(keysOf(keyed(list("linear", "relu", "linear"), old)), keysOf(old));
});

test("around a layer that was put in or taken out all others keep theirs", () => {
  const old = keyed(list("conv2d", "relu", "flatten"));
  const [conv, relu, flatten] = keysOf(old);
  const longer = keysOf(keyed(list("conv2d", "dropout", "relu", "flatten"), old));
  assert.deepEqual([longer[0], longer[2], longer[3]], [conv, relu, flatten]);
  assert.ok(![conv, relu, flatten].includes(longer[1]));
  assert.deepEqual(keysOf(keyed(list("conv2d", "flatten"), old)), [conv, flatten]);
});

test("a layer with another setting keeps its key; another kind of layer gets a new one", () => {
  const old = keyed({ layers: [{ layer: "linear", units: 3 }, { layer: "relu" }] });
  const next = keyed({ layers: [{ layer: "linear", units: 4 }, { layer: "tanh" }] }, old);
  assert.equal(next.layers[0]._key, old.layers[0]._key);
  assert.notEqual(next.layers[1]._key, old.layers[1]._key);
});

test("layers in a block keep their keys too", () => {
  const block = (units) => ({
    layers: [{ layer: "residual", body: [{ layer: "linear", units }, { layer: "relu" }] }],
  });
  const old = keyed(block(3));
  const next = keyed(block(4), old);
  assert.deepEqual(
    next.layers[0].body.map((layer) => layer._key),
    old.layers[0].body.map((layer) => layer._key),
  );
});

test("what is no list of layers becomes an empty one", () => {
  assert.deepEqual(keyed({ layers: "none" }).layers, []);
});
