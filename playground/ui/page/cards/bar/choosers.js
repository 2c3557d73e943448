/** What is chosen in the bar: the preset, and the device that trains. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { state } from "../../core/state.js";
import { localized, t } from "../../core/words.js";
import { load } from "../../experiment/store.js";
import { icon } from "../../kit/icons.js";
import { menu } from "../../kit/menu.js";
import { chooseDevice, chosenDevice } from "../../run/device.js";

/**
 * A button that says what is chosen and opens a list.
 * @param {string} kind its class
 * @param {() => void} open
 */
function chooser(kind, open) {
  const chosen = h("span", { class: "chosen" });
  const attributes = { type: "button", class: `chooser ${kind}`, onclick: open };
  const listbox = { "aria-haspopup": "listbox", "aria-expanded": "false" };
  const button = h("button", { ...attributes, ...listbox }, chosen, icon("more"));
  /** @param {string} label @param {string} words @param {string} [more] what a phone has no room for */
  function say(label, words, more = "") {
    chosen.replaceChildren(words, h("span", { class: "more-words" }, more));
    button.setAttribute("aria-label", `${label}: ${words}${more}`);
  }
  return { button, say };
}

/** The presets by group, as options of a menu. */
function presetGroups() {
  const groups = new Map();
  for (const preset of state.boot.presets) {
    const label = localized(preset.group);
    if (!groups.has(label)) groups.set(label, { label, options: [] });
    groups.get(label).options.push({
      value: preset.id,
      label: localized(preset.name),
      help: localized(preset.description),
      checked: preset.id === state.preset,
    });
  }
  return [...groups.values()];
}

/** @param {string} id */
const presetOf = (id) => state.boot.presets.find((/** @type {any} */ preset) => preset.id === id);

/** What the experiment on the screen is called. */
function experimentName() {
  const preset = state.preset === null ? undefined : presetOf(state.preset);
  if (preset) return localized(preset.name);
  const { name } = state.experiment;
  const origin = state.boot.presets.find((/** @type {any} */ known) => known.experiment.name === name);
  if (origin) return t("bar.preset.edited", { name: localized(origin.name) });
  const isNamed = typeof name === "string" && name !== "" && name !== "Untitled";
  return isNamed ? name : t("bar.preset.none");
}

/** The list of presets. */
export function presetChooser() {
  const { button, say } = chooser("preset", open);
  function open() {
    menu(button, {
      groups: presetGroups(),
      placeholder: t("bar.preset.search"),
      pick: (/** @type {string} */ id) => load(presetOf(id).experiment, "edit.preset", { preset: id }),
    });
  }
  return { button, show: () => say(t("bar.preset"), experimentName()) };
}

/** @param {{cores?: number}} device */
function coresWords({ cores }) {
  if (!cores) return "";
  return ` · ${t(cores > 1 ? "bar.device.cores" : "bar.device.core", { n: cores })}`;
}

/** @param {{name: string, cores?: number}} device */
const deviceName = (device) => device.name + coresWords(device);

/** @param {{free_bytes?: number}} device */
const freeMemory = (device) =>
  device.free_bytes ? t("bar.device.free", { free: format.bytes(device.free_bytes) }) : "";

/** The list of devices. One that is gone since the last visit gives way to the first. */
export function deviceChooser() {
  const { button, say } = chooser("device", open);
  function open() {
    const options = state.boot.devices.map((/** @type {any} */ device) => ({
      value: device.id,
      label: deviceName(device),
      checked: device.id === chosenDevice(),
      help: freeMemory(device),
    }));
    menu(button, {
      groups: [{ label: t("bar.device"), options }],
      placeholder: t("bar.device"),
      pick: (/** @type {string} */ id) => {
        chooseDevice(id);
        show();
      },
    });
  }
  function show() {
    const { devices } = state.boot;
    const device = devices.find((/** @type {any} */ known) => known.id === chosenDevice()) ?? devices[0];
    if (device.id !== chosenDevice()) chooseDevice(device.id);
    say(t("bar.device"), device.name, coresWords(device));
    button.title = freeMemory(device);
  }
  return { button, show };
}
