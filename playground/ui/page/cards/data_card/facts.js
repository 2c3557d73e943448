/** What the server says of the data, in words: how large, how many, from where. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { filled, localized, t } from "../../core/words.js";
import { entryOf } from "../../experiment/catalogue.js";

/** @typedef {import("../../types.js").Data} Data */

/** @param {number} n */
const whole = (n) => n.toLocaleString("en-US");

/**
 * A sample, what is asked of it, and how many there are.
 * @param {Data} data
 */
export function factChips(data) {
  const texts = [
    sampleWords(data),
    aimWords(data),
    t("data.chip.train", { n: whole(data.n_train) }),
    t("data.chip.validation", { n: whole(data.n_validation) }),
  ];
  return texts.map((text) => h("span", { class: "chip" }, text));
}

/** @param {Data} data */
function sampleWords({ kind, shape }) {
  const isPicture = kind === "image" && shape.length === 3;
  if (kind === "table" && shape[0] === 1) return t("data.chip.table.one");
  if (!isPicture) return t(`data.chip.${kind}`, { size: shape.join(" × ") });
  const [channels, ...sides] = shape;
  const key = channels === 1 ? "data.chip.image" : "data.chip.image.colour";
  return t(key, { size: sides.join(" × ") });
}

/** @param {Data} data */
function aimWords({ data_task: task, n_classes: n, targets }) {
  const note = /** @type {any} */ (entryOf("task", task)).data_note;
  return filled(localized(note), { n, targets: targets.map(localized).join(", ") });
}

/**
 * What the data are, from where, under which licence, and what their numbers are scaled by.
 * @param {any} origin
 * @param {boolean} isShown whether the data themselves are shown
 */
export function aboutWords(origin, isShown) {
  const entry = entryOf("dataset", state.experiment.data.dataset);
  const source = localized(origin.source);
  const licence = localized(origin.licence);
  const sentences = [
    localized(entry?.help),
    source && t("data.source", { source }),
    licence && t("data.licence", { licence }),
    isShown && scaleWords(entry?.id),
  ];
  const gap = state.lang === "zh" ? "" : " "; // the full stop of Chinese brings its own room
  return sentences.filter(Boolean).join(gap);
}

/** @param {string | undefined} id of the data set */
function scaleWords(id) {
  const scale = state.preview?.scale;
  if (scale?.dataset !== id) return "";
  const isOneChannel = scale.of === "channel" && scale.mean.length === 1;
  return t(`data.scale.${isOneChannel ? "value" : scale.of}`, {
    mean: numbersOf(scale.mean),
    std: numbersOf(scale.std),
  });
}

/** @param {number[]} numbers */
const numbersOf = (numbers) => numbers.map(format.number).join(", ");
