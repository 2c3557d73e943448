/** Who undoes on a tab that shows no experiment: that tab's own steps, not the experiment's. */

/** @typedef {{undo: () => void, redo: () => void}} Undoer */

/** @type {Map<string, Undoer>} by the name of the tab */
const undoers = new Map();

/**
 * @param {string} tab
 * @param {Undoer} undoer
 */
export const undoesOn = (tab, undoer) => undoers.set(tab, undoer);

/** @param {string} tab */
export const undoerOf = (tab) => undoers.get(tab) ?? null;
