/** Presets and names: what an experiment is called. */
import { state } from "../core/state.js";
import { localized, t } from "../core/words.js";
import { canonical } from "./canonical.js";

/** @typedef {import("../types.js").Preset} Preset */

/**
 * A preset's name in the language of the page; any other name as it is.
 * @param {string} name
 */
export function titled(name) {
  if (name === "Untitled") return t("bar.preset.none");
  const preset = state.boot.presets.find((/** @type {Preset} */ candidate) => candidate.name.en === name);
  return localized(preset?.name ?? name);
}

/**
 * The preset that an experiment is, whatever its name; null where it is none.
 * @param {any} experiment
 * @returns {string | null}
 */
export function presetLike(experiment) {
  const text = canonical(experiment);
  const preset = state.boot.presets.find(
    (/** @type {Preset} */ candidate) => canonical(candidate.experiment) === text,
  );
  return preset?.id ?? null;
}
