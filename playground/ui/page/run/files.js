/** Files of the run on the screen: its weights, its checkpoint, the network for other programs. */
import { requestFile } from "../core/requests.js";
import { state } from "../core/state.js";

/** Whether this page may have them: of its own run, and of one whose owner lets watchers download it. */
export const mayTakeFiles = () => Boolean(state.run?.control || state.run?.shares_files);

/** @param {string} what of the run */
export function fileOfRun(what) {
  const { id, control } = /** @type {import("../types.js").RunView} */ (state.run);
  return requestFile(`runs/${id}/${what}`, control ? { "x-control": control } : {});
}
