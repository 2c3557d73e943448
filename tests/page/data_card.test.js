import assert from "node:assert/strict";
import { test } from "node:test";
import { looksOf, nextData } from "../../playground/ui/page/cards/data_card/next_set.js";
import { passedOver, rangeOf } from "../../playground/ui/page/cards/table_data/ranges.js";
import { state } from "../../playground/ui/page/core/state.js";
import { suitLoss } from "../../playground/ui/page/experiment/suited_loss.js";

const field = (name, usual) => ({ name, default: usual });

test("another data set keeps what both have with the same default", () => {
  const present = { fields: [field("batch_size", 64), field("noise", 0.1), field("size", 500)] };
  const next = {
    default: { dataset: "moons", batch_size: 64, noise: 0.2 },
    fields: [field("batch_size", 64), field("noise", 0.2)],
  };
  const data = { dataset: "xor", batch_size: 32, noise: 0.4, size: 900 };
  assert.deepEqual(nextData(data, present, next), { dataset: "moons", batch_size: 32, noise: 0.2 });
  assert.deepEqual(next.default.batch_size, 64);
});

test("a small table brings a small batch, and leaves with it", () => {
  const set = (name, batch) => ({
    default: { dataset: name, batch_size: 64 },
    fields: [field("batch_size", 64)],
    facts: { usual_batch: batch },
  });
  const [digits, iris] = [set("digits", 64), set("iris", 16)];
  assert.equal(nextData(digits.default, digits, iris).batch_size, 16);
  assert.equal(nextData({ dataset: "iris", batch_size: 16 }, iris, digits).batch_size, 64);
  assert.equal(nextData({ dataset: "digits", batch_size: 128 }, digits, iris).batch_size, 128);
});

test("a preview does not depend on how the data are learnt", () => {
  const data = { dataset: "xor", noise: 0.1, batch_size: 32, validation: 0.2, augment: null };
  assert.equal(looksOf(data), looksOf({ ...data, batch_size: 8, validation: 0.5, augment: { shift: 1 } }));
  assert.notEqual(looksOf(data), looksOf({ ...data, noise: 0.2 }));
});

test("the loss changes only where it cannot judge the task", () => {
  state.boot = {
    catalogue: {
      task: [{ id: "regression", facts: { natural: "mse" } }],
      loss: [
        { id: "mae", tasks: ["regression"], default: { loss: "mae" } },
        { id: "mse", tasks: ["regression"], default: { loss: "mse" } },
        { id: "cross_entropy", tasks: ["classification"], default: { loss: "cross_entropy" } },
      ],
    },
  };
  const experiment = { training: { loss: { loss: "cross_entropy" } } };
  suitLoss(experiment, "regression");
  assert.deepEqual(experiment.training.loss, { loss: "mse" });
  const other = { training: { loss: { loss: "mae" } } };
  suitLoss(other, "regression");
  assert.deepEqual(other.training.loss, { loss: "mae" });
});

test("a bar says its category, or from where to where it goes", () => {
  assert.equal(rangeOf({ counts: [3, 1], low: 0, high: 0, names: ["Paris", "Rome"] }, 1, String), "Rome");
  assert.equal(rangeOf({ counts: [3, 1], low: 10, high: 20, names: null }, 1, String), "15 – 20");
});

test("columns that were passed over are named, three at most", () => {
  const columns = [
    { name: "price", target: true },
    { name: "note", target: false },
  ];
  assert.equal(passedOver({ columns }), null);
  assert.deepEqual(passedOver({ columns, passed_over: ["a", "b", "c", "d", "e"] }), {
    target: "price",
    names: "a, b, c",
    nMore: 2,
  });
});
