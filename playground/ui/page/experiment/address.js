/** The page's address: what it says of the experiment and the run. */
import { state } from "../core/state.js";

/**
 * Writes values into the address without a step in the browser's history; null takes one away.
 * @param {Record<string, string | null>} values
 */
export function showInUrl(values) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  if (url.href !== location.href) history.replaceState(null, "", url.href);
}

/** The address that opens this experiment anywhere. */
export function shareUrl() {
  const url = new URL(location.pathname, location.origin);
  url.search = state.preset ? `?preset=${encodeURIComponent(state.preset)}` : `?${state.check?.link ?? ""}`;
  return url.href;
}
