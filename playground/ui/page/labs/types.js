/**
 * What the server says of the labs. Types only: this module has no code.
 *
 * @typedef {import("../types.js").Text} Text
 * @typedef {import("../types.js").Descriptor} Descriptor
 */

/** @typedef {Record<string, any> & {part: string, name: string}} Part see playground/labs/parts.py */

/** @typedef {{id: string, title: Text}} Door another lab */

/**
 * @typedef {object} Card of the index
 * @property {string} id
 * @property {string} group
 * @property {Text} title
 * @property {Text} notice
 * @property {Part | null} preview
 * @property {Record<string, Text>} words that the small picture needs
 */

/** @typedef {{groups: {id: string, label: Text}[], labs: Card[], frame: any}} Index */

/**
 * @typedef {object} About of one lab
 * @property {string} id
 * @property {Text} group
 * @property {Record<string, Text>} text all its words by key
 * @property {Descriptor[]} fields
 * @property {Record<string, any>} default
 * @property {Record<string, Record<string, any>>} surprises
 * @property {string} opens a preset, "" for none
 * @property {Door[]} previous
 * @property {Door[]} next
 * @property {Door[]} leads_to
 * @property {any} frame
 */

/**
 * @typedef {object} Answer of a lab in a state
 * @property {string} lab
 * @property {Record<string, any>} state
 * @property {Record<string, any>} values
 * @property {string[]} numbers
 * @property {Record<string, any>} chosen the values of fields that were left open
 * @property {Part[]} parts
 * @property {string} code
 * @property {{training: Record<string, any>} | null} [experiment] what it would be in an experiment
 */

export {};
