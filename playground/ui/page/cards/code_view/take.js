/** The experiment in the forms in which it can be taken along: script, notebook, network, settings. */
import { withoutKeys } from "../../core/json.js";
import { setNotice, toast } from "../../core/notices.js";
import { base, post } from "../../core/requests.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { fileStem, saveFile } from "../../kit/save.js";
import { ownFileAddress } from "../../kit/upload.js";
import { fileOfRun } from "../../run/files.js";

export const takeScript = () => saveFile(`${fileStem()}.py`, state.check.code, "text/x-python");

export function takeExperiment() {
  const json = JSON.stringify(state.experiment, withoutKeys, 1);
  saveFile(`${fileStem()}.json`, `${json}\n`, "application/json");
}

export async function takeNotebook() {
  try {
    const notebook = await post("notebook", { experiment: state.experiment });
    saveFile(`${fileStem()}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`, "application/x-ipynb+json");
  } catch (error) {
    tell(error);
  }
}

/** The network with the weights of this moment. */
export async function takeOnnx() {
  try {
    const { blob, headers } = await fileOfRun("onnx");
    saveFile(`${fileStem()}.onnx`, blob);
    toast(t("code.onnx.checked", { difference: headers.get("x-difference") }));
  } catch (error) {
    tell(error);
  }
}

/** A script that asks the .onnx file about one raw sample. */
export async function takeExample() {
  try {
    const { blob } = await fileOfRun("example");
    saveFile(`${fileStem()}_example.py`, blob);
  } catch (error) {
    tell(error);
  }
}

/**
 * @param {HTMLElement} code where the script stands, to be copied by hand where the browser lets no script
 * copy
 */
export async function copyScript(code) {
  try {
    await navigator.clipboard.writeText(state.check.code);
    toast(t("code.copied"));
  } catch {
    getSelection()?.selectAllChildren(code);
    const isCopied = document.execCommand?.("copy");
    toast(t(isCopied ? "code.copied" : "share.manual"));
  }
}

/**
 * Files that the script reads, each with the address where it can be fetched; of an own file only its
 * owner has one.
 */
export function filesBeside() {
  const data = state.check?.data;
  const files = Object.entries(data?.files ?? {}).map(([name, isBundled]) => ({
    name,
    address: isBundled ? `${base}data/${encodeURIComponent(name)}` : null,
  }));
  if (!data?.own_file) return files;
  return [...files, { name: data.own_file, address: ownFileAddress(state.experiment.data.file) }];
}

/** @param {any} error */
const tell = (error) => setNotice(error.text ?? error.message, error.code || "error");
