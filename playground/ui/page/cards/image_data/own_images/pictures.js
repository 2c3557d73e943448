/** A person's own pictures as canvases: from the pad, from photos, into a ZIP. */
import { decode } from "../../../core/bytes.js";
import { h } from "../../../core/dom.js";
import { drawGrey } from "../../../kit/pixels.js";
import { zip } from "../../../kit/zip.js";
import { drawing } from "../../../run/drawing.js";
import { folderName } from "./classes.js";

/** @typedef {import("./classes.js").PictureClass} PictureClass */

const LONGEST_FILE_NAME = 60;
const DRAWING_SIDE = 28; // as the network sees a drawing
const PHOTO_SIDE = 64; // no data set of a person's own is larger

/** @param {number} side */
const squareCanvas = (side) => h("canvas", { width: side, height: side });

/** What is on the pad now. */
export function fromDrawing() {
  const canvas = squareCanvas(DRAWING_SIDE);
  drawGrey(canvas, decode(drawing.drawn.pixels), DRAWING_SIDE, DRAWING_SIDE);
  return canvas;
}

/**
 * The middle square of a photo.
 * @param {File} file
 */
async function fromFile(file) {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  const canvas = squareCanvas(PHOTO_SIDE);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left, top, side, side, 0, 0, PHOTO_SIDE, PHOTO_SIDE);
  picture.close();
  return canvas;
}

/**
 * Adds photos to a class.
 * @param {PictureClass} pictureClass
 * @param {File[]} files
 * @returns {Promise<string[]>} the names of those that are no pictures
 */
export async function addFiles({ pictures }, files) {
  const unreadable = [];
  for (const file of files) {
    try {
      pictures.push(await fromFile(file));
    } catch {
      unreadable.push(file.name.slice(0, LONGEST_FILE_NAME));
    }
  }
  return unreadable;
}

/** @param {HTMLCanvasElement} canvas */
async function pngOf(canvas) {
  /** @type {any} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * All pictures as one ZIP with a folder for each class, as the server reads it.
 * @param {PictureClass[]} classes
 */
export async function pack(classes) {
  const files = [];
  for (const { name, pictures } of classes) {
    for (const [i, canvas] of pictures.entries()) {
      const number = String(i).padStart(4, "0"); // so that they sort as they were added
      files.push({ name: `${folderName(name)}/${number}.png`, bytes: await pngOf(canvas) });
    }
  }
  return zip(files);
}
