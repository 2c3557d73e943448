/** The classes of a person's own pictures: their names, and what they still lack. Pure. */

export const FEWEST_PICTURES = 2; // a class needs one to learn from and one to validate with
export const MOST_PICTURES = 5000; // of all classes
export const LONGEST_NAME = 40;
const FEWEST_CLASSES = 2;

/** @typedef {{name: string, pictures: any[]}} PictureClass its pictures are canvases */

/**
 * The name of a class as the name of a folder.
 * @param {string} name
 */
export function folderName(name) {
  const harmless = name.trim().replace(/[\\/:\p{C}]/gu, "_");
  const visible = harmless.replace(/^\./, "_");
  return visible.slice(0, LONGEST_NAME);
}

/**
 * A name that no class has yet.
 * @param {PictureClass[]} classes
 * @param {(n: number) => string} nameOf the usual name of the n-th class
 */
export function freeName(classes, nameOf) {
  const names = new Set(classes.map(({ name }) => name));
  let n = classes.length + 1;
  while (names.has(nameOf(n))) n += 1;
  return nameOf(n);
}

/**
 * What keeps the classes from being used: the key of the words and the values in them; null where
 * nothing does.
 * @param {PictureClass[]} classes
 * @returns {{key: string, values: Record<string, any>} | null}
 */
export function lackOf(classes) {
  const names = classes.map(({ name }) => folderName(name));
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (classes.length < FEWEST_CLASSES) return { key: "own.why.classes", values: {} };
  if (names.includes("")) return { key: "own.why.no_name", values: {} };
  if (repeated !== undefined) return { key: "own.why.same_name", values: { name: repeated } };
  if (classes.some(hasTooFew)) return { key: "own.why.too_few", values: { n: FEWEST_PICTURES } };
  return null;
}

/** @param {PictureClass} pictureClass */
export const hasTooFew = ({ pictures }) => pictures.length < FEWEST_PICTURES;

/**
 * How many pictures may still be added.
 * @param {PictureClass[]} classes
 */
export function roomIn(classes) {
  let room = MOST_PICTURES;
  for (const { pictures } of classes) room -= pictures.length;
  return Math.max(0, room);
}
