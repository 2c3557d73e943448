/** One class of a person's own pictures: its name, its pictures, and the buttons that add to it. */
import { h } from "../../../core/dom.js";
import { state } from "../../../core/state.js";
import { t } from "../../../core/words.js";
import { icon } from "../../../kit/icons.js";
import { toolbar } from "../../../kit/toolbar.js";
import { clearDrawing, drawing } from "../../../run/drawing.js";
import { hasTooFew, LONGEST_NAME } from "./classes.js";
import { fromDrawing } from "./pictures.js";

/** @typedef {import("./classes.js").PictureClass} PictureClass */

/**
 * @typedef {object} Editor What a row tells the editor that it is in.
 * @property {() => void} changed
 * @property {(pictureClass: PictureClass) => void} remove
 * @property {(pictureClass: PictureClass, files: File[]) => void} addPhotos
 */

export class ClassRow {
  /**
   * @param {PictureClass} pictureClass
   * @param {Editor} editor
   */
  constructor(pictureClass, editor) {
    this.pictureClass = pictureClass;
    this.editor = editor;
    this.name = this.nameInput();
    this.count = h("span", { class: "dim num own-count" });
    this.drawn = textButton("small own-drawn", "own.add_drawing", () => this.addDrawing());
    this.files = this.filesInput();
    this.shelf = toolbar(h("div", { class: "own-shelf" }), "own.shelf");
    this.element = h("section", { class: "own-class" }, this.head(), this.shelf);
    this.showPictures();
  }

  nameInput() {
    const input = h("input", {
      type: "text",
      maxlength: LONGEST_NAME,
      value: this.pictureClass.name,
      "data-t-label": "own.name",
    });
    input.addEventListener("input", () => {
      this.pictureClass.name = input.value;
      this.editor.changed();
    });
    return input;
  }

  filesInput() {
    const input = h("input", {
      type: "file",
      accept: "image/*",
      multiple: true,
      class: "visually-hidden",
      tabindex: "-1", // the button is the one tab stop
      "aria-hidden": "true",
    });
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = ""; // the same photos can be chosen again
      this.editor.addPhotos(this.pictureClass, files);
    });
    return input;
  }

  head() {
    const space = h("span", { class: "grow" });
    const photos = textButton("small", "own.add_photos", () => this.files.click());
    const remove = h("button", {
      type: "button",
      class: "icon small",
      "data-t-title": "own.remove_class",
      onclick: () => this.editor.remove(this.pictureClass),
    });
    remove.append(icon("close"));
    const row = h("div", { class: "own-head" }, this.name, this.count, space);
    row.append(this.drawn, photos, this.files, remove);
    return row;
  }

  addDrawing() {
    this.pictureClass.pictures.push(fromDrawing());
    clearDrawing();
    this.showPictures();
    this.editor.changed();
  }

  showPictures() {
    const { pictures } = this.pictureClass;
    this.shelf.replaceChildren(...pictures.map((canvas, place) => this.pictureButton(canvas, place)));
    this.count.textContent = t("own.count", { n: pictures.length });
  }

  /**
   * A picture; a click removes it.
   * @param {HTMLCanvasElement} canvas
   * @param {number} place
   */
  pictureButton(canvas, place) {
    const words = t("own.remove_picture");
    const button = h("button", { type: "button", class: "own-picture", title: words, "aria-label": words });
    button.append(canvas);
    button.addEventListener("click", () => {
      this.pictureClass.pictures.splice(place, 1);
      this.showPictures();
      const next = this.shelf.children[place] ?? this.shelf.lastElementChild;
      next?.focus();
      this.editor.changed();
    });
    return button;
  }

  /** @param {boolean} isSilent whether nothing is said of too few pictures */
  update(isSilent) {
    this.drawn.disabled = !drawing.drawn;
    this.drawn.hidden = state.data?.pad === false;
    this.count.classList.toggle("too-few", !isSilent && hasTooFew(this.pictureClass));
  }
}

/**
 * @param {string} look the names of its classes
 * @param {string} words key of the words on it
 * @param {() => void} act
 */
export const textButton = (look, words, act) =>
  h("button", { type: "button", class: look || null, "data-t": words, onclick: act });
