/** Which options of a menu fit what is typed: pure, no page. */

/** @typedef {{value: string, label: string, help?: string, family?: string, checked?: boolean}} Option */
/** @typedef {{label: string, options: Option[]}} Group */

/** @param {string} text */
const wordsOf = (text) => text.trim().toLowerCase().split(/\s+/).filter(Boolean);

/**
 * Whether anything is searched for.
 * @param {string} text
 */
export const isSearched = (text) => wordsOf(text).length > 0;

/**
 * The groups with the options that have every word somewhere, those first whose name begins with the first
 * word;
 * and the place, over all groups, of the first option whose name begins so (0 where none does).
 * @param {Group[]} groups
 * @param {string} text
 * @returns {{groups: Group[], best: number}}
 */
export function matches(groups, text) {
  const words = wordsOf(text);
  const begins = (/** @type {Option} */ { label }) => label.toLowerCase().startsWith(words[0] ?? "");
  const fitting = [];
  for (const group of groups) {
    const options = group.options.filter((option) => hasAll(textOf(option, group), words));
    options.sort((a, b) => Number(begins(b)) - Number(begins(a)));
    if (options.length) fitting.push({ ...group, options });
  }
  const all = fitting.flatMap(({ options }) => options);
  return { groups: fitting, best: Math.max(0, all.findIndex(begins)) };
}

/**
 * @param {Option} option
 * @param {Group} group
 */
function textOf({ label, help = "", value }, group) {
  return `${label} ${help} ${value} ${group.label}`.toLowerCase();
}

/**
 * @param {string} text
 * @param {string[]} words
 */
const hasAll = (text, words) => words.every((word) => text.includes(word));
