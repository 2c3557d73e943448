import assert from "node:assert/strict";
import { test } from "node:test";
import { mayBeLuck, unbeaten } from "../../playground/ui/page/run/baselines.js";
import { deadUnits } from "../../playground/ui/page/run/dead_units.js";
import { findings, lastFifth } from "../../playground/ui/page/run/findings.js";
import { isLuck } from "../../playground/ui/page/run/luck.js";

const labelOf = (path) => path;

/** A history with these columns. */
function historyOf({ accuracy = [], gradients = [], updates = [], valAccuracy = [], valLoss = [] }) {
  const n = Math.max(accuracy.length, gradients.length);
  return {
    steps: { step: [] },
    layers: {
      step: Array.from({ length: n }, (_, i) => i),
      grad_norm: gradients,
      update_ratio: updates,
      train_accuracy: accuracy,
    },
    epochs: { epoch: valAccuracy.map((_, i) => i + 1), val_accuracy: valAccuracy, val_loss: valLoss },
    events: [],
    layer_names: ["layers[0]", "output"],
    part_names: [],
    metrics: ["accuracy"],
  };
}
const keysOf = (history, options) =>
  findings({ history, labelOf, isRunning: false, classes: 10, nValidation: 1000, ...options }).map(
    ({ key }) => key,
  );

test("the last fifth of a run counts, and at least three measurements", () => {
  assert.deepEqual([0, 2, 10, 15, 100, 2048].map(lastFifth), [0, 2, 3, 3, 20, 410]);
});

test("a network that learnt nothing is told so and gets no tick", () => {
  const history = historyOf({
    accuracy: [0.08, 0.08, 0.08],
    valAccuracy: [0.1, 0.1, 0.1],
    valLoss: [2.3, 2.3, 2.3],
  });
  assert.deepEqual(keysOf(history), ["advice.guessing"]);
  const [finding] = findings({ history, labelOf, isRunning: false, classes: 10, nValidation: 1000 });
  assert.deepEqual(finding.values, { given: "10.0 %", chance: "10.0 %" });
  assert.equal(finding.bad, true);
});

test("nothing is said of guessing before the third epoch of a run that goes on", () => {
  const history = historyOf({ accuracy: [0.1], valAccuracy: [0.1], valLoss: [2.3] });
  assert.deepEqual(keysOf(history, { isRunning: true }), []);
});

test("guessing is what chance gives within two standard deviations", () => {
  // 10 classes, 1000 samples: the deviation is sqrt(0.09 / 1000) = 0.0095
  assert.equal(isLuck(0.118, 0.1, 1000), true);
  assert.equal(isLuck(0.12, 0.1, 1000), false);
});

const ALWAYS_BONN = { name: "majority", answer: "Bonn", metric: "accuracy", scores: { accuracy: 0.6 } };
const LAST = { name: "last", answer: "", metric: "mae", lower_is_better: true, scores: { mae: 2 } };

test("a network that is no better than always saying Bonn is told so, and not that it guesses", () => {
  const history = historyOf({ accuracy: [0.5], valAccuracy: [0.6], valLoss: [0.7] });
  const [finding, ...more] = findings({
    history,
    labelOf,
    isRunning: false,
    classes: 2,
    nValidation: 10,
    baselines: [ALWAYS_BONN],
  });
  assert.equal(more.length, 0);
  assert.equal(finding.key, "baseline.no_better");
  assert.deepEqual(finding.values, { given: "60.0 %", what: "majority", score: "60.0 %" });
});

test("a network must be better by the metric of each baseline, and has three epochs to become so", () => {
  const epochs = { epoch: [1], val_mae: [2.5], val_accuracy: [0.7] };
  assert.equal(unbeaten(epochs, [ALWAYS_BONN, LAST]), LAST);
  assert.equal(unbeaten({ ...epochs, val_mae: [1.5] }, [ALWAYS_BONN, LAST]), null);
  assert.equal(unbeaten({ epoch: [1], val_mae: [null] }, [LAST]), null);
  const best = { ...ALWAYS_BONN, name: "linear", scores: { accuracy: 0.9 } };
  assert.equal(unbeaten({ epoch: [1], val_accuracy: [0.5] }, [ALWAYS_BONN, best]), best);
  const history = historyOf({ accuracy: [0.5], valAccuracy: [0.5], valLoss: [0.7] });
  assert.deepEqual(keysOf(history, { isRunning: true, baselines: [ALWAYS_BONN] }), ["advice.gap"]);
});

test("a network that is better on few samples may only be lucky", () => {
  const epochs = { epoch: [3], val_accuracy: [0.7], val_mae: [1] };
  // 0.6 on 50 samples: the deviation is sqrt(0.24 / 50) = 0.0693; on 100 it is 0.0490
  assert.equal(mayBeLuck(epochs, [LAST, ALWAYS_BONN], 50), true);
  assert.equal(mayBeLuck(epochs, [LAST, ALWAYS_BONN], 100), false);
  assert.equal(mayBeLuck(epochs, [LAST], 1), false); // errors are no counts
});

test("overfitting shows in a run of ten measurements: the early ones do not count", () => {
  const accuracy = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1, 1];
  const history = historyOf({
    accuracy,
    valAccuracy: [0.7, 0.75, 0.74, 0.73],
    valLoss: [0.9, 0.8, 0.95, 1.1],
  });
  const [finding] = findings({ history, labelOf, isRunning: false, classes: 10, nValidation: 1000 });
  assert.equal(finding.key, "advice.overfitting");
  // the last three: (0.99 + 1 + 1) / 3 = 0.99667, less 0.73
  assert.deepEqual(finding.values, {
    train: "99.7 %",
    validation: "73.0 %",
    gap: "26.7",
    epoch: 2,
    best: "0.800",
    now: "1.100",
  });
});

test("validation that keeps up gets its tick", () => {
  const history = historyOf({ accuracy: [0.9, 0.9, 0.9], valAccuracy: [0.91], valLoss: [0.3] });
  assert.deepEqual(keysOf(history), ["advice.gap"]);
});

test("gradients that vanish come before what is good", () => {
  const history = historyOf({
    accuracy: [0.9, 0.9, 0.9],
    gradients: [[1e-4, 1]],
    updates: [[1e-3, 1e-3]],
    valAccuracy: [0.9],
    valLoss: [0.3],
  });
  assert.deepEqual(keysOf(history), ["advice.vanishing", "advice.gap"]);
});

test("even gradients and large updates are told of the layers that have them", () => {
  const history = historyOf({ gradients: [[1, 2]], updates: [[0.2, 0.1]] });
  const all = findings({ history, labelOf, isRunning: true });
  assert.deepEqual(
    all.map(({ key, values }) => [key, values.layer ?? values.ratio]),
    [
      ["advice.large_updates", "layers[0]"],
      ["advice.even", "2.0"],
    ],
  );
});

test("layers with dead units are one finding, named after the worst", () => {
  const layers = Array.from({ length: 17 }, (_, i) => ({ path: `layers[${i}]`, share: 0.3 + i / 100 }));
  const [finding, ...more] = deadUnits(layers, labelOf);
  assert.equal(more.length, 0);
  assert.equal(finding.key, "advice.dead_many");
  assert.deepEqual(finding.values, { share: "46.0 %", layer: "layers[16]", n: 17 });
  assert.deepEqual(deadUnits([{ path: "layers[0]", share: 0.29 }], labelOf), []);
  assert.equal(deadUnits([{ path: "layers[0]", share: 0.5 }], labelOf)[0].key, "advice.dead");
});
