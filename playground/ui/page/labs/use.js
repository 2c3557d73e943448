/** What a lab is about, put into the experiment on the screen. Pure, no page. */

/**
 * An entry, such as `{optimizer: "sgd", lr: 0.1}`, takes the place of the one that is there;
 * options alone, such as `{lr: 0.1}`, change it.
 * @param {any} experiment is changed
 * @param {{training: Record<string, any>}} wanted
 */
export function putInto(experiment, { training }) {
  for (const [kind, entry] of Object.entries(training)) {
    const isWhole = kind in entry;
    experiment.training[kind] = isWhole ? structuredClone(entry) : { ...experiment.training[kind], ...entry };
  }
}
