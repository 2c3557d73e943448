/** The catalogues as the server describes them: what there is, which fields each entry has. */
import { isSameJson } from "../core/json.js";
import { state } from "../core/state.js";
import { hasWords, localized, t } from "../core/words.js";

/** @typedef {import("../types.js").Entry} Entry */
/** @typedef {import("../types.js").Descriptor} Descriptor */

/**
 * The entry of a catalogue by its id.
 * @param {string} kind "layer", "loss", "optimizer", …
 * @param {string} id
 * @returns {Entry | undefined}
 */
export const entryOf = (kind, id) =>
  state.boot.catalogue[kind].find((/** @type {Entry} */ candidate) => candidate.id === id);

/**
 * Whether a card that is not for every task is for this one.
 * @param {string | undefined} task
 * @param {string} name of the card
 * @returns {boolean}
 */
export function hasCard(task, name) {
  const cards = /** @type {any} */ (entryOf("task", task ?? ""))?.facts.cards ?? [];
  return cards.includes(name);
}

/**
 * What the page must know of an entry's class: `facts` of docs/adding.md.
 * @param {string} kind
 * @param {string} id
 * @returns {Record<string, any>}
 */
export const factsOf = (kind, id) => entryOf(kind, id)?.facts ?? {};

/**
 * Whether any of the layers, or of those inside them, has the fact.
 * @param {any[]} layers
 * @param {string} fact such as "attends"
 * @param {(id: string) => Record<string, any>} [factsOfLayer]
 * @returns {boolean}
 */
export function someLayer(layers, fact, factsOfLayer = (id) => factsOf("layer", id)) {
  return layers.some((layer) => {
    const facts = factsOfLayer(layer.layer);
    const inside = facts.body_field ? (layer[facts.body_field] ?? []) : [];
    return Boolean(facts[fact]) || someLayer(inside, fact, factsOfLayer);
  });
}

/**
 * The value of a field; its default where the object does not say.
 * @param {any} object
 * @param {Descriptor} descriptor
 */
export function fieldValue(object, descriptor) {
  return object && descriptor.name in object ? object[descriptor.name] : descriptor.default;
}

/** @type {Map<string, any> | null} */
let labels = null;

/**
 * Whether a field matters, by the values of the fields beside it: `shown_when` of docs/adding.md.
 * @param {any} object
 * @param {Descriptor} descriptor
 * @param {Descriptor[]} beside all fields of the entry
 */
export function hasEffect(object, descriptor, beside) {
  for (const [name, values] of Object.entries(descriptor.shown_when ?? {})) {
    const other = beside.find((field) => field.name === name);
    if (!other) continue;
    const value = fieldValue(object, other);
    if (!values.some((one) => isSameJson(one, value))) return false;
  }
  return true;
}

/**
 * The name of a field on the screen, "" where none has this name.
 * @param {string} name
 */
export function fieldName(name) {
  if (hasWords(`field.${name}`)) return t(`field.${name}`);
  labels ??= labelsOfFields();
  return localized(labels.get(name)) || "";
}

function labelsOfFields() {
  const found = new Map();
  for (const entryOrField of Object.values(state.boot.catalogue).flat()) {
    const fields = entryOrField.fields ?? [entryOrField];
    for (const field of fields) found.set(field.name, field.label);
  }
  return found;
}

/**
 * The lab about a kind of catalogue ("loss") or about a field ("field.lr"); "" where there is none.
 * @param {string} key
 * @returns {string}
 */
export const labOf = (key) => state.boot.labs?.[key] ?? "";

/**
 * The lab about a layer: what it can do says more than its family.
 * @param {Entry} entry
 * @returns {string}
 */
export function labOfLayer({ facts = {}, family }) {
  for (const [fact, value] of Object.entries(facts)) {
    if (value === true && labOf(`fact.${fact}`)) return labOf(`fact.${fact}`);
  }
  return labOf(`family.${family}`);
}
