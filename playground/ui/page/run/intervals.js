/** How often the page asks: a server that many pages watch says how long each of them waits. */
import { state } from "../core/state.js";

/**
 * Milliseconds until the next question of a kind.
 * @param {number} last when the one before was asked, as `performance.now()` tells it
 * @param {number} hz how often at most
 */
export function untilNext(last, hz) {
  const pause = Math.max(1000 / hz, state.run?.ask_every_ms ?? 0);
  return Math.max(0, last + pause - performance.now());
}
