/** What rules, targets and scores say, in the page's language. */
import { format } from "../../core/format.js";
import { localized, t } from "../../core/words.js";
import { entryOf } from "../../experiment/catalogue.js";

/** @param {any} value */
const shown = (value) => (typeof value === "number" ? format.number(value) : String(value));

/**
 * A score in the way that its metric is told.
 * @param {number} value
 * @param {string} metric
 */
const score = (value, metric) => (metric === "accuracy" ? format.percent(value) : shown(value));

/**
 * A rule as a sentence; where it is broken, what is wrong.
 * @param {{rule: string, limit: any, given: any, met: boolean, fault: any}} rule
 */
export function ruleText({ rule, limit, given, met, fault }) {
  if (rule === "data") {
    const names = { limit: nameOfData(limit), given: nameOfData(given) };
    if (met || limit !== given) return t(met ? "challenges.rule.data" : "challenges.rule.data.other", names);
  }
  if (!met && fault) return localized(fault);
  return t(["challenges.rule", rule].join("."), { limit: counted(limit), given: counted(given) });
}

/** What the list of data sets calls it. @param {string} id */
const nameOfData = (id) => localized(entryOf("dataset", id)?.label) || id;

/** Whole numbers are told exactly. @param {any} value */
const counted = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : shown(value));

/**
 * @typedef {object} Target
 * @property {string} metric
 * @property {number | null} at_least
 * @property {number | null} at_most
 * @property {string | null} better_than
 */

/** @param {Target} target */
export function targetText({ metric, at_least, at_most, better_than }) {
  const name = t(["challenges.metric", metric].join("."));
  if (better_than) {
    const value = t(`baseline.name.${better_than}`);
    return t("challenges.better_than", { metric: name, value });
  }
  if (at_least !== null) return t("challenges.at_least", { metric: name, value: score(at_least, metric) });
  return t("challenges.at_most", { metric: name, value: score(/** @type {number} */ (at_most), metric) });
}

/**
 * What was reached, beside what was wanted where that was not said before.
 * @param {{score: number | null, wanted: number}} reached
 * @param {Target} target
 */
export function reachedText(reached, { metric, better_than }) {
  const words = reached.score === null ? "–" : score(reached.score, metric);
  const values = { score: words, wanted: score(reached.wanted, metric) };
  return t(better_than ? "challenges.reached_of" : "challenges.reached", values);
}
