/** How a text is taken apart; it depends on the data and not on the network, so that it is asked for once. */
import { toJson } from "../core/json.js";
import { ask } from "./ask.js";
import { wire } from "./samples.js";
import { currentSituation } from "./shown.js";

/** @typedef {{tokens: string[], known: boolean[]}} Reading */

let keyOfLast = "";
/** @type {Reading | null} */
let last = null;

/**
 * The tokens of a sample that is a text.
 * @param {import("../types.js").Sample} sample
 * @returns {Promise<Reading>}
 */
export async function tokensOf(sample) {
  const { data } = currentSituation().subject.experiment;
  const key = toJson([data, wire(sample)]);
  if (last && key === keyOfLast) return last;
  const { tokens, known } = await ask("read", { sample: wire(sample) });
  const reading = { tokens, known };
  keyOfLast = key;
  last = reading;
  return reading;
}
