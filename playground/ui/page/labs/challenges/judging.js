/** Lets the server train and judge, and tells how far it is. */
import { post } from "../../core/requests.js";

const LOOK_MS = 700;

/** @param {number} ms */
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Judging {
  /**
   * @param {string} challenge
   * @param {(progress: any) => void} tell called while it trains
   */
  constructor(challenge, tell) {
    this.challenge = challenge;
    this.tell = tell;
    this.isWanted = true;
  }

  /** Nobody waits for it any more. */
  forget() {
    this.isWanted = false;
  }

  /**
   * @param {{experiments?: any[], result?: string}} what
   * @returns {Promise<any>} the verdict; null where nobody waits for it any more
   */
  async verdict(what) {
    const { runs } = await post("challenge/judge", { challenge: this.challenge, ...what });
    while (this.isWanted) {
      const answer = await post("challenge/verdict", { challenge: this.challenge, runs });
      if (answer.done) return answer;
      this.tell(answer);
      await later(LOOK_MS);
    }
    return null;
  }
}
