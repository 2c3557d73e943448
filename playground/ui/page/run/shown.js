/** What the page shows at this moment, as `situation` sees it. */
import { state } from "../core/state.js";
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

/** @returns {string[]} */
export const shownClasses = () => shownData()?.classes ?? [];
