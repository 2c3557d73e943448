/** What the page shows at this moment, as `situation` sees it. */
import { state } from "../core/state.js";
import { localized } from "../core/words.js";
import { isChecked } from "../experiment/check.js";
import { situation } from "./situation.js";

/** The situation of this moment. */
export function currentSituation() {
  const { check, data: lastData } = state;
  const checked = {
    data: check?.data ?? null,
    lastData,
    faults: check?.faults ?? [],
    isCurrent: isChecked(),
  };
  return situation(state.run, state.experiment, checked);
}

/** What the server says of the data that are shown; null where they cannot be used. */
export const shownData = () => currentSituation().subject.data;

/** "image", "points", "table", "text" or "series". */
export const shownKind = () => currentSituation().subject.kind;

/** @returns {string[]} names of the classes, in the page's language */
export const shownClasses = () => (shownData()?.classes ?? []).map(localized);

/** @returns {string[]} names of the targets, in the page's language */
export const shownTargets = () => (shownData()?.targets ?? []).map(localized);

/**
 * The name of a class or a target, as an answer has it, in the page's language.
 * @param {string} name
 */
export function nameInWords(name) {
  const { classes = [], targets = [] } = shownData() ?? {};
  const words = [...classes, ...targets].find((pair) => typeof pair === "object" && pair.en === name);
  return localized(words ?? name);
}
