/** Names of experiments. */
import { state } from "../core/state.js";
import { localized, t } from "../core/words.js";

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
