/** Which labs a search leaves. Pure, no page. */

/** @typedef {import("./types.js").Index} Index */
/** @typedef {import("./types.js").Card} Card */

/**
 * The cards of a group ("" for all) that have every word somewhere, in either language.
 * @param {Index} index
 * @param {string} search
 * @param {string} group
 * @returns {Card[]}
 */
export function chosenCards({ labs, groups }, search, group) {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const labels = new Map(groups.map(({ id, label }) => [id, `${label.en} ${label.zh}`]));
  return labs.filter((card) => {
    if (group && card.group !== group) return false;
    const text = textOf(card, labels.get(card.group) ?? "");
    return words.every((word) => text.includes(word));
  });
}

/**
 * @param {Card} card
 * @param {string} group
 */
function textOf({ id, title, notice }, group) {
  return `${id} ${title.en} ${title.zh} ${notice.en} ${notice.zh} ${group}`.toLowerCase();
}
