/** Texts into the clipboard. */
import { toast } from "../core/notices.js";
import { t } from "../core/words.js";

/**
 * @param {string} text
 * @param {string} words key of what is said when it is done
 * @param {Element} shown where the text stands, to be copied by hand where the browser lets no script copy
 */
export async function copyText(text, words, shown) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t(words));
  } catch {
    getSelection()?.selectAllChildren(shown);
    const isCopied = document.execCommand?.("copy");
    toast(t(isCopied ? words : "labs.by_hand"));
  }
}
