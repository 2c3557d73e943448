/** Files → a ZIP, not compressed, since pictures already are. Pure. */

const HEAD_OF_FILE = 0x04034b50;
const HEAD_IN_DIRECTORY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20; // of the format that a reader must know
const NAMES_IN_UTF8 = 0x800;
const NOT_COMPRESSED = 0;
const TIME = 0;
const DATE = 0x21; // always 1 January 1980, so that equal pictures give an equal file
const CRC_POLYNOMIAL = 0xedb88320;
const ALL_BITS = 0xffffffff;

/** @typedef {{name: string, bytes: Uint8Array}} ZipFile its name with the folders before it */
/** @typedef {[value: number, bytes: number]} Field a number and how many bytes it takes */

/**
 * @param {number} value
 * @returns {Field}
 */
const short = (value) => [value, 2];

/**
 * @param {number} value
 * @returns {Field}
 */
const long = (value) => [value, 4];

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => crcOfByte(byte));

/** @param {number} byte */
function crcOfByte(byte) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const isOdd = crc & 1;
    crc >>>= 1;
    if (isOdd) crc ^= CRC_POLYNOMIAL;
  }
  return crc;
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ALL_BITS;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ ALL_BITS) >>> 0; // unsigned
}

/**
 * Numbers one after the other, the lowest byte of each first.
 * @param {Field[]} fields
 */
function packed(fields) {
  const bytes = [];
  for (const [value, size] of fields) {
    for (let i = 0; i < size; i += 1) bytes.push((value / 2 ** (8 * i)) & 255);
  }
  return Uint8Array.from(bytes);
}

/**
 * What the head of a file and its line in the directory both say.
 * @param {Uint8Array} bytes
 * @param {Uint8Array} name
 * @returns {Field[]}
 */
function description(bytes, name) {
  const size = bytes.length;
  return [
    short(VERSION),
    short(NAMES_IN_UTF8),
    short(NOT_COMPRESSED),
    short(TIME),
    short(DATE),
    long(crc32(bytes)),
    long(size), // compressed
    long(size), // as it was
    short(name.length),
    short(0), // no extra field
  ];
}

/**
 * A file's line in the directory.
 * @param {Field[]} about
 * @param {number} start where its head begins
 */
function directoryLine(about, start) {
  const noComment = short(0);
  const firstDisk = short(0);
  const noAttributes = [short(0), long(0)]; // inside and outside of the ZIP
  const fields = [short(VERSION), ...about, noComment, firstDisk, ...noAttributes, long(start)];
  return packed([long(HEAD_IN_DIRECTORY), ...fields]);
}

/**
 * @param {number} files how many
 * @param {number} length of the directory
 * @param {number} start where the directory begins
 */
function directoryEnd(files, length, start) {
  const firstDisk = [short(0), short(0)];
  const counts = [short(files), short(files)]; // on this disk, and of all
  const noComment = short(0);
  return packed([long(END_OF_DIRECTORY), ...firstDisk, ...counts, long(length), long(start), noComment]);
}

/** @param {Uint8Array[]} parts */
function lengthOf(parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/**
 * Every file after a head of its own, then the directory that names them all.
 * @param {ZipFile[]} files
 */
export function zip(files) {
  /** @type {any[]} */
  const contents = [];
  /** @type {any[]} */
  const directory = [];
  let start = 0;
  for (const { name, bytes } of files) {
    const nameBytes = new TextEncoder().encode(name);
    const about = description(bytes, nameBytes);
    const parts = [packed([long(HEAD_OF_FILE), ...about]), nameBytes, bytes];
    contents.push(...parts);
    directory.push(directoryLine(about, start), nameBytes);
    start += lengthOf(parts);
  }
  const end = directoryEnd(files.length, lengthOf(directory), start);
  return new Blob([...contents, ...directory, end], { type: "application/zip" });
}
