/** How often the page asks: a server that many pages watch says how long each of them waits. */

let pause = 0;

/** @param {number | undefined} ms what the server last said of it */
export function hearPause(ms) {
  if (ms !== undefined) pause = ms;
}

/**
 * Milliseconds until the next question of a kind.
 * @param {number} last when the one before was asked, as `performance.now()` tells it
 * @param {number} hz how often at most
 */
export function untilNext(last, hz) {
  return Math.max(0, last + Math.max(1000 / hz, pause) - performance.now());
}
