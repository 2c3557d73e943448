/** What is said of a run that waits in line for a place. */
import { format } from "../core/format.js";
import { t } from "../core/words.js";

/** @param {{position?: number | null} | null} run */
export function waitingWords(run) {
  const n = run?.position;
  if (!n) return t("bar.waiting.soon");
  return n === 1 ? t("bar.waiting.next") : t("bar.waiting", { n, nth: format.ordinal(n) });
}
