import assert from "node:assert/strict";
import { test } from "node:test";
import { hasEffect, someLayer } from "../../playground/ui/page/experiment/catalogue.js";

const FACTS = {
  conv2d: { has_kernels: true, body_field: "" },
  relu: { has_kernels: false, body_field: "" },
  residual: { has_kernels: false, body_field: "body" },
};
const hasKernels = (layers) => someLayer(layers, "has_kernels", (id) => FACTS[id] ?? {});

test("a fact of a layer is found in the list and inside of blocks", () => {
  assert.equal(hasKernels([{ layer: "relu" }, { layer: "conv2d" }]), true);
  const block = { layer: "residual", body: [{ layer: "residual", body: [{ layer: "conv2d" }] }] };
  assert.equal(hasKernels([{ layer: "relu" }, block]), true);
});

test("a layer without the fact, an empty block and an unknown layer do not have it", () => {
  assert.equal(hasKernels([]), false);
  assert.equal(hasKernels([{ layer: "relu" }, { layer: "residual", body: [] }, { layer: "nothing" }]), false);
  assert.equal(hasKernels([{ layer: "residual" }]), false);
});

const WEIGHTING = { name: "weighting", default: "learned" };
const CLASS_WEIGHT = { name: "class_weight", default: 1, shown_when: { weighting: ["fixed"] } };
const FIELDS = [WEIGHTING, CLASS_WEIGHT];

test("a field with a condition matters while the field beside it has such a value, its default too", () => {
  assert.equal(hasEffect({ weighting: "fixed" }, CLASS_WEIGHT, FIELDS), true);
  assert.equal(hasEffect({ weighting: "learned" }, CLASS_WEIGHT, FIELDS), false);
  assert.equal(hasEffect({}, CLASS_WEIGHT, FIELDS), false);
  assert.equal(hasEffect({}, WEIGHTING, FIELDS), true);
});

test("a condition may be a list: it matters while the list beside it is empty", () => {
  const image = { name: "image", default: [] };
  const sample = { name: "sample", default: "seven", shown_when: { image: [[]] } };
  assert.equal(hasEffect({ image: [] }, sample, [image, sample]), true);
  assert.equal(hasEffect({ image: [[1, 2]] }, sample, [image, sample]), false);
});
