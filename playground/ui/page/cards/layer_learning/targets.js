/**
 * The layers that have weights, and the settings that each has of its own. What a person sets stands in
 * the layer itself (`learning`), so that it moves with it; nothing is written where a layer learns as the
 * rest.
 */
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { entryOf } from "../../experiment/catalogue.js";
import { edit } from "../../experiment/store.js";

/**
 * @typedef {object} Target
 * @property {string} path
 * @property {any} layer null for the output
 * @property {number} depth inside of blocks
 * @property {number} top the place of its outermost block among all layers
 * @property {string} label
 */

/** @typedef {Record<string, any> | null} Learning settings of one layer; null where it has none of its own */

const CLASSIFIER_SCALE = 10;
const FEATURES_LR = 1e-3;

/** The keys of the layers that have weights. @type {Set<string>} */
let weighted = new Set();

/**
 * Visits every layer, those inside of blocks too.
 * @param {any[]} layers
 * @param {(layer: any, path: string, places: number[]) => void} visit
 * @param {string} [prefix]
 * @param {number[]} [around] places of the blocks around
 */
function walk(layers, visit, prefix = "layers", around = []) {
  layers.forEach((layer, i) => {
    const path = `${prefix}[${i}]`;
    const places = [...around, i];
    visit(layer, path, places);
    if (Array.isArray(layer.body)) walk(layer.body, visit, `${path}.body`, places);
  });
}

/**
 * While a value is no good the server traces nothing: a layer keeps its row, so that the value can be put
 * right.
 */
export function rememberWeighted() {
  const rows = /** @type {any[]} */ (state.check?.rows ?? []);
  if (!rows.length) return;
  const parameters = new Map(rows.map((row) => [row.path, row.parameters]));
  const keys = new Set();
  walk(state.experiment.layers, (layer, path) => {
    if (parameters.get(path)) keys.add(layer._key);
  });
  weighted = keys;
}

/**
 * In order; the output last.
 * @param {any} [experiment]
 * @returns {Target[]}
 */
export function targetsOf(experiment = state.experiment) {
  /** @type {Target[]} */
  const targets = [];
  walk(experiment.layers, (layer, path, places) => {
    if (!weighted.has(layer._key)) return;
    const numbers = places.map((place) => place + 1).join(".");
    const label = `${numbers} ${localized(entryOf("layer", layer.layer)?.label)}`;
    targets.push({ path, layer, depth: places.length - 1, top: places[0], label });
  });
  targets.push({ path: "output", layer: null, depth: 0, top: Infinity, label: t("training.layers.output") });
  return targets;
}

/** Whether an initialiser fills its weights. @param {Target} target */
export const takesInit = ({ layer }) =>
  layer === null || /** @type {any} */ (entryOf("layer", layer.layer))?.facts.takes_init !== false;

/** @param {string} name @returns {any} the field of that name */
export const fieldOf = (name) =>
  state.boot.catalogue.learning_fields.find((/** @type {any} */ field) => field.name === name);

/**
 * The settings that differ from the rest; null where none does.
 * @param {Learning} learning
 * @returns {Learning}
 */
function differing(learning) {
  const entries = Object.entries(learning ?? {}).filter(
    ([name, value]) => value !== null && value !== (fieldOf(name)?.default ?? null),
  );
  return entries.length ? Object.fromEntries(entries) : null;
}

/**
 * @param {Target} target
 * @param {any} [experiment]
 * @returns {Learning}
 */
export function learningOf(target, experiment = state.experiment) {
  const learning = target.layer ? target.layer.learning : experiment.training.output;
  return learning ?? null;
}

/** @param {Target} target */
export const isDifferent = (target) => differing(learningOf(target)) !== null;

/**
 * @param {Target} target
 * @param {any} experiment
 * @param {Learning} learning
 */
function write(target, experiment, learning) {
  const next = differing(learning);
  if (!target.layer) experiment.training.output = next;
  else if (next) target.layer.learning = next;
  else delete target.layer.learning;
}

/**
 * Edits the settings of all layers at once.
 * @param {(target: Target, learning: Learning) => Learning} next the new settings of a layer
 * @param {{also?: (experiment: any) => void, merge?: string | null}} [options]
 */
export function changeAll(next, { also, merge = null } = {}) {
  edit(
    "edit.layer_learning",
    (experiment) => {
      for (const target of targetsOf(experiment)) {
        write(target, experiment, next(target, learningOf(target, experiment)));
      }
      also?.(experiment);
    },
    { merge },
  );
}

/**
 * @param {string} path of the layer
 * @param {string} name of the setting
 * @param {any} value
 */
export function changeOne(path, name, value) {
  changeAll((target, learning) => (target.path === path ? { ...learning, [name]: value } : learning), {
    merge: `learning.${path}.${name}`,
  });
}

/**
 * @param {string} path of the layer
 * @param {string} name of a field of its initialisation
 * @param {any} value
 */
export function changeInit(path, name, value) {
  const put = (/** @type {Learning} */ learning) => ({
    ...learning,
    init: { ...learning?.init, [name]: value },
  });
  changeAll((target, learning) => (target.path === path ? put(learning) : learning), {
    merge: `learning.${path}.init.${name}`,
  });
}

/* ---- one click ---- */

/**
 * The place of the last layer that ends the features; what follows is the classifier. -1 where there is
 * none.
 */
function endOfFeatures() {
  const layers = /** @type {any[]} */ (state.experiment.layers);
  return layers.findLastIndex(
    ({ layer }) => /** @type {any} */ (entryOf("layer", layer))?.facts.ends_features === true,
  );
}

/** @param {Target} target */
function isClassifier({ top }) {
  const end = endOfFeatures();
  // with nothing to end the features, only the output classifies
  return end < 0 ? top === Infinity : top > end;
}

/** Features learn slowly, the classifier ten times as fast. */
export function discriminate() {
  const scaleOf = (/** @type {Target} */ target) => (isClassifier(target) ? CLASSIFIER_SCALE : 1);
  changeAll((target, learning) => (target.depth ? learning : { ...learning, lr_scale: scaleOf(target) }), {
    also: (experiment) => {
      experiment.training.optimizer.lr = FEATURES_LR;
    },
  });
}

export function freezeFeatures() {
  changeAll((target, learning) => (target.depth ? learning : { ...learning, frozen: !isClassifier(target) }));
}

export const resetAll = () => changeAll(() => null);
