// @ts-nocheck
/** Weights out and in: of the run as it is now, and from a file that is compared with the network key by key. Checkpoints
 * too, from which a run goes on exactly. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { setNotice, toast } from "../core/notices.js";
import { base, post } from "../core/requests.js";
import { state } from "../core/state.js";
import { emit, on } from "../core/topics.js";
import { t } from "../core/words.js";
import { canonical } from "../experiment/canonical.js";
import { whenChecked } from "../experiment/check.js";
import { load } from "../experiment/store.js";
import { card, head } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { adopt } from "../run/current.js";
import { chosenDevice } from "../run/device.js";
import { currentSituation } from "../run/shown.js";

function setup(root) {
  const button = (drawing, words, fn) =>
    h(
      "button",
      { type: "button", class: "small", onclick: fn },
      icon(drawing),
      h("span", { "data-t": words }),
    );
  const chooser = (accept, read) => {
    const input = h("input", {
      type: "file",
      accept,
      hidden: true,
      onchange: () => {
        const [chosen] = input.files;
        input.value = "";
        if (chosen) read(chosen);
      },
    });
    return input;
  };
  const tensors = button("download", "weights.safetensors", () =>
    take("weights?format=safetensors", "model.safetensors"),
  );
  const stateDict = button("download", "weights.pt", () => take("weights?format=pt", "model.pt"));
  const picker = chooser(".safetensors,.pt,.pth,.bin", (chosen) => {
    file = chosen;
    put(false);
  });
  const open = button("open", "weights.open", () => picker.click());
  const checkpoint = button("download", "weights.checkpoint", () =>
    take("checkpoint", `checkpoint-${state.run.step}.safetensors`),
  );
  const kept = chooser(".safetensors", goOn),
    goOnButton = button("open", "weights.go_on", () => kept.click());
  const told = h("div", { class: "weights-told", "aria-live": "polite", hidden: true });
  root.append(
    h(
      "section",
      { class: "card" },
      head("weights.title", "weights.help"),
      h("div", { class: "weights-row" }, tensors, stateDict, open, picker),
      h("p", { class: "dim weights-about", "data-t": "weights.checkpoint.help" }),
      h("div", { class: "weights-row" }, checkpoint, goOnButton, kept),
      told,
    ),
  );
  let file = null;

  const ownership = () => ({
    "x-device": chosenDevice(),
    ...(state.run?.control ? { "x-control": state.run.control } : {}),
  });
  /* What is told holds for the experiment on the screen, and is told again in another language. */
  let saying = null,
    of = "";
  const tell = (content) => {
    saying = content;
    of = canonical(state.experiment);
    told.hidden = false;
    told.replaceChildren(...content());
  };
  const fail = (name, error) => tell(() => [h("p", { class: "weights-bad" }, `${name}: ${error.message}`)]);

  async function take(what, name) {
    try {
      const response = await fetch(`${base}runs/${state.run.id}/${what}`);
      if (!response.ok)
        throw new Error(
          (await response.json().catch(() => null))?.error?.message?.[state.lang] ??
            t("error.status", { status: response.status }),
        );
      const link = h("a", { href: URL.createObjectURL(await response.blob()), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (error) {
      setNotice(error.message, "error");
    }
  }
  async function goOn(chosen) {
    tell(() => [h("p", { class: "dim" }, t("weights.reading", { name: chosen.name }))]);
    try {
      const answer = await post("checkpoint", chosen, { headers: ownership() });
      load(answer.experiment, "edit.load");
      await whenChecked();
      adopt(answer, answer.experiment, state.data);
      tell(() => [h("p", {}, t("weights.resumed", { name: chosen.name, step: format.count(answer.step) }))]);
    } catch (error) {
      fail(chosen.name, error);
    }
  }
  async function put(fits) {
    await whenChecked();
    if (state.check.faults.length) {
      emit("faults", state.check);
      return;
    }
    const name = file.name;
    tell(() => [h("p", { class: "dim" }, t("weights.reading", { name }))]);
    try {
      const answer = await post(`weights?${state.check.link}${fits ? "&fits=1" : ""}`, file, {
        headers: ownership(),
      });
      show(answer, name);
      if (!answer.run) return;
      adopt(answer, structuredClone(state.experiment), state.data);
      toast(t("weights.started"));
    } catch (error) {
      fail(name, error);
    }
  }
  const show = (answer, name) => tell(() => table(answer, name));
  function table({ loaded, of: all, missing, unexpected, different, run }, name) {
    const shape = (sizes) => (sizes.length ? sizes.join(" × ") : "1");
    const rows = [
      ...different.map(([key, given, wanted]) => [
        key,
        t("weights.shapes", { given: shape(given), wanted: shape(wanted) }),
      ]),
      ...missing.map((key) => [key, t("weights.missing")]),
      ...unexpected.map((key) => [key, t("weights.unexpected")]),
    ];
    return [
      h("p", {}, h("b", {}, t("weights.fit", { name, n: loaded, of: all }))),
      ...(rows.length
        ? [
            h(
              "div",
              { class: "weights-table" },
              h(
                "table",
                {},
                h(
                  "tbody",
                  {},
                  rows.map(([key, words]) =>
                    h("tr", {}, h("td", {}, h("code", {}, key)), h("td", {}, words)),
                  ),
                ),
              ),
            ),
          ]
        : []),
      ...(rows.length && loaded && !run
        ? [
            h(
              "button",
              { type: "button", class: "small", onclick: () => put(true) },
              t("weights.partly", { n: loaded }),
            ),
          ]
        : []),
    ];
  }
  const enable = () => {
    tensors.disabled = stateDict.disabled = !state.run;
    checkpoint.disabled = !currentSituation().isLive;
  };
  on(
    "lang",
    () => {
      if (!told.hidden) told.replaceChildren(...saying());
    },
    root,
  );
  on(
    "experiment",
    () => {
      if (of !== canonical(state.experiment)) told.hidden = true;
    },
    root,
  );
  on("run", enable, root);
  on("reset", enable, root);
  enable();
}
export default card("weights", setup);
