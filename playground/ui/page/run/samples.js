/**
 * The sample that everything looks at (`state.sample`): the drawing, a photo, a validation sample, a
 * point, a row.
 */

import { decode } from "../core/bytes.js";
import { state } from "../core/state.js";
import { emit } from "../core/topics.js";
import { t } from "../core/words.js";
import { ask } from "./ask.js";
import { currentSituation, nameInWords, shownClasses, shownData, shownKind } from "./shown.js";

/** @typedef {import("../types.js").Sample} Sample */

const MOST_PICTURES = 500;
/** @type {Map<string, any>} what the server told of validation samples */
const pictures = new Map();

/** @param {Sample | null} sample */
export function setSample(sample) {
  state.sample = sample;
  emit("sample", sample);
}

/**
 * The sample as a question carries it.
 * @param {Sample} sample
 */
export function wire(sample) {
  switch (sample.kind) {
    case "drawn":
    case "picture":
      return { kind: sample.kind, pixels: sample.pixels };
    case "point":
      return { kind: "point", x: sample.x };
    case "raw":
      return { kind: "raw", value: sample.value };
    default:
      return { kind: "validation", index: sample.index };
  }
}

/** @param {Sample} sample */
const isPicture = (sample) => sample.kind === "drawn" || sample.kind === "picture";

/** @type {Record<string, string>} */
const VALIDATION_WORDS = {
  points: "sample.validation_point",
  table: "sample.validation_row",
  text: "sample.validation_text",
  series: "sample.validation_series",
};

/**
 * What the sample is called, in words; with its label where that is known.
 * @param {Sample | null} sample
 */
export function nameOf(sample) {
  if (!sample) return "";
  if (sample.kind === "point") {
    const [x, y] = sample.x;
    return t("sample.point", { x: x.toFixed(2), y: y.toFixed(2) });
  }
  if (isPicture(sample)) return t(sample.photo ? "sample.photo" : "sample.drawn");
  if (sample.kind === "raw") return t("sample.raw");
  const words = VALIDATION_WORDS[shownKind()] ?? "sample.validation";
  const label = pictures.get(keyOf(sample))?.label ?? null;
  if (label === null) return t(words, { index: sample.index });
  return t(`${words}_label`, { index: sample.index, label: labelOf(label) });
}

/**
 * A label in words: the name of a class, else the value itself.
 * @param {any} label
 */
export function labelOf(label) {
  if (typeof label !== "number") return nameInWords(String(label));
  return shownClasses()[label] ?? String(label);
}

/** @param {Sample} sample */
function keyOf(sample) {
  const { data, training } = currentSituation().subject.experiment;
  return `${JSON.stringify(data)} ${training?.seed ?? 0} ${sample.index}`;
}

/**
 * A sample with its pixels, label or place; a validation sample is asked for once.
 * @param {Sample | null} sample
 * @returns {Promise<any>}
 */
export async function pictureOf(sample) {
  if (!sample) return null;
  if (sample.kind !== "validation") return knownSample(sample);
  const key = keyOf(sample);
  if (!pictures.has(key)) {
    const { pixels, label, x, shown, values } = await ask("sample", { sample: wire(sample) });
    pictures.set(keyOf(sample), { pixels: pixels ? decode(pixels) : null, label, x, shown, values });
    if (pictures.size > MOST_PICTURES) pictures.delete(pictures.keys().next().value ?? "");
  }
  return pictures.get(keyOf(sample));
}

/**
 * The same as far as it is known by now, or null.
 * @param {Sample | null} sample
 */
export function knownSample(sample) {
  if (!sample) return null;
  if (isPicture(sample)) return { pixels: decode(sample.pixels), label: null };
  if (sample.kind === "point") return { pixels: null, label: null, x: sample.x };
  if (sample.kind === "raw") return { pixels: null, label: null, x: null };
  return pictures.get(keyOf(sample)) ?? null;
}

/**
 * Whether a raw value is one of this kind of data: a text, a window of a series, a row of a table.
 * @param {string} kind
 * @param {any} value
 */
function isRawOf(kind, value) {
  if (kind === "text") return typeof value === "string";
  if (kind === "series") return Array.isArray(value);
  return kind === "table" && typeof value === "object" && !Array.isArray(value);
}

/**
 * Whether the data that are shown have such a sample.
 * @param {Partial<Sample>} sample
 */
export function suits(sample) {
  const data = shownData();
  if (sample.kind === "validation") return sample.index < (data?.n_validation ?? Number.POSITIVE_INFINITY);
  const drawable = shownKind() === "image";
  if (sample.kind === "drawn") return drawable && data?.pad !== false;
  if (sample.kind === "picture") return drawable && decode(sample.pixels).length === sizeOf(data);
  if (sample.kind === "point") return shownKind() === "points";
  return isRawOf(shownKind(), sample.value);
}

/** @param {any} data how many bytes a picture of it has */
function sizeOf(data) {
  let size = 1;
  for (const side of data?.shape ?? []) size *= side;
  return size;
}
