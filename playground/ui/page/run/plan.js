/** The planned learning rate: of the run on the screen, whatever is edited while it trains. */
import { state } from "../core/state.js";
import { emit, on, onAny } from "../core/topics.js";
import { runHistory } from "./history.js";
import { joinedPlan } from "./rate_plan.js";
import { currentSituation } from "./shown.js";

/** @type {import("../types.js").Plan | null} the server's, with one rate from the first step on */
let plan = null;
let rate = 0;
/** Whether it is the plan of the run, and not of the next one. */
let isOfRun = false;
/** @type {import("../types.js").Plan | null} with the changes made on the way */
let joined = null;

/** The plan, "plan" is emitted when it changes. */
export const plannedRate = () => joined;

/** Whether the plan is that of the run on the screen; else it is the plan of what would be trained next. */
export const isPlanOfRun = () => isOfRun;

function takePlan() {
  const schedule = state.check?.schedule;
  const { holdsScreen, isEdited } = currentSituation();
  const isKept = plan && holdsScreen && isEdited;
  if (!schedule || isKept) return;
  plan = schedule;
  rate = state.experiment.training.optimizer.lr;
  isOfRun = state.run !== null && !isEdited;
  join();
}

function join() {
  if (!plan) return;
  const changes = runHistory.events.filter(({ kind }) => kind === "lr");
  const steps = /** @type {any} */ (runHistory.steps);
  joined = isOfRun ? joinedPlan(plan, rate, changes, steps) : plan;
  emit("plan", joined);
}

onAny(["check", "reset"], takePlan);
on("rows", ({ events }) => {
  if (events?.some((/** @type {any} */ event) => event.kind === "lr")) join();
});
