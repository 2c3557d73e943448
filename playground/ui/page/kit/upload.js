/**
 * A place for a person's own file: a button, drag and drop, what goes wrong in words. For the data cards
 * of every kind.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { base, post, RequestError } from "../core/requests.js";
import { state } from "../core/state.js";
import { session } from "../core/storage.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { checkNow } from "../experiment/check.js";

/**
 * Hands a file in.
 * @param {File} file
 * @param {string} kind one that the server takes
 * @returns {Promise<{id: string, name: string, key: string, facts: any}>}
 */
export async function upload(file, kind) {
  const limit = state.boot.settings.max_data_bytes;
  if (file.size > limit) throw tooLarge(file.size, limit);
  if (!file.size) throw new RequestError(422, { code: "upload_empty", message: t("upload.empty") });
  const query = new URLSearchParams({ kind, name: file.name ?? "" });
  const answer = await post(`upload?${query}`, file);
  session.set(`file.${answer.id}`, answer.key);
  return answer;
}

/**
 * @param {number} size
 * @param {number} limit
 */
function tooLarge(size, limit) {
  const message = t("upload.too_large", { size: format.bytes(size), limit: format.bytes(limit) });
  return new RequestError(413, { code: "data_too_large", message });
}

/**
 * Where a file that was uploaded from this tab can be fetched again; null for everybody else's.
 * @param {string} id
 */
export function ownFileAddress(id) {
  const key = session.get(`file.${id}`);
  return key ? `${base}files/${id}?key=${key}` : null;
}

/**
 * The batch for so many samples: as chosen, but no more than an eighth of them.
 * @param {number} samples
 * @param {number} [chosen]
 */
export function batchFor(samples, chosen = 64) {
  const eighth = Math.max(1, samples) / 8;
  const powerOfTwo = 2 ** Math.floor(Math.log2(eighth));
  return Math.min(chosen, Math.max(2, powerOfTwo));
}

/**
 * @typedef {object} Wishes
 * @property {string} kind of file, as the server calls it
 * @property {string} accept the browser's list of endings
 * @property {string} words key of the line in it
 * @property {(id: string, facts: any, name: string) => void} done called once the server has the file, with
 * the name that it has there
 */

/**
 * The box in which a file is chosen or dropped.
 * @param {Wishes} wishes
 */
export const fileChooser = (wishes) => new FileChooser(wishes).element;

/** Its parts may be placed apart, where the box itself is not shown. */
export class FileChooser {
  /** @param {Wishes} wishes */
  constructor({ kind, accept, words, done }) {
    this.kind = kind;
    this.done = done;
    this.latest = 0; // counts the files: only what the last of them says is told
    /** @type {{file: File, error: any} | null} */
    this.failed = null;
    this.input = h("input", { type: "file", accept, class: "visually-hidden", "data-t-label": words });
    this.input.tabIndex = -1; // the button opens it
    const open = () => this.input.click();
    this.button = h("button", { type: "button", "data-t": "upload.choose", onclick: open });
    this.trouble = h("p", { class: "upload-trouble", role: "alert", hidden: true });
    const line = h("span", { class: "dim", "data-t": words });
    this.element = h("div", { class: "upload" }, this.input, this.button, line, this.trouble);
    this.input.addEventListener("change", () => this.take(this.input.files[0]));
    takeDrops(this.element, (file) => this.take(file));
    on("lang", () => this.tell(), this.element);
  }

  tell() {
    this.trouble.hidden = !this.failed;
    if (!this.failed) return;
    const { file, error } = this.failed;
    this.trouble.textContent = `${file.name.slice(0, 80)}: ${localized(error.text ?? error.message)}`;
  }

  /** @param {File | undefined} file */
  async take(file) {
    if (!file) return;
    this.latest += 1;
    const mine = this.latest;
    this.failed = null;
    this.tell();
    this.setBusy(true);
    try {
      const { id, facts, name } = await upload(file, this.kind);
      if (mine !== this.latest) return;
      this.done(id, facts, name);
      checkNow(); // the very file that was gone changes nothing of the experiment, but is here again
    } catch (error) {
      if (mine !== this.latest) return;
      this.failed = { file, error };
      this.tell();
    } finally {
      if (mine === this.latest) this.setBusy(false);
    }
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    this.element.classList.toggle("busy", isBusy);
    this.button.disabled = isBusy;
    if (!isBusy) this.input.value = ""; // the same file can be chosen again
  }
}

/**
 * Files that are dropped on a place.
 * @param {HTMLElement} place
 * @param {(file: File) => void} take called with the file, or undefined where something else was dropped
 */
export function takeDrops(place, take) {
  function over(/** @type {any} */ event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    place.classList.add("over");
  }
  place.addEventListener("dragenter", over);
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (/** @type {any} */ event) => {
    event.preventDefault();
    place.classList.remove("over");
    take(event.dataTransfer.files[0]);
  });
}
