/** What the curves of the run on the screen say. */
import { state } from "../core/state.js";
import { nameOfBaseline } from "./baseline_words.js";
import { findings } from "./findings.js";
import { runHistory } from "./history.js";
import { layerLabel } from "./layers.js";
import { shownData } from "./shown.js";

/** Findings, what is bad first. */
export function readFindings() {
  const data = state.run?.data ?? shownData();
  return findings({
    history: runHistory,
    labelOf: layerLabel,
    isRunning: state.run?.state === "running",
    classes: data?.n_classes,
    nValidation: data?.n_validation,
    baselines: state.run?.baselines,
    wordsOf: nameOfBaseline,
  });
}
