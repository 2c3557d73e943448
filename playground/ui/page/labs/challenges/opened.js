/** What an address of challenges opens. */
import { post, request } from "../../core/requests.js";
import { learnWords } from "../learned_words.js";
import { ChallengeView } from "./challenge_view.js";
import { challengeOf } from "./links.js";
import { ListView } from "./list_view.js";

/** @typedef {ListView | ChallengeView} View */

/**
 * All challenges, or one of them and perhaps somebody's result.
 * @param {Record<string, any>} changes the fields of the address
 * @param {import("./list_view.js").Open} open
 * @returns {Promise<View>}
 */
export async function challengesView(changes, open) {
  const { challenge, result } = challengeOf(changes);
  const index = await request("challenges");
  learnWords(index.frame);
  if (!challenge) return new ListView(index, open);
  const about = await post("challenge", result ? { challenge, result } : { challenge });
  return new ChallengeView(about, result, open);
}
