/** Arrays of the server as they travel: bytes in base64. */

/**
 * A base64 text, or `{b64, dtype}` → typed array.
 * @param {string | {b64: string, dtype?: string}} array
 * @returns {any}
 */
export function decode(array) {
  const text = typeof array === "string" ? array : array.b64;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const isFloat = typeof array !== "string" && array.dtype === "float32";
  return isFloat ? new Float32Array(bytes.buffer) : bytes;
}

/** @param {Uint8Array | Uint8ClampedArray} bytes */
export function encode(bytes) {
  const CHUNK = 8192; // a call takes no more arguments than that everywhere
  let binary = "";
  for (let i = 0; i < bytes.length; i += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}

/**
 * A byte of 0…255 back to the number that it stands for.
 * @param {number} byte
 * @param {number} low
 * @param {number} high
 */
export const unscale = (byte, low, high) => low + (high - low) * (byte / 255);
