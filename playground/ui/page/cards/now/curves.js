/**
 * The raw and the smoothed loss and the rate, kept up with what is new in the history and thinned where it
 * grows long.
 */
import { smoother } from "../../kit/numbers.js";

const MOST = 600;

/** @typedef {{step: number[], train_loss: number[], lr: number[]}} Steps */

export class Curves {
  /** @param {number} smoothing */
  constructor(smoothing) {
    this.smoothing = smoothing;
    /** How many rows of the history are taken in. */
    this.seen = 0;
    this.smooth = smoother(smoothing);
    /** @type {number[]} */
    this.x = [];
    /** @type {(number | null)[]} */
    this.raw = [];
    /** @type {(number | null)[]} */
    this.mean = [];
    /** @type {(number | null)[]} */
    this.rate = [];
  }

  /** Another run begins. */
  reset() {
    Object.assign(this, new Curves(this.smoothing));
  }

  /**
   * The history lost some of its older rows.
   * @param {string} table
   * @param {number[]} keep the places of those that are left
   */
  recount(table, keep) {
    if (table !== "steps") return;
    const firstUnseen = keep.findIndex((row) => row >= this.seen);
    this.seen = firstUnseen < 0 ? keep.length : firstUnseen;
  }

  /** @param {Steps} steps */
  update({ step, train_loss: loss, lr }) {
    for (; this.seen < step.length; this.seen += 1) {
      this.x.push(step[this.seen]);
      this.raw.push(loss[this.seen]);
      this.mean.push(this.smooth(loss[this.seen]));
      this.rate.push(lr[this.seen]);
    }
    while (this.x.length > 4 * MOST) this.thin();
  }

  /** Half of the older points go. */
  thin() {
    const newest = this.x.length - MOST;
    const isKept = (/** @type {any} */ _, /** @type {number} */ i) => i % 2 === 0 || i > newest;
    this.x = this.x.filter(isKept);
    this.raw = this.raw.filter(isKept);
    this.mean = this.mean.filter(isKept);
    this.rate = this.rate.filter(isKept);
  }

  /** The smoothed loss by now. */
  loss() {
    return this.mean.findLast((value) => value !== null);
  }
}

/**
 * How far the step axis goes: the whole run, or while that would squeeze the curves, a half, a quarter … of
 * it.
 * @param {number} total
 * @param {number} step
 */
export function spanOf(total, step) {
  let span = total;
  while (step > 0 && span > 4 * step && span > 100) span /= 2;
  return Math.ceil(span);
}

/**
 * Where the loss axis ends: above the first values, and above nearly all of them; a few spikes may leave
 * the chart.
 * @param {any[]} losses
 */
export function topOf(losses) {
  const finite = losses.filter(Number.isFinite);
  if (!finite.length) return 1;
  const sorted = Float64Array.from(finite).sort();
  const nearlyAll = sorted[Math.min(sorted.length - 1, Math.floor(0.98 * sorted.length))];
  return Math.max(...finite.slice(0, 8), nearlyAll) * 1.04;
}
