/** Which sample Look inside is about: a validation sample by number or class, the drawing, or the photo. */
import { h, visible } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { drawSample } from "../kit/pixels.js";
import { toolbar } from "../kit/toolbar.js";
import { drawing } from "../run/drawing.js";
import { labelOf, nameOf, pictureOf, setSample } from "../run/samples.js";
import { shownClasses, shownData, shownKind } from "../run/shown.js";

const MOST_TRIES = 80; // a class that is rarer than that is given up

const total = () => shownData()?.n_validation ?? 1;

/** The validation sample that is looked at; -1 where it is another. */
const current = () => (state.sample?.kind === "validation" ? state.sample.index : -1);

/** @param {number} index */
const choose = (index) => setSample({ kind: "validation", index });

let searches = 0;

/**
 * Looks at the first sample of a class from `start` on; of no class in particular, at that very one.
 * @param {string} wanted the class, or ""
 * @param {number} start
 * @param {number} way 1 or -1
 */
async function find(wanted, start, way) {
  searches += 1;
  const mine = searches;
  let at = start;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (wanted === "") break;
    const { label } = await pictureOf({ kind: "validation", index: at });
    if (mine !== searches) return;
    if (labelOf(label) === wanted) break;
    at = (at + way + total()) % total();
  }
  choose(at);
}

/**
 * Where the arrows begin: before the first sample, or at the first, while none is looked at.
 * @param {number} way
 */
function neighbour(way) {
  const from = current() < 0 && way < 0 ? 0 : current();
  return (from + way + total()) % total();
}

/** The number of the sample: a text, so that arrows move its caret before they leave it. */
function indexInput() {
  const attributes = { type: "text", inputmode: "numeric", autocomplete: "off", class: "num" };
  const input = h("input", { ...attributes, "data-t-label": "sample.index" });
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const next = neighbour(way);
    input.value = next;
    choose(next);
  });
  return input;
}

/** The elements of the card, each by what it is for. */
function pickerParts() {
  const small = (/** @type {string} */ words, /** @type {() => void} */ fn) =>
    h("button", { type: "button", class: "small", "data-t": words, onclick: fn });
  const any = h("option", { value: "", "data-t": "sample.any" });
  const label = h("select", { "data-t-label": "sample.class" }, any);
  const arrow = (/** @type {string} */ words, /** @type {number} */ way, /** @type {string} */ side) => {
    const button = h("button", { type: "button", class: `icon small turn-${side}`, "data-t-title": words });
    button.append(icon("more"));
    button.addEventListener("click", () => find(label.value, neighbour(way), way));
    return button;
  };
  return {
    any,
    label,
    picture: h("canvas", { class: "picker-picture", width: 28, height: 28, "aria-hidden": "true" }),
    name: h("b", { class: "picker-name" }),
    index: indexInput(),
    of: h("span", { class: "dim num" }),
    previous: arrow("sample.previous", -1, "left"),
    next: arrow("sample.next", 1, "right"),
    random: small("sample.random", () => find(label.value, Math.floor(Math.random() * total()), 1)),
    drawn: small("sample.use_drawn", () => setSample(drawing.drawn)),
    photo: small("sample.use_photo", () => setSample(drawing.photo)),
  };
}

/** @param {ReturnType<typeof pickerParts>} parts */
function layout({ picture, name, index, of, previous, next, label, random, drawn, photo }) {
  const number = h("label", { class: "field" }, h("span", { "data-t": "sample.index" }), index, of);
  const walk = h("span", { class: "picker-walk" }, previous, number, next);
  const ofClass = h("label", { class: "field" }, h("span", { "data-t": "sample.class" }), label);
  const space = h("span", { class: "grow" });
  const others = h("span", { class: "picker-walk" }, random, drawn, photo);
  const content = [picture, name, space, walk, ofClass, others];
  return toolbar(h("section", { class: "card picker" }, ...content), "sample.tools");
}

/** @param {ReturnType<typeof pickerParts>} parts */
function showChoices({ index, of, picture, drawn, photo }) {
  const { sample } = state;
  const isImages = shownKind() === "image";
  of.textContent = t("sample.of", { n: format.count(total()) });
  if (document.activeElement !== index) index.value = current() >= 0 ? current() : "";
  picture.hidden = !isImages;
  drawn.hidden = !isImages || shownData()?.pad === false;
  photo.hidden = !isImages || shownData()?.photo === "";
  drawn.disabled = !drawing.drawn;
  photo.disabled = !drawing.photo;
  drawn.setAttribute("aria-pressed", String(sample?.kind === "drawn" && !sample.photo));
  photo.setAttribute("aria-pressed", String(Boolean(sample?.photo)));
}

/**
 * @param {ReturnType<typeof pickerParts>} parts
 * @param {HTMLElement} root
 */
async function showSample({ picture, name }, root) {
  const { sample } = state;
  name.textContent = nameOf(sample);
  if (!sample || !visible(root)) return;
  try {
    const shown = await pictureOf(sample);
    if (state.sample !== sample) return;
    name.textContent = nameOf(sample); // by now its label is known
    if (shown?.pixels && shownKind() === "image") drawSample(picture, shown.pixels);
  } catch {
    // the diagram below says why
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const parts = pickerParts();
  const { index, label, any } = parts;
  let classesOf = "";
  root.append(layout(parts));

  function showClasses() {
    const classes = shownClasses();
    label.parentElement.hidden = classes.length === 0;
    if (classesOf === String(classes)) return;
    classesOf = String(classes);
    label.replaceChildren(any, ...classes.map((name) => h("option", { value: name }, name)));
  }
  function show() {
    showClasses();
    showChoices(parts);
    showSample(parts, root);
  }
  /** Who opens Look inside sees something at once. */
  function begin() {
    if (state.tab === "inside" && !state.sample) choose(0);
    show();
  }
  index.addEventListener("change", () => {
    const n = Math.round(Number(index.value));
    if (!Number.isFinite(n)) return;
    label.value = "";
    choose(Math.min(total() - 1, Math.max(0, n)));
  });
  label.addEventListener("change", () => find(label.value, Math.max(0, current()), 1));
  onAny(["tab", "check", "reset"], begin, root);
  onAny(["sample", "lang", "answer"], show, root);
  begin();
}

export default card("sample_picker", setup);
