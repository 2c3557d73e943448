/** What the page begins with: the address, the run in it, and the draft have their say. */
import { setNotice } from "../core/notices.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { local, session } from "../core/storage.js";
import { showInUrl } from "../experiment/address.js";
import { canonical } from "../experiment/canonical.js";
import { checkNow } from "../experiment/check.js";
import { presetLike } from "../experiment/names.js";
import { begin } from "../experiment/store.js";
import { attach } from "./current.js";
import { recordOf } from "./records.js";

/** @typedef {import("../types.js").Preset} Preset */

/**
 * What the server opens; where it cannot be reached, the preset that strangers see.
 * @param {any} draft
 */
async function opened(draft) {
  try {
    return await post("open", { search: location.search, draft });
  } catch (error) {
    const { presets, default_preset: id } = state.boot;
    const preset = presets.find((/** @type {Preset} */ candidate) => candidate.id === id) ?? presets[0];
    const { code, text } = /** @type {any} */ (error);
    return { experiment: preset.experiment, notice: { code, message: text } };
  }
}

/**
 * The preset that this is, by the address or by its content.
 * @param {any} answer
 * @param {string | null} named
 */
function presetOf(answer, named) {
  const { presets } = state.boot;
  const isNamed = named && presets.some((/** @type {Preset} */ preset) => preset.id === named);
  return isNamed && !answer.notice ? named : presetLike(answer.experiment);
}

/** Opens the experiment, and the run where there is one. Called once. */
export async function openExperiment() {
  const ofTab = session.get("draft") ?? session.get("opened");
  const draft = ofTab ?? local.get("draft");
  const address = new URL(location.href).searchParams;
  const answer = await opened(draft);
  const isOurs = answer.run && recordOf(answer.run.id ?? answer.run.run);
  const isNamed = address.has("x") || address.has("preset");
  if (isOurs && ofTab && !isNamed) answer.experiment = ofTab;
  const preset = presetOf(answer, answer.preset ?? address.get("preset"));
  const isOther = draft && canonical(draft) !== canonical(answer.experiment);
  begin(answer.experiment, preset, isOther ? draft : null);
  session.set("opened", answer.experiment); // a reload is of this tab, whatever another edits meanwhile
  if (answer.notice) setNotice(answer.notice.message, answer.notice.code);
  checkNow();
  if (answer.run) attach(answer.run);
  else showInUrl({ run: null });
}
