/** Numbers of charts: marks of axes, smoothing, thinning. */

/**
 * The step of an axis with about n marks: 1, 2 or 5 times a power of ten.
 * @param {number} span
 * @param {number} n
 */
export function niceStep(span, n) {
  const rough = span / Math.max(1, n);
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const lead = rough / power;
  if (lead > 5) return 10 * power;
  if (lead > 2) return 5 * power;
  return lead > 1 ? 2 * power : power;
}

/**
 * Exponential moving average that starts at the first value; feed it one value at a time.
 * @param {number} weight
 * @returns {(value: number | null) => number | null}
 */
export function smoother(weight) {
  let mean = 0;
  let norm = 0;
  return (value) => {
    if (value === null || !Number.isFinite(value)) return null;
    mean = weight * mean + (1 - weight) * value;
    norm = weight * norm + (1 - weight);
    return mean / norm;
  };
}

/**
 * The same picture of no more than about `most` points: lowest and highest of equal stretches, so that spikes stay.
 * @param {any[]} x
 * @param {any[]} y
 * @param {number} most
 */
export function thinned(x, y, most) {
  const n = x.length;
  const stretches = Math.floor(most / 2);
  if (n <= most) return [x, y];
  const keep = [];
  for (let k = 0; k < stretches; k += 1) {
    const from = Math.floor((k * n) / stretches);
    const to = Math.floor(((k + 1) * n) / stretches);
    let low = from;
    let high = from;
    for (let i = from; i < to; i += 1) {
      if (y[i] < y[low]) low = i;
      if (y[i] > y[high]) high = i;
    }
    keep.push(Math.min(low, high));
    if (low !== high) keep.push(Math.max(low, high));
  }
  if (keep.at(-1) !== n - 1) keep.push(n - 1);
  return [keep.map((i) => x[i]), keep.map((i) => y[i])];
}
