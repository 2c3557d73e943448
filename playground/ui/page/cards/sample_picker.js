// @ts-nocheck
/** Which sample Look inside is about: a validation image by number or class, the drawing, or the photo. */
import { h, visible } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { drawSample } from "../kit/pixels.js";
import { drawing } from "../run/drawing.js";
import { labelOf, nameOf, pictureOf, setSample } from "../run/samples.js";
import { shownClasses, shownData, shownKind } from "../run/shown.js";

const MOST_TRIES = 80;

function setup(root) {
  const picture = h("canvas", { class: "picker-picture", width: 28, height: 28, "aria-hidden": "true" }),
    name = h("b", { class: "picker-name" });
  const index = h("input", { type: "number", class: "num", min: 0, step: 1, "data-t-label": "sample.index" });
  const of = h("span", { class: "dim num" }),
    any = h("option", { value: "", "data-t": "sample.any" });
  const label = h("select", { "data-t-label": "sample.class" }, any);
  const arrow = (key, way, name) =>
    h(
      "button",
      { type: "button", class: `icon small turn-${name}`, "data-t-title": key, onclick: () => move(way) },
      icon("more"),
    );
  const random = h("button", {
    type: "button",
    class: "small",
    "data-t": "sample.random",
    onclick: () => find(Math.floor(Math.random() * total()), 1),
  });
  const drawn = h("button", {
    type: "button",
    class: "small",
    "data-t": "sample.use_drawn",
    onclick: () => setSample(drawing.drawn),
  });
  const photo = h("button", {
    type: "button",
    class: "small",
    "data-t": "sample.use_photo",
    onclick: () => setSample(drawing.photo),
  });
  root.append(
    h(
      "section",
      { class: "card picker" },
      picture,
      name,
      h("span", { class: "grow" }),
      h(
        "span",
        { class: "picker-walk" },
        arrow("sample.previous", -1, "left"),
        h("label", { class: "field" }, h("span", { "data-t": "sample.index" }), index, of),
        arrow("sample.next", 1, "right"),
      ),
      h("label", { class: "field" }, h("span", { "data-t": "sample.class" }), label),
      random,
      drawn,
      photo,
    ),
  );
  let searching = 0,
    classesOf = "";

  const total = () => shownData()?.n_validation ?? 1;
  const current = () => (state.sample?.kind === "validation" ? state.sample.index : -1);
  const move = (way) =>
    find(((current() < 0 ? (way > 0 ? -1 : 0) : current()) + way + total()) % total(), way);
  /* The first sample of the chosen class from `start` on; of no class in particular, that very one. */
  async function find(start, way) {
    searching += 1;
    const mine = searching;
    const wanted = label.value;
    for (let tries = 0, at = start; tries < MOST_TRIES; tries += 1, at = (at + way + total()) % total()) {
      const sample = { kind: "validation", index: at };
      if (wanted === "") return setSample(sample);
      const found = await pictureOf(sample);
      if (mine !== searching) return;
      if (labelOf(found.label) === wanted) return setSample(sample);
    }
  }
  index.addEventListener("change", () => {
    const n = Math.round(Number(index.value));
    if (Number.isFinite(n)) {
      label.value = "";
      setSample({ kind: "validation", index: Math.min(total() - 1, Math.max(0, n)) });
    }
  });
  label.addEventListener("change", () => find(Math.max(0, current()), 1));

  async function show() {
    const classes = shownClasses(),
      { sample } = state,
      images = shownKind() === "image";
    if (classesOf !== String(classes)) {
      classesOf = String(classes);
      label.replaceChildren(any, ...classes.map((each) => h("option", { value: each }, each)));
    }
    label.parentElement.hidden = classes.length === 0;
    of.textContent = t("sample.of", { n: format.count(total()) });
    index.max = total() - 1;
    if (document.activeElement !== index) index.value = current() >= 0 ? current() : "";
    drawn.hidden = photo.hidden = picture.hidden = !images;
    if (images) {
      drawn.hidden = shownData()?.pad === false;
      photo.hidden = shownData()?.photo === "";
    }
    drawn.disabled = !drawing.drawn;
    photo.disabled = !drawing.photo;
    drawn.setAttribute("aria-pressed", String(sample?.kind === "drawn" && !sample.photo));
    photo.setAttribute("aria-pressed", String(Boolean(sample?.photo)));
    name.textContent = nameOf(sample);
    if (!sample || !visible(root)) return;
    try {
      const found = await pictureOf(sample);
      if (state.sample !== sample) return;
      name.textContent = nameOf(sample);
      if (found?.pixels && images) drawSample(picture, found.pixels);
    } catch {
      /* the flow below says why */
    }
  }
  /* Whoever opens Look inside sees something at once. */
  function begin() {
    if (state.tab === "inside" && !state.sample) setSample({ kind: "validation", index: 0 });
    show();
  }
  for (const topic of ["tab", "check", "reset"]) on(topic, begin, root);
  for (const topic of ["sample", "lang", "answer"]) on(topic, show, root);
  begin();
}
export default card("sample_picker", setup);
