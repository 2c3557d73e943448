/** The layers of the network on the screen: which one is looked at, what each is called, its shape. */
import { state } from "../core/state.js";
import { emit } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { layerAt } from "./ask.js";
import { currentSituation } from "./shown.js";

/**
 * Looks at a layer.
 * @param {string} path
 */
export function chooseLayer(path) {
  state.layer = path;
  emit("layer", path);
}

/**
 * The catalogue's entry of a layer of the run, of the screen where there is none: "layers[2].body[0]" →
 * Conv2d.
 * @param {string} path
 */
export function layerEntry(path) {
  const layer = layerAt({ layers: currentSituation().subject.layers }, path);
  const entries = /** @type {import("../types.js").Entry[]} */ (state.boot.catalogue.layer);
  return entries.find((entry) => entry.id === layer?.layer) ?? null;
}

/**
 * What a layer is called on the screen: "layers[2].body[0]" → "3.1 Conv2d".
 * @param {string} path
 */
export function layerLabel(path) {
  if (path === "input") return t("flow.input");
  if (path === "output") return t("flow.output");
  const numbers = [...path.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]) + 1);
  return `${numbers.join(".")} ${localized(layerEntry(path)?.label)}`.trim();
}

/** Output shapes by path, while what stands on the screen is what runs. */
export function layerShapes() {
  const { check } = state;
  const shapes = new Map();
  if (!check || currentSituation().isEdited) return shapes;
  shapes.set("input", check.input?.shape);
  shapes.set("output", check.output?.shape);
  for (const row of check.rows) shapes.set(row.path, row.shape);
  return shapes;
}
