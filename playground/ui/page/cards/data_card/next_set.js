/** From one data set to another: what both have stays as a person set it. Pure, no page. */

/** @typedef {import("../../types.js").Entry} Entry */
/** @typedef {import("../../types.js").Descriptor} Descriptor */

/**
 * What a field of a set is proposed to be: a small table gets a smaller batch than the default.
 * @param {Entry} entry
 * @param {Descriptor} field
 */
function proposed({ facts }, field) {
  const batch = field.name === "batch_size" ? facts?.usual_batch : undefined;
  return batch ?? field.default;
}

/**
 * The settings of the next data set. The share for validation, the batch and the like are carried over
 * where a person changed them and both sets have them with the same default.
 * @param {Record<string, any>} data the present settings
 * @param {Entry} present
 * @param {Entry} next
 */
export function nextData(data, present, next) {
  const fields = new Map(present.fields.map((field) => [field.name, field]));
  const settings = structuredClone(next.default);
  if (next.facts?.usual_batch) settings.batch_size = next.facts.usual_batch;
  for (const field of next.fields) {
    const before = fields.get(field.name);
    const isShared = before?.default === field.default && field.name in data;
    const isChanged = before !== undefined && data[field.name] !== proposed(present, before);
    if (isShared && isChanged) settings[field.name] = data[field.name];
  }
  return settings;
}

/**
 * What a preview of the data depends on: nothing that only says how they are learnt.
 * @param {Record<string, any>} data
 */
export const looksOf = (data) => JSON.stringify({ ...data, batch_size: 0, augment: null, validation: 0 });
