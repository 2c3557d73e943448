/** The planned learning rate: of the run on the screen, whatever is edited while it trains. */
import { state } from "../core/state.js";
import { onAny } from "../core/topics.js";
import { currentSituation } from "./shown.js";

/** @type {any} */
let plan = null;

export const plannedRate = () => plan;

function takePlan() {
  const schedule = state.check?.schedule;
  const { holdsScreen, isEdited } = currentSituation();
  const isOfRun = plan && holdsScreen && isEdited;
  if (schedule && !isOfRun) plan = schedule;
}

onAny(["check", "reset"], takePlan);
