/**
 * The planned learning rate of a run whose rate was changed by hand: the old plan up to the change, the
 * new one from there.
 */

/** @typedef {import("../types.js").Plan} Plan */
/** @typedef {{step: number, value: number}} Change the rate from the step after `step` on */

/**
 * The share of the set rate that the schedule takes at a step, between the points where the plan says it.
 * @param {number[]} steps
 * @param {number[]} factors
 * @param {number} step
 */
function factorAt(steps, factors, step) {
  const next = steps.findIndex((candidate) => candidate >= step);
  if (next < 0) return factors[factors.length - 1];
  if (next === 0 || steps[next] === step) return factors[next];
  const share = (step - steps[next - 1]) / (steps[next] - steps[next - 1]);
  return factors[next - 1] + share * (factors[next] - factors[next - 1]);
}

/**
 * The rate that a run began with, read from the first step at which the schedule let any of it through.
 * @param {{step: number[], lr: number[]}} used
 * @param {(step: number) => number} factor
 * @param {Change} first
 */
function rateBefore(used, factor, first) {
  for (let i = 0; i < used.step.length && used.step[i] <= first.step; i += 1) {
    const share = factor(used.step[i]);
    if (share > 0 && Number.isFinite(used.lr[i])) return used.lr[i] / share;
  }
  return null;
}

/**
 * @param {Plan} plan as it would be with one rate from the first step on
 * @param {number} rate that it was made with
 * @param {Change[]} changes of the rate, by step
 * @param {{step: number[], lr: number[]}} used the rates that the run really had
 * @returns {Plan}
 */
export function joinedPlan(plan, rate, changes, used) {
  const isFlat = !changes.length || typeof rate !== "number" || rate <= 0;
  if (isFlat || !plan.step.length) return plan;
  const factors = plan.lr.map((lr) => lr / rate);
  const factor = (/** @type {number} */ step) => factorAt(plan.step, factors, step);
  const first = rateBefore(used, factor, changes[0]) ?? rate;
  const rateAt = (/** @type {number} */ step) =>
    changes.findLast((change) => change.step < step)?.value ?? first;
  // the two ends of each break, so that it is a step and not a slope
  const breaks = changes.flatMap((change) => [change.step, change.step + 1]);
  const last = plan.step[plan.step.length - 1];
  const inside = breaks.filter((step) => step >= plan.step[0] && step <= last);
  const steps = [...new Set([...plan.step, ...inside])].sort((a, b) => a - b);
  return { ...plan, step: steps, lr: steps.map((step) => rateAt(step) * factor(step)) };
}
