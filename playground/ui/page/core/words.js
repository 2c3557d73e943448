/** Words in the language of the page. They come from the server with the boot answer. */
import { state } from "./state.js";
import { local } from "./storage.js";
import { emit } from "./topics.js";

/**
 * A text that is there in several languages, in the page's one.
 * @param {string | {en?: string, zh?: string} | null | undefined} text
 * @returns {string}
 */
export function localized(text) {
  if (!text) return "";
  if (typeof text === "object") return text[state.lang] ?? text.en ?? "";
  return text;
}

/**
 * The words of a key, with `{name}` replaced by the value of that name.
 * @param {string} key
 * @param {Record<string, any>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const table = state.boot?.text;
  return filled(table?.[state.lang]?.[key] ?? table?.en[key] ?? key, values);
}

/**
 * A text with `{name}` replaced by the value of that name.
 * @param {string} text
 * @param {Record<string, any>} values
 * @returns {string}
 */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/**
 * Whether there are words for this key.
 * @param {string} key
 */
export const hasWords = (key) => key in state.boot.text.en;

const TRANSLATED = "[data-t],[data-t-title],[data-t-label],[data-t-placeholder]";

/**
 * Writes the words of an element and of all in it: `data-t="key"` is its text, `data-t-title`,
 * `data-t-label` and `data-t-placeholder` the attribute of that name. They follow the language.
 * @param {HTMLElement} root
 */
export function translate(root) {
  for (const element of [root, ...root.querySelectorAll(TRANSLATED)])
    translateOne(/** @type {any} */ (element));
}

/** @param {HTMLInputElement} element */
function translateOne(element) {
  const { t: text, tTitle: title, tLabel: label, tPlaceholder: placeholder } = element.dataset;
  if (text) element.textContent = t(text);
  if (title) element.title = t(title);
  if (label || title) element.setAttribute("aria-label", t(label ?? title ?? ""));
  if (placeholder) element.placeholder = t(placeholder);
}

/**
 * Changes the language of the whole page.
 * @param {"en" | "zh"} lang
 */
export function setLanguage(lang) {
  state.lang = lang;
  local.set("lang", lang);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = t("app.title");
  for (const root of document.querySelectorAll("[data-pg]")) translate(/** @type {HTMLElement} */ (root));
  emit("lang", lang);
}

/**
 * The language that the address asks for, else that of the last visit, else the browser's.
 * @param {string} search
 * @returns {"en" | "zh"}
 */
export function preferredLanguage(search) {
  const remembered = new URLSearchParams(search).get("lang") ?? local.get("lang");
  if (remembered === "en" || remembered === "zh") return remembered;
  return /^zh\b/i.test(navigator.language ?? "") ? "zh" : "en";
}
