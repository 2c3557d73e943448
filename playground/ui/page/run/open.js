/** What the page begins with: the address, the run in it, and the draft have their say. */
import { setNotice, toast } from "../core/notices.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { local, session } from "../core/storage.js";
import { t } from "../core/words.js";
import { showInUrl } from "../experiment/address.js";
import { canonical } from "../experiment/canonical.js";
import { checkNow } from "../experiment/check.js";
import { presetLike } from "../experiment/names.js";
import { begin, load } from "../experiment/store.js";
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

/**
 * Opens the experiment, and the run where there is one. A reload is of this browser tab, whatever another
 * one edits
 * meanwhile; a new tab begins with what its address says. Called once.
 */
export async function openExperiment() {
  const draft = session.get("draft") ?? session.get("opened");
  const address = new URL(location.href).searchParams;
  const answer = await opened(draft);
  const isOurs = answer.run && recordOf(answer.run.id ?? answer.run.run);
  const hasLink = address.has("x") && !address.has("lab"); // beside a lab it is a field of that
  const isNamed = hasLink || address.has("preset");
  if (isOurs && draft && !isNamed) answer.experiment = draft;
  const preset = presetOf(answer, answer.preset ?? address.get("preset"));
  const isOther = draft && canonical(draft) !== canonical(answer.experiment);
  begin(answer.experiment, preset, isOther ? draft : null);
  session.set("opened", answer.experiment);
  if (answer.notice) setNotice(answer.notice.message, answer.notice.code);
  checkNow();
  if (answer.run) attach(answer.run);
  else showInUrl({ run: null });
  if (!draft && !isNamed && !answer.run) offerLastExperiment();
}

/** A new tab: what was built last, here or in another tab, is one click away. */
function offerLastExperiment() {
  const last = local.get("draft");
  const isBuilt = Array.isArray(last?.layers) && presetLike(last) === null;
  if (!isBuilt || canonical(last) === canonical(state.experiment)) return;
  toast(t("open.last"), { label: t("open.last.act"), act: () => load(last, "edit.load") });
}
