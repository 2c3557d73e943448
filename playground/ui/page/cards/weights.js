/**
 * Weights out and in: of the run as it is now, and from a file that is compared with the network key by
 * key. Checkpoints
 * too, from which a run goes on exactly.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { setNotice, toast } from "../core/notices.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit, on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { canonical } from "../experiment/canonical.js";
import { whenChecked } from "../experiment/check.js";
import { load } from "../experiment/store.js";
import { card, head } from "../kit/card.js";
import { fileButton, openButton } from "../kit/file_button.js";
import { fileStem, saveFile } from "../kit/save.js";
import { toolbar } from "../kit/toolbar.js";
import { adopt } from "../run/current.js";
import { chosenDevice } from "../run/device.js";
import { fileOfRun, mayTakeFiles } from "../run/files.js";
import { currentSituation } from "../run/shown.js";
import { comparisonElements } from "./weights/comparison.js";

/** @param {HTMLElement} root */
function setup(root) {
  const weights = new WeightsCard(root);
  on("lang", () => weights.repeat(), root);
  on("experiment", () => weights.hideOld(), root);
  onAny(["run", "reset"], () => weights.enable(), root);
  weights.enable();
}

class WeightsCard {
  /** @param {HTMLElement} root */
  constructor(root) {
    /** @type {() => any[]} what is told now, to be told again in another language */
    this.saying = () => [];
    this.toldOf = ""; // the experiment that it holds for
    this.ofRun = [
      fileButton("download", "weights.safetensors", () => take("weights?format=safetensors", ".safetensors")),
      fileButton("download", "weights.pt", () => take("weights?format=pt", ".pt")),
    ];
    this.checkpoint = fileButton("download", "weights.checkpoint", takeCheckpoint);
    const open = openButton("weights.open", ".safetensors,.pt,.pth,.bin", (file) => this.bring(file));
    const goOn = openButton("weights.go_on", ".safetensors", (file) => this.goOn(file));
    this.told = h("div", { class: "weights-told", "aria-live": "polite", hidden: true });
    const about = h("p", { class: "dim weights-about", "data-t": "weights.checkpoint.help" });
    const frame = h("section", { class: "card" }, head("weights.title", "weights.help"));
    this.notShared = h("p", { class: "dim", "data-t": "weights.not_shared", hidden: true });
    frame.append(toolbar(h("div", { class: "weights-row" }, this.ofRun, open), "weights.title"), about);
    frame.append(h("div", { class: "weights-row" }, this.checkpoint, goOn), this.notShared, this.told);
    root.append(frame);
  }

  enable() {
    const mayTake = mayTakeFiles();
    for (const button of this.ofRun) button.disabled = !mayTake;
    this.checkpoint.disabled = !(mayTake && currentSituation().isLive);
    this.notShared.hidden = mayTake || !state.run;
  }

  /** @param {() => any[]} content what is told of the experiment on the screen */
  tell(content) {
    this.saying = content;
    this.toldOf = canonical(state.experiment);
    this.told.hidden = false;
    this.told.replaceChildren(...content());
  }

  repeat() {
    if (!this.told.hidden) this.told.replaceChildren(...this.saying());
  }

  hideOld() {
    if (this.toldOf !== canonical(state.experiment)) this.told.hidden = true;
  }

  /** @param {string} name of the file that is being read */
  tellReading(name) {
    this.tell(() => [h("p", { class: "dim" }, t("weights.reading", { name }))]);
  }

  /**
   * @param {string} name
   * @param {any} error
   */
  tellFailure(name, error) {
    this.tell(() => [h("p", { class: "weights-bad" }, `${name}: ${error.message}`)]);
  }

  /**
   * Goes on from a checkpoint, with the experiment that stands in it.
   * @param {File} file
   */
  async goOn(file) {
    const { name } = file;
    this.tellReading(name);
    try {
      const answer = await post("checkpoint", file, { headers: ownership() });
      load(answer.experiment, "edit.load");
      await whenChecked();
      adopt(answer, answer.experiment, state.data);
      const step = format.count(answer.step);
      this.tell(() => resumedElements(name, step, answer.from_device));
    } catch (error) {
      this.tellFailure(name, error);
    }
  }

  /**
   * Begins a run with the weights of a file, where they fit the network.
   * @param {File} file
   * @param {boolean} [onlyFitting] take those that fit and leave the others as they are
   */
  async bring(file, onlyFitting = false) {
    const { name } = file;
    await whenChecked();
    if (state.check.faults.length) return emit("faults", state.check);
    this.tellReading(name);
    const wish = onlyFitting ? "&fits=1" : "";
    try {
      const answer = await post(`weights?${state.check.link}${wish}`, file, { headers: ownership() });
      this.tell(() => comparisonElements(answer, name, () => this.bring(file, true)));
      if (!answer.run) return;
      adopt(answer, structuredClone(state.experiment), state.data);
      toast(t("weights.started"));
    } catch (error) {
      this.tellFailure(name, error);
    }
  }
}

/** Which device is wished for, and the right to replace the present run. */
function ownership() {
  /** @type {Record<string, string>} */
  const headers = { "x-device": chosenDevice() };
  if (state.run?.control) headers["x-control"] = state.run.control;
  return headers;
}

/**
 * What is said once a checkpoint is loaded.
 * @param {string} name
 * @param {string} step
 * @param {string | null} from the device of the file, where it is of another kind
 */
function resumedElements(name, step, from) {
  const lines = [h("p", {}, t("weights.resumed", { name, step }))];
  if (!from) return lines;
  const device = from === "cpu" ? "CPU" : "GPU";
  return [...lines, h("p", { class: "dim" }, t("weights.other_device", { from: device }))];
}

const takeCheckpoint = () => take("checkpoint", `-step-${state.run?.step}.safetensors`);

/**
 * @param {string} what of the run
 * @param {string} ending after the experiment's name
 */
async function take(what, ending) {
  try {
    const { blob } = await fileOfRun(what);
    saveFile(fileStem() + ending, blob);
  } catch (error) {
    setNotice(/** @type {Error} */ (error).message, "error");
  }
}

export default card("weights", setup);
