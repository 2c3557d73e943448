/** Words that come later than the page's own. */
import { state } from "../core/state.js";

/**
 * The words of the frame come with the labs, not with the page.
 * @param {Record<string, import("../types.js").Text>} frame
 */
export function learnWords(frame) {
  for (const [key, text] of Object.entries(frame)) {
    state.boot.text.en[key] = text.en;
    state.boot.text.zh[key] = text.zh;
  }
}
