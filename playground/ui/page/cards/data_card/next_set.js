/** From one data set to another: what both have stays as a person set it. Pure, no page. */

/** @typedef {import("../../types.js").Entry} Entry */
/** @typedef {import("../../types.js").Descriptor} Descriptor */

/**
 * The settings of the next data set. The share for validation, the batch and the like are carried over
 * where both sets
 * have them with the same default.
 * @param {Record<string, any>} data the present settings
 * @param {Descriptor[]} fields of the present set
 * @param {Entry} next
 */
export function nextData(data, fields, next) {
  const usual = new Map(fields.map((field) => [field.name, field.default]));
  const settings = structuredClone(next.default);
  for (const field of next.fields) {
    const isShared = usual.has(field.name) && usual.get(field.name) === field.default;
    if (isShared && field.name in data) settings[field.name] = data[field.name];
  }
  return settings;
}

/**
 * What a preview of the data depends on: nothing that only says how they are learnt.
 * @param {Record<string, any>} data
 */
export const looksOf = (data) => JSON.stringify({ ...data, batch_size: 0, augment: null, validation: 0 });
