/** Tells Python what the tabs are to be called: Gradio draws them, so Gradio renames them. */
import { opening } from "../core/opening.js";
import { state } from "../core/state.js";
import { onAny } from "../core/topics.js";
import { shownKind } from "./shown.js";

/**
 * Called by Gradio with what sends a value to Python: the language, and whether there is something to draw.
 * @param {(value: string) => void} send
 */
export default async function nameTabs(send) {
  await opening.done;
  let sent = "en image"; // what Python calls them at first
  function tell() {
    const value = `${state.lang} ${shownKind() === "image" ? "image" : "other"}`;
    if (value === sent) return;
    sent = value;
    send(value);
  }
  onAny(["lang", "check", "run"], tell);
  tell();
}
