/** The data that the page shows: of its run while that holds the screen, else of the experiment chosen. */
import { state } from "../core/state.js";
import { holdsScreen } from "./situation.js";

/** Of a network with a fault the server tells no data: then those that are known stay. */
const lastKnown = () => (state.data?.dataset === state.experiment.data?.dataset ? state.data : null);

/** @returns {any} */
export function shownData() {
  const ofRun = holdsScreen() ? state.run?.data : null;
  return ofRun ?? state.check?.data ?? lastKnown() ?? state.run?.data ?? null;
}

/** @returns {string[]} */
export const shownClasses = () => shownData()?.classes ?? [];
