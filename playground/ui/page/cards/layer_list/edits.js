/**
 * What can be done to the list of layers, each as one step of undo, said aloud, with the focus where one
 * goes on.
 */
import { withoutKeys } from "../../core/json.js";
import { announce, toast } from "../../core/notices.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { entryOf } from "../../experiment/catalogue.js";
import { edit, undo } from "../../experiment/store.js";
import { menu } from "../../kit/menu.js";
import { listOf, locate, moveLayer, targetOf, walk } from "./tree.js";

/** @typedef {import("../../types.js").Entry} Entry */
/** @typedef {import("../../types.js").Layer} Layer */

/** @param {Layer} layer */
export const labelOf = (layer) => localized(entryOf("layer", layer.layer)?.label ?? layer.layer);

export class LayerEdits {
  /**
   * @param {Map<string, import("./row.js").LayerRow>} rows by the layers' keys
   * @param {() => HTMLElement} addButton where the focus goes when the last layer is gone
   */
  constructor(rows, addButton) {
    this.rows = rows;
    this.addButton = addButton;
  }

  /** @returns {Layer[]} */
  get layers() {
    return state.experiment.layers;
  }

  /**
   * Lets a person choose a layer, which is put before `index` of a block's list; at its end where none is
   * given.
   * @param {HTMLElement} anchor
   * @param {string | null} [ownerKey]
   * @param {number | null} [index]
   */
  choose(anchor, ownerKey = null, index = null) {
    menu(anchor, {
      groups: layerGroups(),
      placeholder: t("layers.search"),
      pick: (id) => this.insert(id, ownerKey, index),
    });
  }

  /**
   * @param {string} id
   * @param {string | null} ownerKey
   * @param {number | null} index
   */
  insert(id, ownerKey, index) {
    const most = state.boot.settings.max_layers ?? Number.POSITIVE_INFINITY;
    if ([...walk(this.layers)].length >= most) return toast(t("layers.limit", { n: most }));
    const length = listOf(this.layers, ownerKey).length;
    const at = Math.min(index ?? length, length);
    edit("edit.add", (experiment) => {
      const layer = structuredClone(/** @type {Entry} */ (entryOf("layer", id)).default);
      listOf(experiment.layers, ownerKey).splice(at, 0, layer);
    });
    const layer = listOf(this.layers, ownerKey)[at];
    const row = this.rowOf(layer);
    row.focusFirstField();
    row.element.scrollIntoView({ block: "nearest" });
    announce(t("layers.added", { label: labelOf(layer), n: at + 1 }));
  }

  /** @param {string} key */
  duplicate(key) {
    edit("edit.duplicate", (experiment) => {
      const { list, index, layer } = locate(experiment.layers, key);
      const copy = JSON.parse(JSON.stringify(layer, withoutKeys)); // its key is its own
      list.splice(index + 1, 0, copy);
    });
    const { list, index, layer } = locate(this.layers, key);
    this.rowOf(list[index + 1]).buttons.handle.focus();
    announce(t("layers.duplicated", { label: labelOf(layer) }));
  }

  /** @param {string} key */
  remove(key) {
    const { list, index, layer, owner } = locate(this.layers, key);
    const neighbour = list[index + 1] ?? list[index - 1] ?? owner;
    edit("edit.delete", (experiment) => {
      const doomed = locate(experiment.layers, key);
      doomed.list.splice(doomed.index, 1);
    });
    const next = neighbour ? this.rowOf(neighbour)?.buttons.remove : this.addButton();
    next?.focus();
    announce(t("layers.deleted", { label: labelOf(layer) }));
  }

  /** All layers go; a click brings them back. */
  empty() {
    const isChanged = edit("edit.empty", (experiment) => {
      experiment.layers = [];
    });
    if (!isChanged) return;
    this.addButton().focus();
    toast(t("layers.emptied"), { label: t("undo"), act: undo });
  }

  /**
   * Puts a layer before `index` of the list of `ownerKey` (null: the outer list).
   * @param {string} key
   * @param {string | null} ownerKey
   * @param {number} index
   */
  move(key, ownerKey, index) {
    const isChanged = edit("edit.move", (experiment) => {
      moveLayer(experiment.layers, key, ownerKey, index);
    });
    if (!isChanged) return;
    const { list, index: n, layer } = locate(this.layers, key);
    this.rowOf(layer).element.scrollIntoView({ block: "nearest" });
    announce(t("layers.moved", { label: labelOf(layer), n: n + 1, of: list.length }));
  }

  /**
   * @param {string} key
   * @param {string} arrow
   */
  moveByKey(key, arrow) {
    const target = targetOf(this.layers, key, arrow);
    if (target) this.move(key, target.ownerKey, target.index);
  }

  /**
   * @param {string} key
   * @param {string} name of a field
   * @param {any} value
   */
  setField(key, name, value) {
    const change = (/** @type {any} */ experiment) => {
      locate(experiment.layers, key).layer[name] = value;
    };
    edit("edit.field", change, { merge: `${key}.${name}` });
  }

  /**
   * @param {Layer} layer
   * @returns {any} a LayerRow: every layer of the experiment has one
   */
  rowOf(layer) {
    return this.rows.get(layer._key ?? "");
  }
}

/** The catalogue of layers as groups of a menu. */
function layerGroups() {
  /** @type {Map<string, import("../../kit/menu_search.js").Group>} */
  const groups = new Map();
  for (const entry of /** @type {Entry[]} */ (state.boot.catalogue.layer)) {
    const label = t(`group.${entry.group}`);
    const group = groups.get(label) ?? { label, options: [] };
    groups.set(label, group);
    const { id: value, family } = entry;
    group.options.push({ value, label: localized(entry.label), help: localized(entry.help), family });
  }
  return [...groups.values()];
}
