/** Addresses of challenges and results: those of a lab called “challenges”. Pure, no page. */
import { hrefOf, linkOf } from "../link.js";

export const CHALLENGES = "challenges";

/**
 * What an address says of challenges: which one, "" for all of them, and whose result.
 * @param {Record<string, any>} changes the fields of the address
 * @returns {{challenge: string, result: string}}
 */
export function challengeOf(changes) {
  return { challenge: textOf(changes.challenge), result: textOf(changes.result) };
}

/** @param {any} value */
const textOf = (value) => (value === undefined || value === null ? "" : String(value));

/**
 * @param {string} href
 * @param {string} challenge
 */
export const hrefOfChallenge = (href, challenge) => hrefOf(href, CHALLENGES, { challenge });

/**
 * The link that others open.
 * @param {string} href
 * @param {string} challenge
 * @param {string} [result]
 */
export function linkOfChallenge(href, challenge, result = "") {
  return linkOf(href, CHALLENGES, result ? { challenge, result } : { challenge });
}

/**
 * A challenge as a teacher's form says it; what was left blank is left out.
 * @param {Record<string, string>} form the fields of the form, as they were typed
 * @param {{data: any, layers: any, training: any}} experiment the one on the screen
 * @param {"en" | "zh"} lang the language of text and hint
 */
export function challengeOfForm(form, experiment, lang) {
  /** @type {Record<string, any>} */
  const challenge = { title: filledIn({ en: form.title_en, zh: form.title_zh }), data: experiment.data };
  if (form.text) challenge.text = { [lang]: form.text };
  if (form.hint) challenge.hint = { [lang]: form.hint };
  challenge.limits = filledIn({
    parameters: numberOf(form.parameters),
    hidden_layers: numberOf(form.hidden_layers),
    epochs: numberOf(form.epochs),
    layers: listOf(form.layers),
  });
  challenge.targets = [{ metric: form.metric, [form.way]: numberOf(form.value) ?? null }];
  if (form.start) challenge.start = { layers: experiment.layers, training: experiment.training };
  return challenge;
}

/** @param {Record<string, any>} values those without a value are left out */
function filledIn(values) {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
}

/**
 * What is no number stays a text, which the server refuses.
 * @param {string | undefined} text
 * @returns {any}
 */
function numberOf(text) {
  if (!text?.trim()) return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** @param {string | undefined} text */
function listOf(text) {
  const names = (text ?? "").split(",").map((name) => name.trim());
  const given = names.filter(Boolean);
  return given.length ? given : undefined;
}
