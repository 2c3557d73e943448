/**
 * Keys of layers: each stays with its layer while that moves, so that rows on the screen are moved and
 * not redrawn.
 */
import { isSameJson } from "../core/json.js";

/** @typedef {import("../types.js").Layer} Layer */

let given = 0;

/** @param {any} value */
const isLayerList = (value) =>
  Array.isArray(value) && value.every((item) => item && typeof item === "object" && "layer" in item);

/**
 * The names of a layer's fields that hold layers themselves.
 * @param {Layer} layer
 */
const bodiesOf = (layer) => Object.keys(layer).filter((name) => isLayerList(layer[name]));

/** @param {Layer[]} layers */
function giveKeys(layers) {
  for (const layer of layers) {
    if (!layer._key) {
      layer._key = `k${given}`;
      given += 1;
    }
    for (const name of bodiesOf(layer)) giveKeys(layer[name]);
  }
}

/**
 * Hands the key of a layer, and of all layers in it, to the layer that takes its place.
 * @param {Layer | undefined} to
 * @param {Layer | undefined} from
 */
function handOver(to, from) {
  if (!to || !from || to._key || to.layer !== from.layer) return;
  to._key = from._key;
  for (const name of bodiesOf(to)) inheritKeys(to[name], from[name] ?? []);
}

/**
 * Carries the keys of `old` over to a list that came from elsewhere: equal layers at the beginning and at
 * the end keep theirs; where both lists are equally long, those between do too.
 * @param {Layer[]} layers
 * @param {Layer[]} old
 */
function inheritKeys(layers, old) {
  let head = 0;
  while (head < layers.length && head < old.length && isSameJson(layers[head], old[head])) {
    handOver(layers[head], old[head]);
    head += 1;
  }
  const rest = Math.min(layers.length, old.length) - head;
  let tail = 0;
  while (tail < rest && isSameJson(layers.at(-1 - tail), old.at(-1 - tail))) {
    handOver(layers.at(-1 - tail), old.at(-1 - tail));
    tail += 1;
  }
  if (layers.length !== old.length) return;
  for (let i = head; i < layers.length - tail; i += 1) handOver(layers[i], old[i]);
}

/**
 * The experiment with a key on each layer, those of `old` where they are the same layers.
 * @param {any} experiment
 * @param {any} [old]
 */
export function keyed(experiment, old = null) {
  if (!Array.isArray(experiment.layers)) experiment.layers = [];
  if (old) inheritKeys(experiment.layers, old.layers);
  giveKeys(experiment.layers);
  return experiment;
}
