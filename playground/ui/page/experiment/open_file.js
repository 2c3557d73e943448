/** An experiment from a file: opened only if the server can read it; else what is on the screen stays. */
import { setNotice, toast } from "../core/notices.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { localized, t } from "../core/words.js";
import { load } from "./store.js";

/**
 * The JSON object in a file, or null.
 * @param {File} file
 */
async function objectIn(file) {
  try {
    const value = JSON.parse(await file.text());
    return value && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * What cannot be opened is said in a notice of this code, which goes with the next file that can.
 * @param {string} message
 */
const refuse = (message) => setNotice(message, "file");

/** @param {File | undefined} file */
export async function openFile(file) {
  if (!file) return;
  const { name } = file;
  if (file.size > (state.boot.settings.max_json_bytes ?? 65536)) return refuse(t("code.too.large", { name }));
  const experiment = await objectIn(file);
  if (!experiment) return refuse(t("code.not.json", { name }));
  try {
    const answer = await post("check", { experiment, lang: state.lang });
    if (!answer.experiment) return refuse(`${name}: ${firstFault(answer)}`);
    if (state.notice?.code === "file") setNotice(null);
    load(answer.experiment, "edit.load");
    toast(t("code.opened", { name }));
  } catch (error) {
    refuse(`${name}: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {import("../types.js").Check} answer */
function firstFault({ faults: [fault] }) {
  const place = fault.place ? `${fault.place}: ` : "";
  return place + localized(fault.message);
}

/** @param {DragEvent} event */
const carriesFile = (event) =>
  !event.defaultPrevented && [...(event.dataTransfer?.items ?? [])].some((item) => item.kind === "file");

/** @param {DragEvent} event */
function onDragOver(event) {
  if (!carriesFile(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
}

/** @param {DragEvent} event */
function onDragLeave(event) {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
}

/** @param {DragEvent} event */
function onDrop(event) {
  document.body.classList.remove("dropping");
  if (!carriesFile(event)) return; // a card took it
  event.preventDefault(); // else the browser leaves the page for the file
  const files = [...(event.dataTransfer?.files ?? [])];
  const file = files.find((candidate) => candidate.name.endsWith(".json"));
  if (file) openFile(file);
  else toast(t("code.drop_elsewhere"));
}

/** An experiment may be dropped anywhere on the page. Called once, when the page opens. */
export function acceptDrops() {
  document.addEventListener("dragover", onDragOver);
  document.addEventListener("dragleave", onDragLeave);
  document.addEventListener("drop", onDrop);
}
