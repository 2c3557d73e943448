/** The script of this experiment, always in step; the experiment as a file, out and in. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { openFile } from "../experiment/open_file.js";
import { edit } from "../experiment/store.js";
import { card, head } from "../kit/card.js";
import { fileButton, openButton } from "../kit/file_button.js";
import { pieces } from "../kit/highlight.js";
import { toolbar } from "../kit/toolbar.js";
import { mayTakeFiles } from "../run/files.js";
import {
  copyScript,
  filesBeside,
  takeExample,
  takeExperiment,
  takeNotebook,
  takeOnnx,
  takeScript,
} from "./code_view/take.js";

/** @param {HTMLElement} root */
function setup(root) {
  const script = scriptCard();
  const experiment = experimentCard();
  root.append(script.element, experiment.element);
  function show() {
    script.show();
    experiment.show();
  }
  onAny(["check", "experiment", "lang"], show, root);
  onAny(["run", "reset"], script.showOnnx, root);
  show();
}

function scriptCard() {
  const code = h("code");
  const pre = h("pre", { tabindex: "0", "data-t-label": "code.script" }, code);
  const none = h("p", { class: "dim", "data-t": "code.none", hidden: true });
  const beside = h("p", { class: "dim beside", hidden: true });
  const ofScript = [
    fileButton("copy", "code.copy", () => copyScript(code)),
    fileButton("download", "code.download", takeScript),
    fileButton("download", "code.notebook", takeNotebook),
  ];
  const onnx = fileButton("download", "code.onnx", saveOnnx);
  const example = fileButton("download", "code.example", takeExample);
  example.dataset.tTitle = "code.example.help";
  const files = toolbar(h("div", { class: "files" }, ...ofScript, onnx, example), "code.files");
  const header = head("code.title", "code.help", files);

  /** There are weights only once there is a run; those of another's may not be shared. */
  function showOnnx() {
    onnx.disabled = !mayTakeFiles();
    example.disabled = onnx.disabled;
  }
  async function saveOnnx() {
    onnx.disabled = true;
    await takeOnnx();
    showOnnx();
  }
  function show() {
    const text = state.check?.code ?? "";
    none.hidden = Boolean(text) || !state.check;
    pre.hidden = !text;
    for (const button of ofScript) button.disabled = !text;
    showOnnx();
    showBeside(beside, Boolean(text));
    // what is the same stays: somebody may be selecting in it
    if (text && code.textContent !== text) code.replaceChildren(...pieces(text).map(colored));
  }
  return { element: h("section", { class: "card" }, header, beside, none, pre), show, showOnnx };
}

/** @param {{kind: string | null, text: string}} piece */
const colored = ({ kind, text }) => (kind ? h("span", { class: `tok-${kind}` }, text) : text);

/**
 * The files that belong next to the script, as links where they can be had.
 * @param {HTMLElement} line
 * @param {boolean} hasScript
 */
function showBeside(line, hasScript) {
  const files = filesBeside();
  line.hidden = !hasScript || files.length === 0;
  line.replaceChildren(t("code.beside"));
  for (const { name, address } of files) {
    const link = address ? h("a", { href: address, download: name }, name) : h("b", {}, name);
    line.append(" ", link);
  }
}

function experimentCard() {
  const name = h("input", { type: "text", maxlength: "80", autocomplete: "off", oninput: rename });
  function rename() {
    const change = (/** @type {any} */ experiment) => {
      experiment.name = name.value;
    };
    edit("edit.name", change, { merge: "name" });
  }
  function show() {
    if (document.activeElement === name) return; // it is being typed
    const { name: present } = state.experiment;
    name.value = typeof present === "string" ? present : "";
  }
  const files = h(
    "div",
    { class: "files" },
    h("label", { class: "field name" }, h("span", { "data-t": "code.name" }), name),
    fileButton("download", "code.save", takeExperiment),
    openButton("code.open", ".json,application/json", openFile),
    h("small", { class: "dim", "data-t": "code.drop" }),
  );
  const header = head("code.experiment", "code.experiment.help");
  return { element: h("section", { class: "card" }, header, files), show };
}

export default card("code_view", setup);
