/** Which rows of a long table to keep, so that its picture stays the same. */

/**
 * Which of the first `n` rows to keep, ascending: the first, and of each of `stretches` equal stretches
 * of steps the lowest and the highest by `key`. What is no number counts as the highest, so that an
 * overflow is never thinned away. The server thins its own history in the same way.
 * @param {number[]} step
 * @param {(number | null)[] | undefined} key
 * @param {number} n
 * @param {number} stretches
 */
export function extremes(step, key, n, stretches) {
  const share = stretches / Math.max(1, step[n - 1] - step[0] + 1);
  const stretchOf = (/** @type {number} */ i) => Math.floor((step[i] - step[0]) * share);
  const keyAt = (/** @type {number} */ i) => {
    const value = key?.[i];
    return typeof value === "number" && Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  const keep = [0];
  const keepLater = (/** @type {number} */ i) => {
    if (i > keep[keep.length - 1]) keep.push(i);
  };
  let from = 0;
  while (from < n) {
    let low = from;
    let high = from;
    let to = from;
    for (; to < n && stretchOf(to) === stretchOf(from); to += 1) {
      if (keyAt(to) < keyAt(low)) low = to;
      if (keyAt(to) > keyAt(high)) high = to;
    }
    keepLater(Math.min(low, high));
    keepLater(Math.max(low, high));
    from = to;
  }
  return keep;
}
