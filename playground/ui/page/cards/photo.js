// @ts-nocheck
/** Takes the picture that gr.Image got (upload, webcam, clipboard) to where pictures are read, and says what came of it. */
import { h, visible } from "../core/dom.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { card, head } from "../kit/card.js";
import { seePhoto } from "../run/drawing.js";
import { shownData, shownKind } from "../run/shown.js";

/** @type {(value: any) => void} */
let read = () => {};

/**
 * Called by the event of gr.Image, with what Gradio made of the picture.
 * @param {any} value
 */
export const readPhoto = (value) => read(value);

function setup(root) {
  const line = h("p", { class: "photo-line", role: "status" });
  root.append(head("photo.title", "photo.help"), h("p", { class: "dim", "data-t": "photo.explain" }), line);
  const say = (key, bad = false) => {
    line.textContent = key;
    line.classList.toggle("fault", bad);
  };

  read = async (value) => {
    if (!value?.url) return say("");
    say(t("photo.reading"));
    try {
      const response = await fetch(value.url);
      const found = await seePhoto(await response.blob());
      if (value.pasted) URL.revokeObjectURL(value.url);
      say(t(found ? "photo.seen" : "photo.empty"), !found);
    } catch (error) {
      say(error.message, true);
    }
  };
  /* Ctrl+V anywhere on the tab: the picture goes the way of an upload. */
  const pasted = (event) => {
    if (!root.isConnected) {
      document.removeEventListener("paste", pasted);
      return;
    }
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (!file || !visible(root)) return;
    event.preventDefault();
    read({ url: URL.createObjectURL(file), pasted: true });
  };
  document.addEventListener("paste", pasted);
  on("drawing", () => say(""), root);
  const fits = () => {
    const points = shownKind() !== "image" || shownData()?.photo === "";
    root.closest(".photo-card")?.classList.toggle("not-for-points", points);
  };
  for (const topic of ["check", "run", "reset"]) on(topic, fits, root);
  fits();
}
export default card("photo", setup);
