/**
 * Pictures of a person's own without a ZIP: classes that are made here from drawings and photos, and handed
 * in as one.
 */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { on, onAny } from "../../core/topics.js";
import { t } from "../../core/words.js";
import { faultsAt } from "../../experiment/faults.js";
import { saveFile } from "../../kit/save.js";
import { toolbar } from "../../kit/toolbar.js";
import { upload } from "../../kit/upload.js";
import { takeFile } from "../data_card/own_data.js";
import { ClassRow, textButton } from "./own_images/class_row.js";
import { freeName, lackOf, roomIn } from "./own_images/classes.js";
import { addFiles, pack } from "./own_images/pictures.js";

/** @typedef {import("./own_images/classes.js").PictureClass} PictureClass */

const ZIP_NAME = "images.zip";
const MOST_FILE_NAMES = 3;

/** @param {number} n */
const usualName = (n) => t("own.class", { n });

/** Whether the server has pictures that it could read. */
function hasGoodFile() {
  const isKnown = Boolean(state.experiment.data.file && state.check?.data);
  return isKnown && faultsAt("data.file").length === 0;
}

export class OwnImages {
  constructor() {
    /** @type {PictureClass[]} */
    this.classes = [];
    /** @type {ClassRow[]} */
    this.rows = [];
    this.sentFile = ""; // the id of the file that was made of these very classes
    this.isEdited = false; // since the experiment got its file
    this.facts = h("p", { class: "dim num" });
    this.parts = h("p", { class: "dim num own-parts", hidden: true });
    this.list = h("div", { class: "own-classes" });
    this.use = textButton("primary", "own.use", () => this.guarded(() => this.handIn()));
    this.save = textButton("", "own.save", () => this.guarded(() => this.saveZip()));
    this.why = h("p", { class: "dim own-why", role: "status" });
    this.trouble = h("p", { class: "upload-trouble", role: "alert", hidden: true });
    this.element = h("div", { class: "own" }, this.facts, this.parts);
    this.element.append(this.explanation(), this.list, this.tools(), this.why, this.trouble);
    this.addClass();
    this.addClass();
    onAny(["sample", "drawing", "check", "experiment"], () => this.update(), this.element);
    on("lang", () => this.rebuild(), this.element);
    on("file_taken", () => this.beQuiet(), this.element);
    this.rebuild();
  }

  explanation() {
    return h("p", { class: "dim", "data-t": "own.explain" });
  }

  tools() {
    const add = textButton("", "own.add_class", () => this.beginClass());
    return toolbar(h("div", { class: "own-tools" }, add, this.use, this.save), "own.tools");
  }

  addClass() {
    this.classes.push({ name: freeName(this.classes, usualName), pictures: [] });
  }

  beginClass() {
    this.addClass();
    this.rebuild();
    this.changed();
    this.rows.at(-1)?.name.select();
  }

  /** @param {PictureClass} pictureClass */
  remove(pictureClass) {
    this.classes.splice(this.classes.indexOf(pictureClass), 1);
    this.rebuild();
    this.changed();
  }

  /**
   * Does what may fail and says what went wrong.
   * @param {() => Promise<void>} work
   */
  async guarded(work) {
    this.trouble.hidden = true;
    try {
      await work();
    } catch (error) {
      this.trouble.textContent = /** @type {Error} */ (error).message;
      this.trouble.hidden = false;
    }
  }

  async handIn() {
    this.use.disabled = true;
    try {
      const file = new File([await pack(this.classes)], ZIP_NAME);
      const { id, facts, name } = await upload(file, "own");
      this.sentFile = id;
      this.isEdited = false;
      takeFile(id, facts, name);
    } finally {
      this.update();
    }
  }

  /** A file was chosen: the classes here are not what is learnt from. */
  beQuiet() {
    this.isEdited = false;
    this.update();
  }

  async saveZip() {
    saveFile(ZIP_NAME, await pack(this.classes));
  }

  /**
   * @param {PictureClass} pictureClass
   * @param {File[]} files
   */
  addPhotos(pictureClass, files) {
    const fitting = files.slice(0, roomIn(this.classes));
    return this.guarded(() => this.readPhotos(pictureClass, fitting));
  }

  /**
   * @param {PictureClass} pictureClass
   * @param {File[]} files
   */
  async readPhotos(pictureClass, files) {
    const unreadable = await addFiles(pictureClass, files);
    // all rows, since another language may have drawn them again meanwhile
    for (const row of this.rows) row.showPictures();
    this.changed();
    const names = unreadable.slice(0, MOST_FILE_NAMES).join(", ");
    if (names) throw new Error(t("own.unreadable", { names }));
  }

  changed() {
    this.sentFile = "";
    this.isEdited = true;
    this.update();
  }

  rebuild() {
    this.rows = this.classes.map((pictureClass) => new ClassRow(pictureClass, this));
    this.list.replaceChildren(...this.rows.map(({ element }) => element));
    this.update();
  }

  update() {
    const { file } = state.experiment.data;
    const lack = lackOf(this.classes);
    const isSent = this.sentFile !== "" && this.sentFile === file;
    // pictures that are good need no classes here: these are silent until somebody begins with them
    const isSilent = hasGoodFile() && !this.isEdited;
    this.use.disabled = lack !== null || isSent;
    this.save.disabled = lack !== null;
    this.explain(isSilent ? null : lack);
    for (const row of this.rows) row.update(isSilent);
    this.showFacts();
  }

  /** @param {ReturnType<typeof lackOf>} lack */
  explain(lack) {
    const words = lack ? t(lack.key, lack.values) : "";
    // the same words again would be read out again
    if (this.why.textContent !== words) this.why.textContent = words;
    this.why.hidden = !words;
  }

  showFacts() {
    const isHere = hasGoodFile();
    this.facts.hidden = !isHere;
    this.parts.hidden = !isHere || !state.check.data.has_given_parts;
    if (!isHere) return;
    const { n_train, n_validation, classes } = state.check.data;
    this.facts.textContent = t("own.facts", { images: n_train + n_validation, classes: classes.join(", ") });
    this.parts.textContent = t("own.parts", { train: n_train, validation: n_validation });
  }
}
