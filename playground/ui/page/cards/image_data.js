// @ts-nocheck
/** Images beside the data card: fetching a public set, pictures of one's own, and augmentation shown on real samples. */

import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { post, request } from "../core/requests.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { entryOf, fieldValue } from "../experiment/catalogue.js";
import { checkNow } from "../experiment/check.js";
import { faultsAt, faultsUnder } from "../experiment/faults.js";
import { edit } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { fieldControl } from "../kit/fields.js";
import { drawPicture } from "../kit/pixels.js";
import { ownImages } from "./own_images.js";

const POLL_MS = 400,
  CODES = ["not_downloaded", "downloading", "download_failed"];

/* ---- a public set: absent, on its way, here ---- */
function downloadBox() {
  const bar = h("progress", { max: 1, hidden: true, "data-t-label": "download.progress" }),
    line = h("span", { class: "num dim", role: "status" });
  const begin = h("button", {
    type: "button",
    class: "primary",
    "data-t": "download.begin",
    onclick: () => say("post", {}),
  });
  const cancel = h("button", {
    type: "button",
    "data-t": "download.cancel",
    hidden: true,
    onclick: () => say("post", { cancel: true }),
  });
  const root = h("div", { class: "download" }, begin, cancel, bar, line);
  let timer = 0;

  const id = () => state.experiment.data.dataset;
  async function say(how, body) {
    clearTimeout(timer);
    const of = id();
    try {
      const view = how === "post" ? await post(`downloads/${of}`, body) : await request(`downloads/${of}`);
      if (of === id()) show(view);
    } catch (error) {
      line.textContent = error.message;
    }
  }
  function show(view) {
    const running = view.state === "running",
      bytes = format.bytes;
    begin.hidden = running;
    cancel.hidden = bar.hidden = !running;
    if (running && view.total_bytes) bar.value = view.got_bytes / view.total_bytes;
    else bar.removeAttribute("value");
    line.textContent = !running
      ? ""
      : !view.file || !view.got_bytes
        ? t("download.connecting")
        : t("download.line", {
            file: view.file,
            files: view.files,
            got: bytes(view.got_bytes),
            total: view.total_bytes ? bytes(view.total_bytes) : "?",
          });
    if (running)
      timer = setTimeout(() => {
        if (root.isConnected) say("get");
      }, POLL_MS);
    else if (view.state !== "absent" || faultsAt("data.dataset").some(({ code }) => code === "downloading"))
      checkNow();
  }
  root.update = () => {
    const fault = faultsAt("data.dataset").find(({ code }) => CODES.includes(code));
    root.hidden = !fault;
    if (fault?.code === "downloading") say("get");
  };
  return root;
}

/* ---- augmentation ---- */
function augmentBox() {
  const fields = state.boot.catalogue.augment_fields,
    line = h("span", { class: "dim" });
  const boxes = fields.map((field) => ({
    field,
    box: fieldControl(field, field.default, (value) => change(field, value), { unit: true }),
  }));
  const grid = h("div", { class: "augmented", role: "group" });
  const off = h("button", {
    type: "button",
    class: "small",
    "data-t": "augment.off",
    onclick: () => put(null),
  });
  const some = h("button", {
    type: "button",
    class: "small",
    "data-t": "augment.some",
    onclick: () => put({ shift: 2, rotate: 10, scale: 0.1 }),
  });
  const root = h(
    "details",
    { class: "augment" },
    h("summary", {}, h("b", { "data-t": "augment.title" }), line),
    h("p", { class: "dim", "data-t": "augment.explain" }),
    h("div", { class: "options" }, ...boxes.map(({ box }) => box), some, off),
    grid,
  );

  const put = (augment) =>
    edit("edit.data", (experiment) => {
      experiment.data.augment = augment;
    });
  const chosen = () =>
    fields.filter((field) => fieldValue(state.experiment.data.augment, field) !== field.default);
  function change(field, value) {
    edit(
      "edit.data",
      (experiment) => {
        const augment = { ...experiment.data.augment, [field.name]: value };
        experiment.data.augment = fields.some(
          ({ name, default: usual }) => name in augment && augment[name] !== usual,
        )
          ? augment
          : null;
      },
      { merge: `data.augment.${field.name}` },
    );
  }
  root.update = () => {
    for (const { field, box } of boxes) {
      box.update(fieldValue(state.experiment.data.augment, field));
      box.fault(faultsAt(`data.augment.${field.name}`).length > 0);
    }
    const on = chosen();
    line.textContent = on.length ? on.map((field) => localized(field.label)).join(", ") : t("augment.none");
    off.disabled = !on.length;
    /* What is shown is of other data, where these cannot be had. */
    grid.style.display = faultsUnder("data").some(
      ({ place }) => place === "data.file" || place === "data.dataset",
    )
      ? "none"
      : "";
  };
  root.relabel = () => boxes.forEach(({ box }) => box.relabel());
  root.preview = ({ augmented, size, channels }) => {
    grid.hidden = !augmented?.length;
    if (grid.hidden) return;
    grid.setAttribute("aria-label", t("augment.grid"));
    grid.replaceChildren(
      ...augmented.flatMap((row) =>
        row.map((bytes, i) => {
          const canvas = h("canvas", {
            class: i ? "" : "original",
            title: t(i ? "augment.changed" : "augment.original"),
          });
          drawPicture(canvas, decode(bytes), size[0], size[1], channels);
          return canvas;
        }),
      ),
    );
    grid.style.setProperty("--across", augmented[0].length);
  };
  return root;
}

function setup(root) {
  const download = downloadBox(),
    augment = augmentBox(),
    place = h("div");
  let own = null;
  const card = h("section", { class: "card" }, download, place, augment);
  root.append(card);

  function update() {
    const entry = entryOf("dataset", state.experiment.data.dataset),
      isOwn = entry?.id === "own_images";
    card.hidden = !entry?.augments;
    if (card.hidden) return;
    // once: moving it again would take a writer's focus away
    if (isOwn && !own) {
      own = ownImages();
      place.append(own);
    }
    place.hidden = !isOwn;
    download.update();
    augment.update();
  }
  for (const topic of ["check", "experiment"]) on(topic, update, root);
  on(
    "preview",
    (preview) => {
      if (preview.kind === "image") augment.preview(preview);
    },
    root,
  );
  on(
    "lang",
    () => {
      augment.relabel();
      update();
      if (state.preview?.kind === "image") augment.preview(state.preview);
    },
    root,
  );
  update();
  if (state.preview?.kind === "image") augment.preview(state.preview);
}
export default card("image_data", setup);
