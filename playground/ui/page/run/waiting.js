/** What is said of a run that waits in line for a place. */
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";

/** @param {{position?: number | null} | null} run */
export function waitingWords(run) {
  const n = run?.position;
  if (!n) return t("bar.waiting.soon");
  if (n === 1) return t("bar.waiting.next");
  // Chinese has no endings: 第 3 位
  return t("bar.waiting", { place: state.lang === "zh" ? n : format.ordinal(n) });
}
