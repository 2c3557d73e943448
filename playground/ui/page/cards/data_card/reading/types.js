/** The shapes of what the server understood of a person's own file. Types only: this module has no code. */

/**
 * @typedef {object} Remedy A way to settle a doubt.
 * @property {string} code
 * @property {string} set as after `--set`
 * @property {import("../../../types.js").Text} label
 * @property {boolean} in_force whether it says what is done today
 * @property {Record<string, any>} data the settings that change with a click
 */

/**
 * @typedef {object} Doubt What a file alone does not say; a note that needs no answer looks the same.
 * @property {string} code
 * @property {string} place a column, or "" for the whole file
 * @property {import("../../../types.js").Text} message
 * @property {Remedy[]} remedies
 */

/**
 * @typedef {object} ReadColumn
 * @property {string} name
 * @property {string} type "number", "category", "flag", "date", "text" or "left out"
 * @property {any[]} first three values as they were understood
 * @property {number} missing
 * @property {string} unit
 */

/**
 * @typedef {object} Understood What the server understood of a person's own file.
 * @property {"table" | "text" | "series" | "images"} kind
 * @property {string} file its id
 * @property {string | null} encoding
 * @property {string | null} separator
 * @property {string | null} decimal
 * @property {number} rows
 * @property {ReadColumn[]} columns
 * @property {number} n_columns
 * @property {string | null} target
 * @property {string | null} proposed
 * @property {{name: string, count: number}[]} classes
 * @property {number} n_classes
 * @property {any} time
 * @property {any} values
 * @property {string[]} groups
 * @property {number} n_groups
 * @property {Record<string, number>} parts
 * @property {{count: number, lines: number[], files: string[]}} left_out
 * @property {Doubt[]} doubts
 * @property {Doubt[]} notes
 * @property {{set: string, message: Text, data: Record<string, any> | null}[]} settled
 */

export {};
