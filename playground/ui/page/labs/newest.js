/** One question at a time, and of those that wait only the newest: no old answer comes after a new one. */

/**
 * @template Q, A
 * @typedef {object} Telling
 * @property {(question: Q, signal: AbortSignal) => Promise<A>} send
 * @property {(answer: A, question: Q) => void} answered
 * @property {(error: any, question: Q) => void} failed
 */

/** @template Q, A */
export class Newest {
  /** @param {Telling<Q, A>} telling */
  constructor(telling) {
    this.telling = telling;
    /** @type {AbortController | null} of the question under way */
    this.underWay = null;
    /** @type {{question: Q} | null} */
    this.waiting = null;
  }

  /** Whether an answer is still to come. */
  get isBusy() {
    return this.underWay !== null;
  }

  /** @param {Q} question takes the place of the one that waits */
  ask(question) {
    if (this.underWay) this.waiting = { question };
    else this.send(question);
  }

  /** Whatever was asked, its answer is not wanted any more. */
  forget() {
    this.underWay?.abort();
    this.underWay = null;
    this.waiting = null;
  }

  /** @param {Q} question */
  async send(question) {
    const controller = new AbortController();
    this.underWay = controller;
    try {
      const answer = await this.telling.send(question, controller.signal);
      if (this.end(controller)) this.telling.answered(answer, question);
    } catch (error) {
      if (this.end(controller)) this.telling.failed(error, question);
    }
    this.next();
  }

  /**
   * @param {AbortController} controller
   * @returns {boolean} whether its answer is wanted
   */
  end(controller) {
    const isWanted = this.underWay === controller;
    if (isWanted) this.underWay = null;
    return isWanted;
  }

  next() {
    if (this.underWay || !this.waiting) return;
    const { question } = this.waiting;
    this.waiting = null;
    this.send(question);
  }
}
