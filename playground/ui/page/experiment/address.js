/** The page's address: what it says of the experiment and the run. */

import { addressOf, watchAddressOf, withValues } from "../core/link.js";
import { state } from "../core/state.js";

/**
 * Writes values into the address without a step in the browser's history; null takes one away.
 * @param {Record<string, string | null>} values
 */
export function showInUrl(values) {
  const { x, ...others } = values;
  const isOfLab = new URL(location.href).searchParams.has("lab"); // there `x` may be one of its fields
  const href = withValues(location.href, isOfLab ? others : values);
  if (href !== location.href) history.replaceState(null, "", href);
}

/** The address that opens this experiment, on the tab that is shown. */
export function shareUrl() {
  return addressOf(location.href, { preset: state.preset, link: state.check?.link ?? "" });
}

/**
 * The address at which others watch a run.
 * @param {string} id
 */
export const watchUrl = (id) => watchAddressOf(location.href, id);
