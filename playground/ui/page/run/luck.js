/**
 * Whether so many correct answers may well be luck: within two standard deviations of those of somebody who
 * is right with a given chance.
 * @param {number} share of correct answers
 * @param {number} chance
 * @param {number} n samples
 */
export function isLuck(share, chance, n) {
  const deviation = Math.sqrt((chance * (1 - chance)) / Math.max(1, n));
  return share <= chance + 2 * deviation;
}
