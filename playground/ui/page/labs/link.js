/** A lab's state as the query of an address, and back. Pure, no page. */
import { isSameJson } from "../core/json.js";
import { fieldsIn, withoutLab } from "../core/link.js";

/** @typedef {Record<string, any>} State fields by name */

/**
 * A value as it stands in the address: JSON; a text that could not be taken for JSON as it is.
 * @param {any} value
 */
function written(value) {
  if (typeof value === "string" && read(value) === value) return value;
  return JSON.stringify(value);
}

/** @param {string} text JSON; what is none is a text @returns {any} */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Brackets and commas stay readable. @param {string} text */
const encoded = (text) =>
  encodeURIComponent(text).replace(/%(5B|5D|2C|3A|2F|40)/g, (code) => decodeURIComponent(code));

/**
 * The fields that differ from their defaults.
 * @param {State} state
 * @param {State} defaults
 * @returns {State}
 */
export function changesOf(state, defaults) {
  /** @type {State} */
  const changes = {};
  for (const [name, value] of Object.entries(state)) {
    if (!isSameJson(value, defaults[name])) changes[name] = value;
  }
  return changes;
}

/**
 * The lab that a query names, "" for none, and the fields that it sets.
 * @param {string} search
 * @returns {{lab: string, changes: State}}
 */
export function labOf(search) {
  const lab = new URLSearchParams(search).get("lab") ?? "";
  /** @type {State} */
  const changes = {};
  if (!lab) return { lab, changes };
  for (const [name, text] of Object.entries(fieldsIn(search))) changes[name] = read(text);
  return { lab, changes };
}

/**
 * The address of a lab in a state, "" for the index; what else the address says stays.
 * @param {string} href
 * @param {string} lab
 * @param {State} changes
 */
export function hrefOf(href, lab, changes) {
  const url = new URL(href);
  const rest = new URLSearchParams(withoutLab(url.search));
  if (lab) rest.delete("x"); // an experiment that the browser has kept; from here on it is a field of the lab
  const parts = rest.size ? [String(rest)] : [];
  if (lab) parts.push(`lab=${encoded(lab)}`);
  for (const [name, value] of Object.entries(changes)) {
    parts.push(`${encoded(name)}=${encoded(written(value))}`);
  }
  url.search = parts.length ? `?${parts.join("&")}` : "";
  url.hash = "#labs";
  return url.href;
}

/**
 * The link that others open: the lab and its state, nothing else of this page.
 * @param {string} href
 * @param {string} lab
 * @param {State} changes
 */
export function linkOf(href, lab, changes) {
  const url = new URL(href);
  url.search = "";
  return hrefOf(url.href, lab, changes).replace(/#labs$/, "");
}
