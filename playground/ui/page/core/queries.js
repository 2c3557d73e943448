/** The query of the page's address: what in it is the page's own, and what an open lab's. Pure, no page. */

/** Names that a lab's fields cannot have: they say what the page shows beside it. */
const OF_THE_PAGE = ["run", "preset", "__theme"];

/**
 * The query without the tab and the lab that it names; what else it says stays.
 * @param {string} search
 */
export function withoutLab(search) {
  const query = new URLSearchParams(search);
  if (!query.has("lab") && !query.has("tab")) return search;
  const kept = new URLSearchParams();
  for (const [name, value] of query) {
    const isOfLab = query.has("lab") && !OF_THE_PAGE.includes(name);
    if (!isOfLab && name !== "tab") kept.append(name, value);
  }
  return kept.size ? `?${kept}` : "";
}

/**
 * The fields that a query says of its lab, as texts by name.
 * @param {string} search
 */
export function fieldsIn(search) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (!OF_THE_PAGE.includes(name) && name !== "lab" && name !== "tab") fields[name] = value;
  }
  return fields;
}

/**
 * The tab that an address asks for: its hash names it, or its query, or the lab in it.
 * @param {string} hash
 * @param {string} search
 * @param {string[]} names of the tabs
 */
export function tabAsked(hash, search, names) {
  const query = new URLSearchParams(search);
  const asked = [hash.slice(1), query.get("tab") ?? "", query.has("lab") ? "labs" : ""];
  return asked.find((name) => names.includes(name)) ?? names[0];
}
