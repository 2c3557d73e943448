/** Addresses as texts: no page, no browser. */

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
