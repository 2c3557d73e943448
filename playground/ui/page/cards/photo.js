/**
 * A photo for the network: from a file, dropped, pasted, or by the camera. It goes to where pictures are
 * read.
 */
import { h, visible } from "../core/dom.js";
import { on, onAny } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { card, head } from "../kit/card.js";
import { seePhoto } from "../run/drawing.js";
import { shownData, shownKind } from "../run/shown.js";
import { Webcam } from "./photo/webcam.js";

/**
 * The first picture among files.
 * @param {FileList | undefined | null} files
 */
const pictureIn = (files) => [...(files ?? [])].find(({ type }) => type.startsWith("image/"));

/** A line that says what came of a photo, in the language of the page. */
function newLine() {
  const line = h("p", { class: "photo-line", role: "status" });
  let wordsNow = () => "";
  function say(/** @type {() => string} */ words, isTrouble = false) {
    wordsNow = words;
    line.textContent = words();
    line.classList.toggle("fault", isTrouble);
  }
  on("lang", () => say(wordsNow, line.classList.contains("fault")), line);
  return { line, say };
}

/** The photo that was read last, small. */
function newThumbnail() {
  const picture = h("img", { class: "photo-thumb", alt: "", hidden: true });
  picture.addEventListener("error", () => {
    picture.hidden = true; // a format that the server reads and this browser does not show
  });
  function show(/** @type {Blob | null} */ blob) {
    URL.revokeObjectURL(picture.src);
    picture.hidden = blob === null;
    if (blob) picture.src = URL.createObjectURL(blob);
  }
  return { picture, show };
}

/**
 * @param {HTMLElement} place takes files that are dropped on it
 * @param {(picture: Blob) => void} take
 */
function takeDrops(place, take) {
  function over(/** @type {DragEvent} */ event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("over");
  }
  place.addEventListener("dragenter", over);
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    const [file] = event.dataTransfer?.files ?? [];
    if (file) take(file);
  });
}

/**
 * Ctrl+V anywhere on the tab.
 * @param {HTMLElement} root
 * @param {(picture: Blob) => void} take
 */
function takePastes(root, take) {
  function onPaste(/** @type {ClipboardEvent} */ event) {
    if (!root.isConnected) {
      document.removeEventListener("paste", onPaste);
      return;
    }
    const picture = pictureIn(event.clipboardData?.files);
    if (!picture || !visible(root)) return;
    event.preventDefault();
    take(picture);
  }
  document.addEventListener("paste", onPaste);
}

/** @param {(picture: Blob) => void} take */
function fileButton(take) {
  const input = h("input", {
    type: "file",
    accept: "image/*",
    class: "visually-hidden",
    tabindex: "-1", // the button is the one tab stop
    "aria-hidden": "true",
  });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) take(file);
    input.value = ""; // so that the same file can be chosen again
  });
  const button = h("button", { type: "button", "data-t": "photo.choose", onclick: () => input.click() });
  return { input, button };
}

/** @param {HTMLElement} root */
function setup(root) {
  const { line, say } = newLine();
  const thumbnail = newThumbnail();
  let latest = 0;

  async function read(/** @type {Blob} */ picture) {
    latest += 1;
    const mine = latest;
    thumbnail.show(picture);
    say(() => t("photo.reading"));
    try {
      const isFound = await seePhoto(picture);
      if (mine === latest) say(() => t(isFound ? "photo.seen" : "photo.empty"), !isFound);
    } catch (error) {
      const { text, message } = /** @type {any} */ (error);
      if (mine === latest) say(() => localized(text ?? message), true);
    }
  }

  const camera = new Webcam((key, isTrouble) => say(() => (key ? t(key) : ""), isTrouble), read);
  const file = fileButton(read);
  const buttons = h("div", { class: "photo-buttons" }, file.input, file.button, camera.opener);
  const drop = h("div", { class: "photo-drop" }, buttons, h("p", { class: "dim", "data-t": "photo.drop" }));
  const told = h("div", { class: "photo-told" }, thumbnail.picture, line);
  const explained = h("p", { class: "dim", "data-t": "photo.explain" });
  const content = h(
    "div",
    { class: "photo" },
    h("div", {}, drop, camera.view),
    h("div", {}, explained, told),
  );
  root.append(h("section", { class: "card photo-card" }, head("photo.title", "photo.help"), content));
  takeDrops(root, read);
  takePastes(root, read);

  function showWhereItFits() {
    root.hidden = shownKind() !== "image" || shownData()?.photo === "";
    if (root.hidden) camera.stop();
  }
  function forget() {
    say(() => "");
    thumbnail.show(null);
  }
  on("drawing", forget, root);
  on("tab", () => requestAnimationFrame(() => visible(root) || camera.stop()), root);
  onAny(["check", "run", "reset"], showWhereItFits, root);
  showWhereItFits();
}

export default card("photo", setup);
