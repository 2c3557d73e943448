/**
 * Images beside the data card: fetching a public set, pictures of one's own, and augmentation shown on
 * real samples.
 */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { entryOf } from "../experiment/catalogue.js";
import { faultsAt } from "../experiment/faults.js";
import { card } from "../kit/card.js";
import { DownloadBox } from "../kit/download_box.js";
import { AugmentBox } from "./image_data/augment_box.js";
import { OwnImages } from "./image_data/own_images.js";

const ABSENT_CODES = ["not_downloaded", "downloading", "download_failed"];

const chosenSet = () => state.experiment.data.dataset;

/** The fault that says that the set is not here. */
const absence = () => faultsAt("data.dataset").find(({ code }) => ABSENT_CODES.includes(code));

/** @param {HTMLElement} root */
function setup(root) {
  const download = new DownloadBox(chosenSet, absence);
  const augment = new AugmentBox();
  const place = h("div");
  const frame = h("section", { class: "card" }, download.element, place, augment.element);
  root.append(frame);

  function update() {
    const entry = /** @type {any} */ (entryOf("dataset", state.experiment.data.dataset));
    frame.hidden = !entry?.augments;
    if (frame.hidden) return;
    const isOwn = entry.facts.takes_file === "images";
    place.hidden = !isOwn;
    // made once: moving it again would take a writer's focus away
    if (isOwn && !place.hasChildNodes()) place.append(new OwnImages().element);
    download.update();
    augment.update();
  }
  function showPreview() {
    if (state.preview?.kind === "image") augment.showPreview(state.preview);
  }
  onAny(["check", "experiment"], update, root);
  on("preview", showPreview, root);
  on(
    "lang",
    () => {
      augment.relabel();
      update();
      showPreview();
    },
    root,
  );
  update();
  showPreview();
}

export default card("image_data", setup);
