// @ts-nocheck
/**
 * The bar: preset, device, training controls, numbers, progress, share, language; notices; the strip of
 * tabs.
 */
import { h, whenPresent } from "../core/dom.js";
import { format } from "../core/format.js";
import { setNotice, toast } from "../core/notices.js";
import { state } from "../core/state.js";
import { showTab } from "../core/tabs.js";
import { setDark } from "../core/theme.js";
import { on } from "../core/topics.js";
import { localized, setLanguage, t } from "../core/words.js";
import { faultWords } from "../experiment/faults.js";
import { load, redo, undo } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { menu } from "../kit/menu.js";
import { chooseDevice, chosenDevice } from "../run/device.js";
import { currentSituation } from "../run/shown.js";
import { isStarting, pause, resetRun, resume, stepOnce, stopRun, train } from "../run/steering.js";
import { shareButton } from "./bar/share.js";
import { skipLink } from "./bar/skip_link.js";

function setup(root) {
  const bigIcon = h("span", { class: "big-icon" }),
    bigText = h("span");

  /* ---- preset and device ---- */
  const presetName = h("span", { class: "chosen" });
  const preset = h(
    "button",
    {
      type: "button",
      class: "chooser preset",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      onclick: choosePreset,
    },
    presetName,
    icon("more"),
  );
  function choosePreset() {
    const groups = new Map();
    for (const each of state.boot.presets) {
      const label = localized(each.group);
      if (!groups.has(label)) groups.set(label, { label, options: [] });
      groups.get(label).options.push({
        value: each.id,
        label: localized(each.name),
        help: localized(each.description),
        checked: each.id === state.preset,
      });
    }
    menu(preset, {
      groups: [...groups.values()],
      placeholder: t("bar.preset.search"),
      pick: (id) => {
        const chosen = state.boot.presets.find((each) => each.id === id);
        load(chosen.experiment, "edit.preset", { preset: id });
      },
    });
  }
  function showPreset() {
    const known = state.boot.presets.find((each) => each.id === state.preset);
    const { name } = state.experiment,
      from = state.boot.presets.find((each) => each.experiment.name === name);
    presetName.textContent = known
      ? localized(known.name)
      : from
        ? t("bar.preset.edited", { name: localized(from.name) })
        : typeof name === "string" && name && name !== "Untitled"
          ? name
          : t("bar.preset.none");
    preset.setAttribute("aria-label", `${t("bar.preset")}: ${presetName.textContent}`);
  }
  const deviceName = h("span", { class: "chosen" });
  const device = h(
    "button",
    {
      type: "button",
      class: "chooser device",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      onclick: openDevices,
    },
    deviceName,
    icon("more"),
  );
  const nameOf = ({ name, cores }) =>
    cores ? `${name} · ${t(cores > 1 ? "bar.device.cores" : "bar.device.core", { n: cores })}` : name;
  function openDevices() {
    const options = state.boot.devices.map((each) => ({
      value: each.id,
      label: nameOf(each),
      checked: each.id === chosenDevice(),
      help: each.free_bytes ? t("bar.device.free", { free: format.bytes(each.free_bytes) }) : "",
    }));
    menu(device, {
      groups: [{ label: t("bar.device"), options }],
      placeholder: t("bar.device"),
      pick: (id) => {
        chooseDevice(id);
        showDevice();
      },
    });
  }
  function showDevice() {
    const known = state.boot.devices.find((each) => each.id === chosenDevice()) ?? state.boot.devices[0];
    if (known.id !== chosenDevice()) chooseDevice(known.id);
    deviceName.textContent = nameOf(known);
    device.setAttribute("aria-label", `${t("bar.device")}: ${deviceName.textContent}`);
    device.title = known.free_bytes ? t("bar.device.free", { free: format.bytes(known.free_bytes) }) : "";
  }

  /* ---- training controls ---- */
  const big = h(
    "button",
    {
      type: "button",
      class: "primary train",
      onclick: pressBig,
      onkeydown: (event) => {
        if (event.repeat) event.preventDefault();
      },
    },
    bigIcon,
    bigText,
  );
  const edited = h("button", {
    type: "button",
    class: "ghost small edited",
    hidden: true,
    "data-t-title": "bar.edited.help",
    onclick: () => train({ anew: true }),
  });
  const step = h(
    "button",
    { type: "button", class: "icon", "data-t-title": "bar.step", onclick: stepOnce },
    icon("step"),
  );
  const stop = h(
    "button",
    { type: "button", class: "icon", "data-t-title": "bar.stop", onclick: stopRun },
    icon("stop"),
  );
  const reset = h(
    "button",
    { type: "button", class: "icon", "data-t-title": "bar.reset", onclick: resetRun },
    icon("reset"),
  );
  /* The second press of a double click is no wish to pause. */
  function pressBig(event) {
    if (event.detail > 1) return;
    if (isStarting()) {
      train();
      return;
    } // waits for what is starting; one run, however often pressed
    const what = currentSituation().action;
    if (what === "pause") pause();
    else if (what === "resume") resume();
    else train();
  }
  function showControls() {
    const now = currentSituation();
    const what = isStarting() ? "starting" : now.action;
    big.dataset.action = what;
    const words = t(what === "again" ? "bar.anew" : `bar.${what}`);
    if (bigText.textContent !== words) {
      bigText.textContent = words;
      bigIcon.replaceChildren(icon({ pause: "pause", again: "repeat" }[what] ?? "play"));
    }
    edited.hidden = isStarting() || !now.offersAgain;
    stop.disabled = !(now.isOwn && now.isLive && now.phase !== "asked");
    reset.disabled = now.phase === "none";
    step.disabled = what === "starting" || (now.isOwn && now.isEnded && !now.isEdited); // Train again begins another network
  }

  /* ---- numbers ---- */
  const cells = {};
  const number = (name, label, before) => {
    const value = h("b");
    cells[name] = value;
    const words = h("span", { "data-t": label });
    return h("span", { class: `number ${name}` }, before ? [words, value] : [value, words]);
  };
  const numbers = h(
    "div",
    { class: "numbers num", role: "group" },
    number("epoch", "bar.epoch", true),
    number("step", "bar.step.count", true),
    number("left", "bar.left", false),
    number("speed", "bar.speed", false),
  );
  const watching = h(
    "span",
    { class: "chip watching", hidden: true, "data-t-title": "bar.watching.help" },
    h("span", { "data-t": "bar.watching" }),
  );
  const progress = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "data-t-label": "bar.progress",
    },
    h("i"),
  );
  function showNumbers() {
    const { isLeft: other, isEnded, isLive, phase } = currentSituation();
    const run = (other && isEnded) || phase === "asked" ? null : state.run;
    const totals = state.check?.totals;
    numbers.classList.toggle("other", other && run !== null);
    numbers.title = other && run ? t("bar.other", { name: run.name ?? "" }) : "";
    const epochs = run?.n_epochs ?? state.experiment.training?.epochs ?? 0,
      steps = run?.total_steps ?? totals?.steps ?? null;
    const put = (name, text, width) => {
      cells[name].textContent = text;
      cells[name].style.minWidth = `${0.94 * width}ch`;
    };
    const many = (n) =>
      n === null ? "–" : n < 1e5 ? Math.round(n).toLocaleString("en-US") : format.count(n);
    put("epoch", `${many(run?.epoch ?? 0)}/${many(epochs)}`, 2 * many(epochs).length + 1);
    put("step", `${many(run?.step ?? 0)}/${many(steps)}`, 2 * many(steps).length + 1);
    put("speed", run?.samples_per_s ? many(run.samples_per_s) : "–", 6);
    numbers.classList.toggle("idle", !run?.step);
    put("left", run && isLive ? format.clock(run.time_left_s) : "–", 4);
    cells.left.parentElement.style.visibility = run?.step && !isLive ? "hidden" : "";
    const share = run && steps ? Math.min(1, (run.step ?? 0) / steps) : 0;
    progress.firstChild.style.transform = `scaleX(${share})`;
    progress.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    progress.dataset.state = run?.state ?? "none";
    watching.hidden = !run || Boolean(run.control);
  }

  /* ---- share, language, theme ---- */
  const share = shareButton();
  const language = h(
    "button",
    {
      type: "button",
      class: "ghost language",
      "data-t-title": "bar.language.help",
      onclick: () => setLanguage(state.lang === "zh" ? "en" : "zh"),
    },
    h("span", { "data-t": "bar.language" }),
  );
  const theme = h("button", {
    type: "button",
    class: "icon ghost theme",
    "data-t-title": "bar.theme",
    onclick: () => setDark(!state.dark),
  });
  const showTheme = () => theme.replaceChildren(icon(state.dark ? "sun" : "moon"));

  /* ---- notices ---- */
  const noticeText = h("span");
  const noticeBox = h(
    "div",
    { class: "notice", role: "alert", hidden: true },
    icon("warning"),
    noticeText,
    h(
      "button",
      {
        type: "button",
        class: "icon small ghost",
        "data-t-title": "notice.dismiss",
        onclick: () => setNotice(null),
      },
      icon("close"),
    ),
  );
  function showNotice() {
    noticeBox.hidden = !state.notice;
    noticeText.textContent = localized(state.notice?.message);
  }

  root.append(
    skipLink(),
    h(
      "div",
      { class: "bar" },
      h("h1", { class: "brand", "data-t": "app.brand" }),
      preset,
      device,
      h(
        "div",
        { class: "controls", role: "group", "data-t-label": "bar.controls" },
        big,
        step,
        stop,
        reset,
        edited,
      ),
      watching,
      numbers,
      h("div", { class: "ends" }, share, theme, language),
    ),
    progress,
    noticeBox,
  );

  const rail = document.getElementById("rail");
  rail?.setAttribute("role", "complementary");
  function relabel() {
    rail?.setAttribute("aria-label", t("app.rail"));
    edited.replaceChildren(h("span", { class: "dim" }, t("bar.edited")), h("b", {}, t("bar.anew")));
    bigText.textContent = "";
    showPreset();
    showDevice();
    showControls();
    showNumbers();
    showNotice();
  }
  on("lang", relabel, root);
  on("experiment", showPreset, root);
  on(
    "check",
    () => {
      showPreset();
      showControls();
      showNumbers();
    },
    root,
  );
  on(
    "run",
    () => {
      showControls();
      showNumbers();
    },
    root,
  );
  on(
    "reset",
    () => {
      showControls();
      showNumbers();
    },
    root,
  );
  on("dark", showTheme, root);
  on("notice", showNotice, root);
  /* Train was pressed on an experiment with faults: show the first of them. */
  on(
    "faults",
    () => {
      const place = state.check?.faults[0]?.place ?? "";
      showTab(place.startsWith("training") ? "train" : "build");
      const fault = state.check?.faults[0];
      toast(fault ? t("error.fault", { fault: faultWords(fault) }) : t("error.faults"));
      whenPresent("#panels .fault-line", (line) => {
        line.scrollIntoView({ block: "center" });
        line.querySelector("button")?.focus({ preventScroll: true });
      });
    },
    root,
  );
  document.addEventListener("keydown", (event) => {
    if (
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.target.closest?.("textarea, [contenteditable], input:not([type=checkbox])")
    )
      return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  });
  relabel();
  showTheme();
}
export default card("bar", setup);
