/** What the tabs are called: Gradio draws them, so Gradio renames them. */
import { opening } from "../core/opening.js";
import { state } from "../core/state.js";
import { tabNames } from "../core/tabs.js";
import { onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { shownKind } from "./shown.js";

/** Only images are drawn; other data are tried in the same place. */
const isDrawn = () => shownKind() === "image";

/** @param {string} tab */
const labelOf = (tab) => t(tab === "draw" && !isDrawn() ? "tab.try" : `tab.${tab}`);

/** The names of all tabs in order, as an event of Gradio's gives them to its components. */
export const labels = () => tabNames.map((tab) => ({ __type__: "update", label: labelOf(tab) }));

/**
 * Called by Gradio with what makes it ask for the names again.
 * @param {() => void} rename
 */
export default async function nameTabs(rename) {
  await opening.done;
  let shown = "en true"; // what Python calls them at first
  function follow() {
    const wanted = `${state.lang} ${isDrawn()}`;
    if (wanted === shown) return;
    shown = wanted;
    rename();
  }
  onAny(["lang", "check", "run"], follow);
  follow();
}
