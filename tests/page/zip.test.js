import assert from "node:assert/strict";
import { test } from "node:test";
import { zip } from "../../playground/ui/page/kit/zip.js";

const HEAD_OF_FILE = 0x04034b50;
const HEAD_IN_DIRECTORY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const LENGTH_OF_HEAD = 30;
const LENGTH_OF_LINE = 46;
const LENGTH_OF_END = 22;

const utf8 = (text) => new TextEncoder().encode(text);

async function viewOf(blob) {
  return new DataView(await blob.arrayBuffer());
}

const bytesAt = (view, at, length) => new Uint8Array(view.buffer, at, length);

/* The files as a reader of the directory finds them, each with the sum that is written for it. */
function unzip(view) {
  const end = view.byteLength - LENGTH_OF_END;
  assert.equal(view.getUint32(end, true), END_OF_DIRECTORY);
  const files = [];
  let line = view.getUint32(end + 16, true);
  for (let i = 0; i < view.getUint16(end + 10, true); i += 1) {
    assert.equal(view.getUint32(line, true), HEAD_IN_DIRECTORY);
    const length = view.getUint16(line + 28, true);
    const start = view.getUint32(line + 42, true);
    assert.equal(view.getUint32(start, true), HEAD_OF_FILE);
    assert.equal(view.getUint32(start + 14, true), view.getUint32(line + 16, true));
    files.push({
      name: new TextDecoder().decode(bytesAt(view, line + LENGTH_OF_LINE, length)),
      bytes: bytesAt(view, start + LENGTH_OF_HEAD + length, view.getUint32(line + 24, true)),
      crc: view.getUint32(line + 16, true),
    });
    line += LENGTH_OF_LINE + length;
  }
  assert.equal(line, end);
  return files;
}

test("what is written is read again, with its names in any script", async () => {
  const files = [
    { name: "cat/0000.png", bytes: Uint8Array.from({ length: 300 }, (_, i) => i & 255) },
    { name: "猫/0000.png", bytes: utf8("123456789") },
    { name: "empty", bytes: new Uint8Array() },
  ];
  const read = unzip(await viewOf(zip(files)));
  assert.deepEqual(
    read.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
    files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
  );
});

test("each file's sum is its CRC-32", async () => {
  const [digits, empty] = unzip(
    await viewOf(
      zip([
        { name: "digits", bytes: utf8("123456789") },
        { name: "empty", bytes: new Uint8Array() },
      ]),
    ),
  );
  assert.equal(digits.crc, 0xcbf43926); // the check value of the standard
  assert.equal(empty.crc, 0);
});

test("equal files give equal bytes, whenever they are written", async () => {
  const files = [{ name: "a/0.png", bytes: utf8("picture") }];
  const first = await viewOf(zip(files));
  const second = await viewOf(zip(files));
  assert.deepEqual(bytesAt(first, 0, first.byteLength), bytesAt(second, 0, second.byteLength));
});

test("no files at all are a ZIP too", async () => {
  assert.deepEqual(unzip(await viewOf(zip([]))), []);
});
