// @ts-nocheck
/** The script of this experiment, always in step; the experiment as a file, out and in. */
import { h } from "../core/dom.js";
import { withoutKeys } from "../core/json.js";
import { setNotice, toast } from "../core/notices.js";
import { base, post } from "../core/requests.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { openFile } from "../experiment/open_file.js";
import { edit } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { ownFileAddress } from "../kit/upload.js";

function setup(root) {
  const TOKEN = new RegExp(
    [
      /(?<text>"""[\s\S]*?"""|'''[\s\S]*?'''|[rf]*"(?:\\.|[^"\\\n])*"|[rf]*'(?:\\.|[^'\\\n])*')/,
      /(?<comment>#[^\n]*)/,
      /(?<decorator>@[\w.]+)/,
      /(?<keyword>\b(?:and|as|assert|class|def|del|elif|else|except|False|finally|for|from|global|if|import|in|is|lambda|None|nonlocal|not|or|pass|raise|return|True|try|while|with|yield)\b)/,
      /(?<number>\b\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?\b)/,
      /(?<call>\b[A-Za-z_]\w*(?=\())/,
    ]
      .map((part) => part.source)
      .join("|"),
    "g",
  );

  const button = (drawing, words, fn) =>
    h(
      "button",
      { type: "button", class: "small", onclick: fn },
      icon(drawing),
      h("span", { "data-t": words }),
    );
  const code = h("code"),
    pre = h("pre", { tabindex: "0", "data-t-label": "code.script" }, code),
    none = h("p", { class: "dim", "data-t": "code.none", hidden: true });
  const copy = button("copy", "code.copy", copyCode),
    save = button("download", "code.download", () =>
      download(`${fileName()}.py`, state.check.code, "text/x-python"),
    );
  const notebook = button("download", "code.notebook", takeNotebook);
  const onnx = button("download", "code.onnx", takeOnnx);
  const name = h("input", {
    type: "text",
    maxlength: "80",
    autocomplete: "off",
    oninput: () =>
      edit(
        "edit.name",
        (experiment) => {
          experiment.name = name.value;
        },
        { merge: "name" },
      ),
  });
  const picker = h("input", {
    type: "file",
    accept: ".json,application/json",
    hidden: true,
    onchange: async () => {
      await openFile(picker.files[0]);
      picker.value = "";
    },
  });
  const beside = h("p", { class: "dim beside", hidden: true });
  root.append(
    h(
      "section",
      { class: "card" },
      h(
        "header",
        {},
        h("h2", { "data-t": "code.title" }),
        h("small", { "data-t": "code.help" }),
        h("span", { class: "grow" }),
        copy,
        save,
        notebook,
        onnx,
      ),
      beside,
      none,
      pre,
    ),
    h(
      "section",
      { class: "card" },
      h(
        "header",
        {},
        h("h2", { "data-t": "code.experiment" }),
        h("small", { "data-t": "code.experiment.help" }),
      ),
      h(
        "div",
        { class: "files" },
        h("label", { class: "field name" }, h("span", { "data-t": "code.name" }), name),
        button("download", "code.save", () =>
          download(
            `${fileName()}.json`,
            `${JSON.stringify(state.experiment, withoutKeys, 1)}\n`,
            "application/json",
          ),
        ),
        button("open", "code.open", () => picker.click()),
        picker,
        h("small", { class: "dim", "data-t": "code.drop" }),
      ),
    ),
  );

  const fileName = () => state.check?.file_name || "experiment";
  function download(file, text, type) {
    const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  async function takeNotebook() {
    try {
      const answer = await post("notebook", { experiment: state.experiment });
      download(`${fileName()}.ipynb`, `${JSON.stringify(answer, null, 1)}\n`, "application/x-ipynb+json");
    } catch (error) {
      setNotice(error.text ?? error.message, error.code);
    }
  }
  /* The weights of this moment: of the run, where there is one. */
  async function takeOnnx() {
    onnx.disabled = true;
    try {
      const response = await fetch(`${base}runs/${state.run.id}/onnx`);
      if (!response.ok) {
        const answer = await response.json().catch(() => null);
        setNotice(
          answer?.error?.message ?? t("error.status", { status: response.status }),
          answer?.error?.code ?? "error",
        );
      } else {
        download(`${fileName()}.onnx`, await response.blob(), "application/octet-stream");
        toast(t("code.onnx.checked", { difference: response.headers.get("x-difference") }));
      }
    } catch {
      setNotice(t("error.offline"), "offline");
    }
    onnx.disabled = !state.run;
  }
  async function copyCode() {
    try {
      await navigator.clipboard.writeText(state.check.code);
      toast(t("code.copied"));
    } catch {
      getSelection().selectAllChildren(code);
      toast(document.execCommand?.("copy") ? t("code.copied") : t("share.manual"));
    }
  }
  /** Files that the script reads, each with the address where it can be fetched; of an own file only its owner has one. */
  function filesBeside() {
    const data = state.check?.data;
    const files = Object.entries(data?.files ?? {}).map(([file, bundled]) => ({
      file,
      address: bundled ? `${base}data/${encodeURIComponent(file)}` : null,
    }));
    if (data?.own_file)
      files.push({ file: data.own_file, address: ownFileAddress(state.experiment.data.file) });
    return files;
  }
  function show() {
    const text = state.check?.code ?? "";
    none.hidden = Boolean(text) || !state.check;
    pre.hidden = !text;
    copy.disabled = save.disabled = notebook.disabled = !text;
    onnx.disabled = !state.run;
    const files = filesBeside();
    beside.hidden = !text || !files.length;
    beside.replaceChildren(
      t("code.beside"),
      ...files.flatMap(({ file, address }) => [
        " ",
        address ? h("a", { href: address, download: file }, file) : file,
      ]),
    );
    if (document.activeElement !== name)
      name.value = typeof state.experiment.name === "string" ? state.experiment.name : "";
    if (!text || code.textContent === text) return;
    const parts = [];
    let at = 0;
    for (const match of text.matchAll(TOKEN)) {
      if (match.index > at) parts.push(text.slice(at, match.index));
      const kind = Object.keys(match.groups).find((group) => match.groups[group] !== undefined);
      parts.push(h("span", { class: `tok-${kind}` }, match[0]));
      at = match.index + match[0].length;
    }
    code.replaceChildren(...parts, text.slice(at));
  }

  for (const topic of ["run", "reset"])
    on(
      topic,
      () => {
        onnx.disabled = !state.run;
      },
      root,
    );
  on("check", show, root);
  on("experiment", show, root);
  show();
}
export default card("code_view", setup);
