/** Files that a person takes along, and what they are called. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";

const KEPT_MS = 10_000; // the browser reads the bytes after the click, some of them late

/** What files of this experiment are called: its name, as the server makes it a file's. */
export const fileStem = () => state.check?.file_name || "experiment";

/**
 * Saves bytes or a text under a name.
 * @param {string} name
 * @param {Blob | string} content
 * @param {string} [type] of a text
 */
export function saveFile(name, content, type = "text/plain") {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
