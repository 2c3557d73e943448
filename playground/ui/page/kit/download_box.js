/** Files that are fetched (a public data set, pretrained weights): absent, on their way, here. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { post, request } from "../core/requests.js";
import { t } from "../core/words.js";
import { checkNow } from "../experiment/check.js";

const POLL_MS = 400;
const ON_ITS_WAY = ["downloading", "weights_downloading"];

/**
 * @typedef {object} Download What the server says of it.
 * @property {"absent" | "running" | "failed" | "here"} state
 * @property {number} file the number of the file that is on its way
 * @property {number} files
 * @property {number} got_bytes
 * @property {number | null} total_bytes
 */

export class DownloadBox {
  /**
   * @param {() => string} chosenId what is wanted, as the server calls it
   * @param {() => import("../types.js").Fault | undefined} absence the fault that says that it is not here
   */
  constructor(chosenId, absence) {
    this.chosenId = chosenId;
    this.absence = absence;
    this.begin = button("download.begin", () => this.ask({}), "primary");
    this.cancel = button("download.cancel", () => this.ask({ cancel: true }));
    this.bar = h("progress", { max: 1, hidden: true, "data-t-label": "download.progress" });
    this.line = h("span", { class: "num dim", role: "status" });
    this.element = h("div", { class: "download" }, this.begin, this.cancel, this.bar, this.line);
    this.cancel.hidden = true;
    this.timer = 0;
  }

  /** Whether the last check found it on its way. */
  get isOnItsWay() {
    return ON_ITS_WAY.includes(this.absence()?.code ?? "");
  }

  update() {
    this.element.hidden = !this.absence();
    if (this.isOnItsWay) this.ask(null);
  }

  /**
   * @param {any} wish null only asks how far it is
   */
  async ask(wish) {
    clearTimeout(this.timer);
    const id = this.chosenId();
    const path = `downloads/${id}`;
    try {
      const answer = wish ? await post(path, wish) : await request(path);
      if (id === this.chosenId()) this.show(answer);
    } catch (error) {
      this.line.textContent = /** @type {Error} */ (error).message;
    }
  }

  /** @param {Download} view */
  show(view) {
    const isRunning = view.state === "running";
    this.begin.hidden = isRunning;
    this.cancel.hidden = !isRunning;
    this.bar.hidden = !isRunning;
    if (isRunning && view.total_bytes) this.bar.value = view.got_bytes / view.total_bytes;
    else this.bar.removeAttribute("value"); // a bar without an end
    this.line.textContent = isRunning ? progressWords(view) : "";
    if (isRunning) this.askAgainSoon();
    else if (view.state !== "absent" || this.isOnItsWay) checkNow();
  }

  askAgainSoon() {
    this.timer = window.setTimeout(() => {
      if (this.element.isConnected) this.ask(null);
    }, POLL_MS);
  }
}

/**
 * @param {string} words
 * @param {() => void} act
 * @param {string | null} [look]
 */
const button = (words, act, look = null) =>
  h("button", { type: "button", class: look, "data-t": words, onclick: act });

/** @param {Download} view */
function progressWords({ file, files, got_bytes: got, total_bytes: total }) {
  if (!file || !got) return t("download.connecting");
  return t("download.line", {
    file,
    files,
    got: format.bytes(got),
    total: total ? format.bytes(total) : "?",
  });
}
