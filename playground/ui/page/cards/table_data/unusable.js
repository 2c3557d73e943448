/**
 * The columns of a table of which nothing can be learnt as it is set: the page's own preview leaves it
 * out.
 */
import { post } from "../../core/requests.js";
import { state } from "../../core/state.js";
import { faultsUnder } from "../../experiment/faults.js";

export class UnusableTable {
  /** @param {() => void} show called once its columns are there */
  constructor(show) {
    this.show = show;
    this.asked = ""; // the settings that were asked about last
    this.file = "";
    /** @type {any} */
    this.preview = null;
  }

  /**
   * What is known of this file.
   * @param {string} file
   */
  previewOf(file) {
    return this.file === file ? this.preview : null;
  }

  async look() {
    const { data } = state.experiment;
    const settings = JSON.stringify(data);
    if (!isUnusable() || settings === this.asked) return;
    this.asked = settings;
    try {
      const preview = await post("preview", { data });
      if (settings !== this.asked) return;
      this.file = data.file;
      this.preview = preview;
      this.show();
    } catch {
      if (settings !== this.asked) return;
      this.asked = "";
      this.preview = null;
    }
  }
}

/** A file that is there, with settings that can be read, of which nothing can be learnt. */
function isUnusable() {
  const faults = faultsUnder("data");
  const isGone = faults.some(({ place }) => place === "data.file");
  return Boolean(state.experiment.data.file && state.check?.experiment && faults.length && !isGone);
}
