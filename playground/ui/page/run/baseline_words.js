/** Answers without a network, in words. */
import { t } from "../core/words.js";
import { scoreText } from "./baselines.js";
import { nameInWords } from "./shown.js";

/** @typedef {import("./baselines.js").Baseline} Baseline */

/** What is answered without a network. @param {Baseline} baseline */
export const nameOfBaseline = ({ name, answer }) =>
  t(`baseline.name.${name}`, { answer: answer && nameInWords(answer) });

/** "accuracy 34.2 %", of every metric. @param {Baseline} baseline */
export function scoresInWords({ scores }) {
  const parts = [];
  for (const [metric, value] of Object.entries(scores)) {
    if (value === null) continue;
    const label = metric === "r2" ? "R²" : t(`baseline.${metric}`);
    parts.push(`${label} ${scoreText(metric, value)}`);
  }
  return parts.join(", ");
}

/** Each with its first score, in short. @param {Baseline[]} [baselines] */
export function firstScores(baselines = []) {
  const items = baselines.map((baseline) => {
    const score = scoreText(baseline.metric, baseline.scores[baseline.metric]);
    return `${nameOfBaseline(baseline)} ${score}`;
  });
  return items.length ? t("baseline.without", { list: items.join("; ") }) : "";
}
