/** Addresses as texts: what they say of experiment, run, tab and lab. No page, no browser. */

/**
 * The address with other values in its query; null takes one away.
 * @param {string} href
 * @param {Record<string, string | null>} values
 */
export function withValues(href, values) {
  const url = new URL(href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

/**
 * The address that opens an experiment, by the name of its preset, else with the whole of it; on the tab
 * of `href`.
 * @param {string} href of the page
 * @param {{preset: string | null, link: string}} experiment `link` is the query that the server made of it
 */
export function addressOf(href, { preset, link }) {
  const url = new URL(href);
  url.search = preset ? `?preset=${encodeURIComponent(preset)}` : `?${link}`;
  return url.href;
}

/**
 * The address at which others watch a run.
 * @param {string} href of the page
 * @param {string} id
 */
export function watchAddressOf(href, id) {
  const url = new URL(href);
  url.search = `?${new URLSearchParams({ run: id })}`;
  return url.href;
}

/**
 * Whether a host name means the computer itself, so that its addresses lead nowhere from another.
 * @param {string} host
 */
export function isLoopback(host) {
  const isName = host === "localhost" || host.endsWith(".localhost");
  return isName || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}

/** Names that a lab's fields cannot have: they say what the page shows beside it. */
const OF_THE_PAGE = ["run", "preset", "__theme", "lang"];

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
 * The query with this lab; an experiment that it carried has been opened long ago.
 * @param {string} search
 * @param {string} lab
 * @param {Record<string, any>} [fields] of the lab that differ from their defaults: numbers and lists
 */
export function withLab(search, lab, fields = {}) {
  const query = new URLSearchParams(withoutLab(search));
  query.delete("x"); // beside a lab this is one of its fields
  query.set("lab", lab);
  for (const [name, value] of Object.entries(fields)) query.set(name, JSON.stringify(value));
  return `?${query}`;
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
