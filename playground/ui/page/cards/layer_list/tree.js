/**
 * The list of layers as a tree: a block holds layers of its own. Where a layer is, and where the arrows
 * move it.
 */
import { entryOf } from "../../experiment/catalogue.js";

/** @typedef {import("../../types.js").Layer} Layer */

/**
 * @typedef {object} Place Where a layer stands.
 * @property {Layer[]} list that holds it
 * @property {number} index in that list
 * @property {Layer} layer
 * @property {string} path such as "layers[2].body[0]"
 * @property {Layer | null} owner the block whose list it is; null for the outer list
 */

/**
 * The name of the field in which a layer holds others; null for a plain layer.
 * @param {Layer} layer
 * @returns {string | null}
 */
export function bodyOf(layer) {
  return entryOf("layer", layer.layer)?.facts?.body_field || null;
}

/**
 * The layers that a block holds.
 * @param {Layer} block
 * @returns {Layer[]}
 */
export function insideOf(block) {
  const body = bodyOf(block);
  return body ? (block[body] ?? []) : [];
}

/**
 * All layers in order, those of a block after it.
 * @param {Layer[]} layers
 * @param {string} [path]
 * @param {Layer | null} [owner]
 * @returns {Generator<Place>}
 */
export function* walk(layers, path = "layers", owner = null) {
  for (const [index, layer] of layers.entries()) {
    const place = `${path}[${index}]`;
    yield { list: layers, index, layer, path: place, owner };
    yield* walk(insideOf(layer), `${place}.${bodyOf(layer)}`, layer);
  }
}

/**
 * @param {Layer[]} layers
 * @param {string} key
 * @returns {any} a Place: the caller has the key of a layer that is there
 */
export const locate = (layers, key) => [...walk(layers)].find(({ layer }) => layer._key === key);

/**
 * The list that a block holds, made where it has none yet; the outer list for null.
 * @param {Layer[]} layers
 * @param {string | null} ownerKey
 * @returns {Layer[]}
 */
export function listOf(layers, ownerKey) {
  if (!ownerKey) return layers;
  const { layer } = locate(layers, ownerKey);
  const body = bodyOf(layer) ?? "";
  layer[body] ??= [];
  return layer[body];
}

/**
 * Moves a layer, in place, before `index` of the list of `ownerKey`.
 * @param {Layer[]} layers
 * @param {string} key
 * @param {string | null} ownerKey
 * @param {number} index as counted before the layer is taken out
 */
export function moveLayer(layers, key, ownerKey, index) {
  const target = listOf(layers, ownerKey);
  const from = locate(layers, key);
  from.list.splice(from.index, 1);
  const isFromBefore = from.list === target && from.index < index;
  target.splice(isFromBefore ? index - 1 : index, 0, from.layer);
}

/**
 * Where Alt with an arrow moves a layer: up and down in its list and, at the ends, out of its block; right
 * into the
 * block above, left out of its block. Null where there is nowhere to go.
 * @param {Layer[]} layers
 * @param {string} key
 * @param {string} arrow such as "ArrowUp"
 * @returns {{ownerKey: string | null, index: number} | null}
 */
export function targetOf(layers, key, arrow) {
  const { list, index, owner } = locate(layers, key);
  const ownerKey = owner?._key ?? null;
  if (arrow === "ArrowUp" && index > 0) return { ownerKey, index: index - 1 };
  if (arrow === "ArrowDown" && index < list.length - 1) return { ownerKey, index: index + 2 };
  if (arrow === "ArrowRight") return intoBlock(list[index - 1]);
  if (!owner) return null;
  const outside = locate(layers, owner._key);
  return {
    ownerKey: outside.owner?._key ?? null,
    index: outside.index + (arrow === "ArrowUp" ? 0 : 1),
  };
}

/** @param {Layer | undefined} block the layer above */
function intoBlock(block) {
  if (!block || bodyOf(block) === null) return null;
  return { ownerKey: block._key ?? null, index: insideOf(block).length };
}
