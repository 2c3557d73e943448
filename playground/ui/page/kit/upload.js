// @ts-nocheck
/** A place for a person's own file: a button, drag and drop, what goes wrong in words. For the data cards of every kind.
 *
 * fileChooser({ kind, accept, words, done }) -> element; `kind` is one that the server takes, `accept` the browser's list
 * of endings, `words` the key of the line in it, `done(id, facts, file)` is called once the server has the file. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { base, post, RequestError } from "../core/requests.js";
import { state } from "../core/state.js";
import { session } from "../core/storage.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { checkNow } from "../experiment/check.js";

export async function upload(file, kind) {
  const limit = state.boot.settings.max_data_bytes;
  if (file.size > limit)
    throw new RequestError(413, {
      code: "data_too_large",
      message: t("upload.too_large", { size: format.bytes(file.size), limit: format.bytes(limit) }),
    });
  if (!file.size) throw new RequestError(422, { code: "upload_empty", message: t("upload.empty") });
  const answer = await post(`upload?${new URLSearchParams({ kind, name: file.name ?? "" })}`, file);
  session.set(`file.${answer.id}`, answer.key);
  return answer;
}

/** Where a file that was uploaded from this tab can be fetched again; null for everybody else's. */
export function ownFileAddress(id) {
  const key = session.get(`file.${id}`);
  return key ? `${base}files/${id}?key=${key}` : null;
}

export function fileChooser({ kind, accept, words, done }) {
  const input = h("input", { type: "file", accept, class: "visually-hidden", "data-t-label": words });
  const button = h("button", { type: "button", "data-t": "upload.choose", onclick: () => input.click() });
  const line = h("span", { class: "dim", "data-t": words }),
    trouble = h("p", { class: "upload-trouble", role: "alert", hidden: true });
  const place = h("div", { class: "upload" }, input, button, line, trouble);
  let latest = 0,
    failed = null;
  const tell = () => {
    trouble.hidden = !failed;
    trouble.textContent = failed
      ? `${failed.file.name.slice(0, 80)}: ${localized(failed.error.text ?? failed.error.message)}`
      : "";
  };
  on("lang", tell, place);

  async function take(file) {
    if (!file) return;
    latest += 1;
    const mine = latest;
    failed = null;
    tell();
    place.classList.add("busy");
    button.disabled = true;
    try {
      const { id, facts } = await upload(file, kind);
      if (mine !== latest) return;
      done(id, facts, file);
      checkNow(); // the very file that was gone changes nothing of the experiment, but is here again
    } catch (error) {
      if (mine !== latest) return;
      failed = { file, error };
      tell();
    } finally {
      if (mine === latest) {
        place.classList.remove("busy");
        button.disabled = false;
        input.value = "";
      }
    }
  }
  input.addEventListener("change", () => take(input.files[0]));
  const over = (event) => {
    if ([...event.dataTransfer.types].includes("Files")) {
      event.preventDefault();
      place.classList.add("over");
    }
  };
  place.addEventListener("dragenter", over);
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    take(event.dataTransfer.files[0]);
  });
  return place;
}
/* The batch for so many samples: as chosen, but no more than an eighth of them. */
export const batchFor = (samples, chosen = 64) =>
  Math.min(chosen, Math.max(2, 2 ** Math.floor(Math.log2(Math.max(1, samples) / 8))));
