/** What of the history a chart has drawn, and what is new. */
import { smoother } from "../../kit/numbers.js";

/** @typedef {import("./lines.js").Line} Line */

/** The plan of the learning rate is drawn whole, not appended to. @param {Line} line */
const isPlan = (line) => line.trace.table === "plan";

export class Feed {
  /** @param {Line[]} lines */
  constructor(lines) {
    this.lines = lines;
    /** How many rows of each line are drawn. */
    this.drawn = lines.map(() => 0);
    this.smoothers = lines.map((line) => smoother(line.trace.smoothing ?? 0));
  }

  /** Whether there are numbers for any line, drawn or not. */
  hasRows() {
    return this.lines.some((line) => line.x().length > 0);
  }

  /** The places of the lines that are planned, not measured. */
  plans() {
    return this.lines.flatMap((line, k) => (isPlan(line) ? [k] : []));
  }

  /**
   * The numbers of a line from a row on; what is no number is a gap.
   * @param {number} k
   * @param {number} from
   * @returns {[number[], (number | null)[]]}
   */
  numbersFrom(k, from) {
    const line = this.lines[k];
    const x = line.x();
    const ys = [];
    for (let i = from; i < x.length; i += 1) {
      const value = line.y(i);
      const y = typeof value === "number" && Number.isFinite(value) ? value : null;
      ys.push(line.trace.smoothing ? this.smoothers[k](y) : y);
    }
    return [x.slice(from), ys];
  }

  /** What was not drawn yet, by line; from now on it counts as drawn. */
  news() {
    const news = {
      indices: /** @type {number[]} */ ([]),
      x: /** @type {any[]} */ ([]),
      y: /** @type {any[]} */ ([]),
    };
    this.lines.forEach((line, k) => {
      const total = line.x().length;
      if (isPlan(line) || total === this.drawn[k]) return;
      const [x, y] = this.numbersFrom(k, this.drawn[k]);
      this.drawn[k] = total;
      news.indices.push(k);
      news.x.push(x);
      news.y.push(y);
    });
    return news;
  }

  /**
   * The history lost some of its older rows: what is drawn stays, and the rows that are drawn are counted
   * again.
   * @param {string} table
   * @param {number[]} keep the places of the rows that are left
   */
  recount(table, keep) {
    this.lines.forEach((line, k) => {
      if (line.trace.table !== table) return;
      const firstUndrawn = keep.findIndex((row) => row >= this.drawn[k]);
      this.drawn[k] = firstUndrawn < 0 ? keep.length : firstUndrawn;
    });
  }
}
