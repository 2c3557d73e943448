// @ts-nocheck
/** Classes of one's own: name them, add drawings from the pad and photos, and hand all of it in as one ZIP. */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { faultsAt } from "../experiment/faults.js";
import { edit } from "../experiment/store.js";
import { icon } from "../kit/icons.js";
import { drawGrey } from "../kit/pixels.js";
import { batchFor, fileChooser, upload } from "../kit/upload.js";
import { zip } from "../kit/zip.js";
import { clearDrawing, drawing } from "../run/drawing.js";

const LEAST = 2,
  SIDE = 64,
  MOST = 5000;
const classes = []; // {name, pictures: [{canvas}]}; they stay while the page does
let sent = ""; // the id of the file that was made of them

function canvasOf(side) {
  return h("canvas", { width: side, height: side });
}
function fromDrawing() {
  const canvas = canvasOf(28);
  drawGrey(canvas, decode(drawing.drawn.pixels), 28, 28);
  return canvas;
}
/* The middle square of a photo. */
async function fromFile(file) {
  const picture = await createImageBitmap(file),
    side = Math.min(picture.width, picture.height),
    canvas = canvasOf(SIDE);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(
    picture,
    (picture.width - side) / 2,
    (picture.height - side) / 2,
    side,
    side,
    0,
    0,
    SIDE,
    SIDE,
  );
  picture.close();
  return canvas;
}
const bytesOf = (canvas) =>
  new Promise((resolve) => {
    canvas.toBlob(async (blob) => resolve(new Uint8Array(await blob.arrayBuffer())), "image/png");
  });
/* A name of a class as the name of a folder. */
const folder = (name) =>
  name
    .trim()
    .replace(/[\\/:\p{C}]/gu, "_")
    .replace(/^\./, "_")
    .slice(0, 40);
async function pack() {
  const files = [];
  for (const each of classes) {
    for (const [i, canvas] of each.pictures.entries())
      files.push({
        name: `${folder(each.name)}/${String(i).padStart(4, "0")}.png`,
        bytes: await bytesOf(canvas),
      });
  }
  return zip(files);
}

export function ownImages() {
  const list = h("div", { class: "own-classes" }),
    trouble = h("p", { class: "upload-trouble", role: "alert", hidden: true });
  const facts = h("p", { class: "dim num" }),
    why = h("p", { class: "dim own-why", role: "status" });
  const add = h("button", {
    type: "button",
    "data-t": "own.add_class",
    onclick: () => {
      classes.push({ name: nextName(), pictures: [] });
      rebuild();
      list.lastElementChild?.querySelector("input").select();
    },
  });
  const use = h("button", {
    type: "button",
    class: "primary",
    "data-t": "own.use",
    onclick: () => guarded(handIn),
  });
  const save = h("button", {
    type: "button",
    "data-t": "own.save",
    onclick: () => guarded(async () => download(await pack())),
  });
  const chooser = fileChooser({
    kind: "images",
    accept: ".zip,application/zip",
    words: "own.choose",
    done: take,
  });
  const root = h(
    "div",
    { class: "own" },
    chooser,
    facts,
    h("p", { class: "dim", "data-t": "own.explain" }),
    list,
    h("div", { class: "own-tools" }, add, use, save),
    why,
    trouble,
  );

  const nextName = () => {
    let n = classes.length + 1;
    while (classes.some(({ name }) => name === t("own.class", { n }))) n += 1;
    return t("own.class", { n });
  };
  /* What keeps the classes from being used, in words; blank where nothing does. */
  function lacking() {
    const names = classes.map(({ name }) => folder(name)),
      twice = names.find((name, i) => names.indexOf(name) < i);
    if (classes.length < 2) return t("own.why.classes");
    if (names.includes("")) return t("own.why.no_name");
    if (twice !== undefined) return t("own.why.same_name", { name: twice });
    return classes.some(({ pictures }) => pictures.length < LEAST) ? t("own.why.too_few", { n: LEAST }) : "";
  }
  async function guarded(work) {
    trouble.hidden = true;
    try {
      await work();
    } catch (error) {
      trouble.textContent = error.message;
      trouble.hidden = false;
    }
  }
  async function handIn() {
    use.disabled = true;
    try {
      const { id, facts: found } = await upload(new File([await pack()], "images.zip"), "images");
      sent = id;
      take(id, found);
    } finally {
      update();
    }
  }
  /* No batch larger than the pictures: a batch that fits stays as it was chosen. */
  function take(id, { images }) {
    edit("edit.data", ({ data }) => {
      Object.assign(data, { file: id, batch_size: batchFor(images, data.batch_size) });
    });
  }
  function download(blob) {
    const link = h("a", { href: URL.createObjectURL(blob), download: "images.zip" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  function row(each) {
    const name = h("input", {
      type: "text",
      maxlength: 40,
      value: each.name,
      "data-t-label": "own.name",
      oninput: () => {
        each.name = name.value;
        changed();
      },
    });
    const count = h("span", { class: "dim num own-count" }),
      shelf = h("div", { class: "own-shelf" });
    const input = h("input", {
      type: "file",
      accept: "image/*",
      multiple: true,
      class: "visually-hidden",
      "data-t-label": "own.add_photos",
      onchange: () => guarded(() => addPhotos(each, input)),
    });
    const drawn = h("button", {
      type: "button",
      class: "small own-drawn",
      "data-t": "own.add_drawing",
      onclick: () => {
        each.pictures.push(fromDrawing());
        clearDrawing();
        fill();
        changed();
      },
    });
    const element = h(
      "section",
      { class: "own-class" },
      h(
        "div",
        { class: "own-head" },
        name,
        count,
        h("span", { class: "grow" }),
        drawn,
        h("button", {
          type: "button",
          class: "small",
          "data-t": "own.add_photos",
          onclick: () => input.click(),
        }),
        input,
        h(
          "button",
          {
            type: "button",
            class: "icon small",
            "data-t-title": "own.remove_class",
            onclick: () => {
              classes.splice(classes.indexOf(each), 1);
              rebuild();
              changed();
            },
          },
          icon("close"),
        ),
      ),
      shelf,
    );
    function fill() {
      shelf.replaceChildren(
        ...each.pictures.map((canvas, i) =>
          h(
            "button",
            {
              type: "button",
              class: "own-picture",
              title: t("own.remove_picture"),
              "aria-label": t("own.remove_picture"),
              onclick: () => {
                each.pictures.splice(i, 1);
                fill();
                changed();
              },
            },
            canvas,
          ),
        ),
      );
      count.textContent = t("own.count", { n: each.pictures.length });
      count.classList.toggle("too-few", each.pictures.length < LEAST);
    }
    element.fill = fill;
    fill();
    return element;
  }
  async function addPhotos(each, input) {
    const room = MOST - classes.reduce((sum, { pictures }) => sum + pictures.length, 0);
    const bad = [];
    for (const file of [...input.files].slice(0, Math.max(0, room))) {
      try {
        each.pictures.push(await fromFile(file));
      } catch {
        bad.push(file.name.slice(0, 60));
      }
    }
    input.value = "";
    for (const element of list.children) element.fill();
    changed();
    if (bad.length) throw new Error(t("own.unreadable", { names: bad.slice(0, 3).join(", ") }));
  }
  function changed() {
    sent = "";
    update();
  }
  function rebuild() {
    list.replaceChildren(...classes.map(row));
    update();
  }
  function update() {
    const lack = lacking();
    use.disabled = Boolean(lack) || (sent !== "" && sent === state.experiment.data.file);
    save.disabled = Boolean(lack);
    if (why.textContent !== lack) why.textContent = lack;
    why.hidden = !lack;
    for (const button of list.querySelectorAll(".own-drawn")) {
      button.disabled = !drawing.drawn;
      button.hidden = state.data?.pad === false;
    }
    const { data } = state.check ?? {},
      known = state.experiment.data.file && data && !faultsAt("data.file").length;
    facts.hidden = !known;
    if (known)
      facts.textContent = t("own.facts", {
        images: data.n_train + data.n_validation,
        classes: data.classes.join(", "),
      });
  }
  for (const topic of ["sample", "drawing", "check", "experiment"]) on(topic, update, root);
  on("lang", rebuild, root);
  if (!classes.length)
    classes.push(
      { name: t("own.class", { n: 1 }), pictures: [] },
      { name: t("own.class", { n: 2 }), pictures: [] },
    );
  rebuild();
  return root;
}
