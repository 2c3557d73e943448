// @ts-nocheck
/** Files -> the bytes of a ZIP, not compressed, since pictures are already: [{name, bytes}] -> Blob. */

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
/* Numbers as little-endian bytes: [value, size] pairs. */
function packed(...pairs) {
  const out = new Uint8Array(pairs.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of pairs)
    for (let i = 0; i < size; i += 1, at += 1) out[at] = (value / 2 ** (8 * i)) & 255;
  return out;
}
const VERSION = 20,
  UTF8 = 0x800,
  DATE = 0x21; // 1 January 1980, so that equal pictures give an equal file
export function zip(files) {
  const parts = [],
    directory = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const title = new TextEncoder().encode(name),
      size = bytes.length;
    const common = [
      [VERSION, 2],
      [UTF8, 2],
      [0, 2],
      [0, 2],
      [DATE, 2],
      [crc32(bytes), 4],
      [size, 4],
      [size, 4],
      [title.length, 2],
      [0, 2],
    ];
    const head = packed([0x04034b50, 4], ...common);
    directory.push(
      packed([0x02014b50, 4], [VERSION, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]),
      title,
    );
    parts.push(head, title, bytes);
    at += head.length + title.length + size;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = packed(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [length, 4],
    [at, 4],
    [0, 2],
  );
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}
