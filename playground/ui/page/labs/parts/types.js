/**
 * What a part is drawn with. Each kind of part is a module of this folder that exports
 * `draw(element, part, context)`: it fills the element, or changes in place what it drew there before.
 *
 * @typedef {object} Context
 * @property {(key: string, values?: Record<string, any>) => string} words of the lab, else those that all
 * parts share; a text that is no key comes back as it is
 * @property {(changes: Record<string, any>) => void} set the user moved something: fields and their values
 * @property {(changes: Record<string, any>) => Record<string, any>} [fit] the nearest values that fields take
 * @property {boolean} dark
 * @property {string} language
 * @property {Record<string, any>} [state] the fields as they are now
 * @property {boolean} [small] the picture of a card: no handles, no buttons, no titles
 */
export {};
