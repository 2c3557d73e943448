import assert from "node:assert/strict";
import { test } from "node:test";
import { endsOf } from "../../playground/ui/page/labs/parts/axis_ends.js";
import { clean } from "../../playground/ui/page/labs/parts/figure_traces.js";
import { layersOf } from "../../playground/ui/page/labs/parts/graph_layers.js";
import { arranged, curve } from "../../playground/ui/page/labs/parts/graph_layout.js";
import {
  flowsAt,
  happened,
  hasGrad,
  hasValue,
  stepNow,
} from "../../playground/ui/page/labs/parts/graph_steps.js";
import {
  changesOf,
  fittingPlace,
  pulled,
  standing,
  stepped,
  toPixel,
  toValue,
} from "../../playground/ui/page/labs/parts/handle_places.js";
import { fitting } from "../../playground/ui/page/labs/values.js";

const across = { type: "linear", range: [-3, 3], offset: 50, length: 600 };
const up = { type: "linear", range: [0, 10], offset: 10, length: 200, isUp: true };
const powers = { type: "log", range: [-4, 0], offset: 0, length: 400 };

test("a handle stands where its axis has its value, and at the end of the axis beyond", () => {
  assert.equal(toPixel(across, 0), 350);
  assert.equal(toPixel(up, 10), 10);
  assert.equal(toPixel(powers, 0.01), 200);
  assert.equal(toPixel(across, 99), 650);
  assert.equal(toPixel(powers, -1), 0);
});

test("a dragged handle gets a round value, never one outside of the axis", () => {
  assert.equal(toValue(across, 350), 0);
  assert.equal(toValue(across, 420), 0.7);
  assert.equal(toValue(up, 10), 10);
  assert.equal(toValue(up, -500), 10);
  assert.equal(toValue(powers, 200), 0.01);
});

test("an arrow key moves by a hundredth of the axis, with Shift by a tenth", () => {
  assert.equal(stepped(across, 2, 1, false), 2.1);
  assert.equal(stepped(across, 2, -1, true), 1);
  assert.equal(stepped(across, 0.1, -1, false), 0);
  assert.equal(stepped(powers, 0.01, 1, true), 0.0316);
});

test("a handle writes a number, a pair, or one element of a list", () => {
  assert.deepEqual(changesOf({ x_field: "at", y_field: "" }, 1, 2), { at: 1 });
  assert.deepEqual(changesOf({ x_field: "w", y_field: "b" }, 1, 2), { w: 1, b: 2 });
  assert.deepEqual(changesOf({ x_field: "start", y_field: "start" }, 1, 2), { start: [1, 2] });
  const knot = {
    x_field: "knots",
    y_field: "knots",
    index: 1,
    whole: [
      [0, 0],
      [5, 5],
    ],
  };
  assert.deepEqual(changesOf(knot, 1, 2), {
    knots: [
      [0, 0],
      [1, 2],
    ],
  });
  const height = { x_field: "", y_field: "ys", index: 0 };
  assert.deepEqual(changesOf(height, 1, 2, { ys: [7, 8] }), { ys: [2, 8] });
});

test("a handle stands where its fields can be: at whole numbers, within their limits", () => {
  const fields = [
    { name: "steps", control: "integer", min: 0, max: 20 },
    { name: "lr", control: "number", min: 0, max: null },
  ];
  const fit = (changes) => fitting(fields, changes);
  const handle = { x_field: "steps", y_field: "lr", index: null };
  assert.deepEqual(fittingPlace(handle, { x: 3.2, y: -2 }, fit), { x: 3, y: 0 });
  assert.deepEqual(fittingPlace({ ...handle, index: 1 }, { x: 3.2, y: -2 }, fit), { x: 3.2, y: -2 });
  assert.deepEqual(fittingPlace({ x_field: "", y_field: "lr" }, { x: 3.2, y: -2 }, fit), { x: 3.2, y: 0 });
  assert.deepEqual(fittingPlace(handle, { x: 3.2, y: -2 }, undefined), { x: 3.2, y: -2 });
});

test("a handle that was moved does not go back when an answer to an older state comes", () => {
  const handle = { x_field: "at", y_field: "", x: 2, y: 8 };
  assert.deepEqual(standing({ x: 2.2, y: 8 }, handle, { at: 2.2 }), { x: 2.2, y: 8 });
  assert.deepEqual(standing({ x: 1.9, y: 5 }, handle, { at: 2 }), { x: 2, y: 8 });
  assert.deepEqual(standing(undefined, handle, { at: 2 }), { x: 2, y: 8 });
  const knot = {
    x_field: "keys",
    y_field: "keys",
    index: 0,
    whole: [
      [1, 1],
      [3, 3],
    ],
    x: 1,
    y: 1,
  };
  assert.deepEqual(
    standing({ x: 1.5, y: 1 }, knot, {
      keys: [
        [1.5, 1],
        [3, 3],
      ],
    }),
    { x: 1.5, y: 1 },
  );
  // the lab filled the field in itself: the state says null, and the answer is right
  assert.deepEqual(standing({ x: 4, y: 1 }, knot, { keys: null }), { x: 1, y: 1 });
});

test("a handle with a direction stays on it, and its field follows", () => {
  // the bias of z = x + 2y − 5, whose line comes closest to the origin at (1, 2)
  const foot = { x: 1, y: 2, x_field: "biases", y_field: "", index: 0, whole: [-5], along: [-1, -2, 0] };
  assert.deepEqual(pulled(foot, 2, 4), { x: 2, y: 4 });
  assert.deepEqual(pulled(foot, 3, 1), { x: 1, y: 2 }); // at right angles: it does not move
  assert.deepEqual(changesOf(foot, 2, 4), { biases: [-10] });
  assert.deepEqual(pulled({ x: 1, y: 2, x_field: "at", y_field: "" }, 3, 4), { x: 3, y: 2 });
});

const node = (id, forward, backward) => ({
  id,
  label: id,
  value: "1",
  grad: backward ? "2" : "",
  forward,
  backward,
});
const nodes = [node("w", 0, 4), node("x", 0, 4), node("m", 1, 3), node("b", 0, 3), node("y", 2, 2)];
const edges = [
  ["w", "m", ""],
  ["x", "m", ""],
  ["m", "y", ""],
  ["b", "y", ""],
];

test("operands stand on the left, right before what uses them first", () => {
  const layers = layersOf(nodes, edges);
  assert.deepEqual(Object.fromEntries(layers), { w: 0, x: 0, m: 1, b: 1, y: 2 });
});

test("no two nodes of a graph overlap, and edges run to the right", () => {
  const { boxes, width, height } = arranged(nodes, edges);
  const all = [...boxes.values()];
  for (const [k, a] of all.entries()) {
    assert.ok(a.x >= 0 && a.x + a.width <= width && a.y >= 0 && a.y + a.height <= height);
    for (const b of all.slice(k + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      assert.ok(apart);
    }
  }
  for (const [from, to] of edges) assert.ok(boxes.get(from).x + boxes.get(from).width < boxes.get(to).x);
});

test("an edge over several layers goes around the nodes between", () => {
  const skipping = [...edges, ["w", "y", ""]];
  const { boxes, ways } = arranged(nodes, skipping);
  const between = ways.at(-1)[1];
  assert.equal(ways.at(-1).length, 3);
  for (const id of ["m", "b"]) assert.notEqual(boxes.get(id).y, between.y);
  assert.match(curve(ways.at(-1)).path, /^M.* C.*L.* C/);
});

test("edges that run in a circle do not keep the layout from ending", () => {
  const { boxes } = arranged(nodes.slice(0, 2), [
    ["w", "x", ""],
    ["x", "w", ""],
  ]);
  assert.equal(boxes.size, 2);
});

test("values are known from their step forward, gradients from their step backward", () => {
  assert.equal(stepNow({ steps: 4 }, -1), 4);
  assert.equal(stepNow({ steps: 4 }, undefined), 4);
  assert.equal(stepNow({ steps: 4 }, 9), 4);
  assert.equal(hasValue(nodes[4], 1), false);
  assert.equal(hasValue(nodes[4], 2), true);
  assert.equal(hasGrad(nodes[2], 2), false);
  assert.equal(hasGrad(nodes[2], 3), true);
  assert.equal(hasGrad(node("c", 0, 0), 4), false);
});

test("a gradient goes back along an edge when the operation at its end goes back", () => {
  assert.equal(flowsAt(nodes[2], nodes[4], 4), 3);
  assert.equal(flowsAt(nodes[0], nodes[2], 4), 4);
  assert.equal(flowsAt(node("c", 0, 0), nodes[2], 4), 0);
});

test("each step says what happened in it", () => {
  const part = { nodes, steps: 4 };
  assert.equal(happened(part, 0).key, "part.start");
  assert.deepEqual(happened(part, 1), {
    key: "part.step_forward",
    values: { k: 1, n: 4, label: "m", value: "1" },
  });
  assert.equal(happened(part, 4).values.grads, "∂w = 2, ∂x = 2");
});

test("an axis of several powers of ten has a tick at each, one of few keeps those between", () => {
  const part = { traces: [{ y: [0.01, 5, "NaN", 300] }, { y: [0, 2] }] };
  assert.deepEqual(endsOf({ type: "log" }, part, "y"), { dtick: 1 });
  const ticks = { dtick: "D2", tickformat: "~g" };
  assert.deepEqual(endsOf({ type: "log" }, { traces: [{ y: [1, 20] }] }, "y"), ticks);
  assert.deepEqual(endsOf({ type: "log" }, { traces: [{ y: [1e-12, 1e12] }] }, "y"), { dtick: 3 });
  assert.deepEqual(endsOf({}, part, "y"), {});
  assert.deepEqual(endsOf({ type: "log" }, { traces: [{ y: [0, 0] }] }, "y"), {});
});

test("a constant is a flat line, not the noise of its last digits", () => {
  assert.ok(endsOf({}, { traces: [{ y: [10, 10.0000001] }] }, "y").range[0] < 9);
  assert.deepEqual(endsOf({}, { traces: [{ y: [10, 10] }] }, "y").range, [8, 12]);
  assert.deepEqual(endsOf({}, { traces: [{ y: [0, 0] }] }, "y"), {});
  assert.deepEqual(endsOf({}, { traces: [{ x: ["a", "b"] }] }, "x"), {});
});

test("what is not finite is a gap in a figure, at any depth, and names stay", () => {
  assert.deepEqual(
    clean(
      [
        [1, "NaN"],
        ["Infinity", 2],
      ],
      "z",
    ),
    [
      [1, null],
      [null, 2],
    ],
  );
  assert.deepEqual(clean({ text: ["a", "b"] }, ""), { text: ["a", "b"] });
});
