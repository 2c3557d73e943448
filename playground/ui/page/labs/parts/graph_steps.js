/** What of a graph is known at a step: values on the way forward, gradients on the way back. Pure. */

/**
 * The step at which the computation stands.
 * @param {any} part
 * @param {any} step of the lab's field; −1, or no field: to the end
 */
export function stepNow({ steps }, step) {
  if (typeof step !== "number" || step < 0) return steps;
  return Math.min(steps, step);
}

/**
 * @param {any} node
 * @param {number} step
 */
export const hasValue = (node, step) => node.forward <= step;

/**
 * @param {any} node
 * @param {number} step
 */
export const hasGrad = (node, step) => Boolean(node.grad) && node.backward <= step;

/**
 * The step at which a gradient goes back along an edge; 0: never.
 * @param {any} from
 * @param {any} to
 * @param {number} steps
 */
export function flowsAt(from, to, steps) {
  if (!from?.backward || !to) return 0;
  // an operation that was the k-th forward is the k-th from the end on the way back
  const mirrored = to.forward > 0 ? steps + 1 - to.forward : from.backward;
  return Math.max(to.backward, Math.min(from.backward, mirrored));
}

/**
 * What happened in a step, as a key of words with its values.
 * @param {any} part
 * @param {number} step
 * @returns {{key: string, values: Record<string, any>}}
 */
export function happened({ nodes, steps }, step) {
  const about = { k: step, n: steps };
  if (step === 0) return { key: "part.start", values: about };
  const made = nodes.find((/** @type {any} */ node) => node.forward === step);
  if (made) {
    const { label, value } = made;
    return { key: "part.step_forward", values: { ...about, label, value } };
  }
  const reached = nodes.filter((/** @type {any} */ node) => node.grad && node.backward === step);
  if (!reached.length) return { key: "part.step_other", values: about };
  const grads = reached.map((/** @type {any} */ node) => `∂${node.label} = ${node.grad}`).join(", ");
  return { key: "part.step_backward", values: { ...about, grads } };
}

/**
 * The whole graph in words, as far as it is known.
 * @param {any} part
 * @param {number} step
 */
export function inWords({ nodes }, step) {
  const said = [];
  for (const node of nodes) {
    const value = hasValue(node, step) && node.value && node.value !== node.label ? ` = ${node.value}` : "";
    const grad = hasGrad(node, step) ? `, ∂ ${node.grad}` : "";
    said.push(`${node.label}${value}${grad}`);
  }
  return said.join("; ");
}
