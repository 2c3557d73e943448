/**
 * How long training takes: whatever says a time asks here, so that all of them agree. Before a run it is
 * predicted, from its first steps on it follows from the speed that was measured.
 */

/**
 * @typedef {object} Times in seconds; null where nothing is known
 * @property {number | null} epoch
 * @property {number | null} total
 * @property {number | null} left
 */

/**
 * @param {{epoch_s: number, total_s: number} | null | undefined} predicted the totals of a check
 * @param {Pick<import("../types.js").RunView, "step"|"n_epochs"|"total_steps"|"steps_per_s"> | null} run
 *   of this very experiment; null where there is none
 * @returns {Times}
 */
export function timesOf(predicted, run) {
  const { step = 0, n_epochs: nEpochs, total_steps: nSteps, steps_per_s: speed } = run ?? {};
  if (!speed || !nSteps) {
    const total = predicted?.total_s ?? null;
    return { epoch: predicted?.epoch_s ?? null, total, left: total };
  }
  const total = nSteps / speed;
  return { epoch: total / (nEpochs ?? 1), total, left: (nSteps - step) / speed };
}
