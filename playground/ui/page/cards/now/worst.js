/** The worst that the curves say at the moment. */
import { readFindings } from "../../run/read_findings.js";
import { currentSituation } from "../../run/shown.js";

const FINDINGS_MS = 1000;

/** The worst that the curves say, read at most once a second while it trains. */
export class Worst {
  constructor() {
    this.readAt = -Infinity;
    /** @type {import("../../run/types.js").Finding | null} */
    this.finding = null;
  }
  read() {
    const isFresh = currentSituation().isLive && performance.now() - this.readAt < FINDINGS_MS;
    if (isFresh) return this.finding;
    this.readAt = performance.now();
    this.finding = readFindings().find(({ bad }) => bad) ?? null;
    return this.finding;
  }
}
