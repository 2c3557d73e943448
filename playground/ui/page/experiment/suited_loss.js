/** The loss that goes with what the data ask for. */
import { entryOf } from "./catalogue.js";

/**
 * Where the experiment's loss cannot judge the task, the one that suits it as a rule takes its place.
 * @param {any} experiment changed in place
 * @param {string} task
 */
export function suitLoss(experiment, task) {
  const present = /** @type {any} */ (entryOf("loss", experiment.training.loss.loss));
  if (present?.tasks.includes(task)) return;
  const natural = entryOf("task", task)?.facts?.natural;
  const loss = entryOf("loss", natural);
  if (loss) experiment.training.loss = structuredClone(loss.default);
}
