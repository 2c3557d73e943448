/** The faults of the experiment on the screen, by place. */
import { state } from "../core/state.js";
import { localized, t } from "../core/words.js";
import { fieldName } from "./catalogue.js";

/** @typedef {import("../types.js").Fault} Fault */

/** @returns {Fault[]} */
const faults = () => state.check?.faults ?? [];

/**
 * The faults of a place.
 * @param {string} place such as "layers[2].kernel"
 */
export const faultsAt = (place) => faults().filter((fault) => fault.place === place);

/** Whether the file that the experiment names is not on the server, or not any more. */
export const isFileGone = () => faultsAt("data.file").some(({ code }) => code === "upload_missing");

/**
 * The faults of a place and of everything in it.
 * @param {string} place
 */
export function faultsUnder(place) {
  const isUnder = (/** @type {Fault} */ fault) =>
    fault.place === place || fault.place.startsWith(`${place}.`) || fault.place.startsWith(`${place}[`);
  return faults().filter(isUnder);
}

/**
 * What is wrong, with the name of the field where it is one.
 * @param {Fault} fault
 */
export function faultWords({ place, message }) {
  const last = place.split(".").at(-1) ?? "";
  const name = place.includes(".") ? fieldName(last.replace(/\[.*/, "")) : "";
  return name ? t("fault.of", { name, fault: localized(message) }) : localized(message);
}
