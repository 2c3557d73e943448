/**
 * Undo and redo as a value: two stacks of steps, and which edits in a row count as one step. No page, no
 * clock.
 */

const MERGE_MS = 1500;
const MOST_STEPS = 200;

/**
 * @typedef {{label: string, experiment: any, preset: string | null}} Step what stood there before, and
 * what was done
 */

export class UndoStack {
  constructor() {
    /** @type {Step[]} */
    this.past = [];
    /** @type {Step[]} */
    this.future = [];
    this.lastMerge = "";
    this.lastAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * An edit was made. Edits with the same `merge` shortly after one another are one step: typing is
   * undone as a whole.
   * @param {Step} before
   * @param {string | null} merge
   * @param {number} now in milliseconds
   */
  record(before, merge, now) {
    const isSameStep = merge !== null && merge === this.lastMerge && now - this.lastAt <= MERGE_MS;
    if (!isSameStep) this.past.push(before);
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.lastMerge = merge ?? "";
    this.lastAt = merge === null ? Number.NEGATIVE_INFINITY : now;
    this.future = [];
  }

  /**
   * One step back. `present` is what redo comes back to.
   * @param {Omit<Step, "label">} present
   */
  undo(present) {
    return this.travel(this.past, this.future, present);
  }

  /**
   * One step forward.
   * @param {Omit<Step, "label">} present
   */
  redo(present) {
    return this.travel(this.future, this.past, present);
  }

  /**
   * @param {Step[]} from
   * @param {Step[]} to
   * @param {Omit<Step, "label">} present
   * @returns {Step | null}
   */
  travel(from, to, present) {
    const step = from.pop();
    if (!step) return null;
    to.push({ label: step.label, ...present });
    this.lastMerge = "";
    return step;
  }
}

/** @typedef {{undo: () => void, redo: () => void}} Undoer */

/** @type {Map<string, Undoer>} who undoes on a tab that shows no experiment, by the name of the tab */
const undoers = new Map();

/**
 * @param {string} tab
 * @param {Undoer} undoer
 */
export const undoesOn = (tab, undoer) => undoers.set(tab, undoer);

/** @param {string} tab */
export const undoerOf = (tab) => undoers.get(tab) ?? null;
