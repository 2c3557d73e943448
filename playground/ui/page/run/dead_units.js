/** Units that are zero for every sample: what to say of them. Pure. */
import { format } from "../core/format.js";

/**
 * Units that died, layers alike in one finding.
 * @param {{path: string, share: number}[]} layers
 * @param {(path: string) => string} labelOf
 * @param {number} least share of dead units that is worth a word
 * @returns {import("./findings.js").Finding[]}
 */
export function deadUnits(layers, labelOf, least = 0.3) {
  const dead = layers.filter(({ share }) => share >= least);
  if (!dead.length) return [];
  const most = dead.reduce((a, b) => (b.share > a.share ? b : a));
  const values = { share: format.percent(most.share), layer: labelOf(most.path), n: dead.length };
  return [{ key: dead.length > 1 ? "advice.dead_many" : "advice.dead", bad: true, values }];
}
