/** The bar: preset, device, training controls, numbers, progress, share, theme, language; notices. */
import { h, whenPresent } from "../core/dom.js";
import { toast } from "../core/notices.js";
import { state } from "../core/state.js";
import { showTab } from "../core/tabs.js";
import { setDark } from "../core/theme.js";
import { on, onAny } from "../core/topics.js";
import { setLanguage, t } from "../core/words.js";
import { faultWords } from "../experiment/faults.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { toolbar } from "../kit/toolbar.js";
import { deviceChooser, presetChooser } from "./bar/choosers.js";
import { controls } from "./bar/controls.js";
import { noticeLine } from "./bar/notice_line.js";
import { numbers } from "./bar/numbers.js";
import { shareButton } from "./bar/share.js";
import { skipLink } from "./bar/skip_link.js";
import { listenForUndo } from "./bar/undo_keys.js";

function languageButton() {
  const press = () => setLanguage(state.lang === "zh" ? "en" : "zh");
  const attributes = { type: "button", class: "ghost language", "data-t-title": "bar.language.help" };
  return h("button", { ...attributes, onclick: press }, h("span", { "data-t": "bar.language" }));
}

function themeButton() {
  const press = () => setDark(!state.dark);
  const attributes = { type: "button", class: "icon ghost theme", "data-t-title": "bar.theme" };
  const button = h("button", { ...attributes, onclick: press });
  return { button, show: () => button.replaceChildren(icon(state.dark ? "sun" : "moon")) };
}

/** Train was pressed on an experiment with faults: shows the first of them. */
function showFirstFault() {
  const fault = state.check?.faults[0];
  const place = fault?.place ?? "";
  showTab(place.startsWith("training") ? "train" : "build");
  toast(fault ? t("error.fault", { fault: faultWords(fault) }) : t("error.faults"));
  whenPresent("#panels .fault-line", (/** @type {HTMLElement} */ line) => {
    line.scrollIntoView({ block: "center" });
    line.querySelector("button")?.focus({ preventScroll: true });
  });
}

/** @param {HTMLElement} root */
function setup(root) {
  const preset = presetChooser();
  const device = deviceChooser();
  const steering = controls();
  const counts = numbers();
  const theme = themeButton();
  const notice = noticeLine();
  const brand = h("h1", { class: "brand", "data-t": "app.brand" });
  const ofPage = h("div", { class: "ends" }, shareButton(), theme.button, languageButton());
  const ends = toolbar(ofPage, "bar.page");
  const parts = [preset.button, device.button, steering.element, counts.watching, counts.element, ends];
  root.append(skipLink(), h("div", { class: "bar" }, brand, ...parts), counts.progress, notice.element);

  const rail = document.getElementById("rail");
  rail?.setAttribute("role", "complementary");
  function showRun() {
    steering.show();
    counts.show();
  }
  function relabel() {
    rail?.setAttribute("aria-label", t("app.rail"));
    preset.show();
    device.show();
    steering.relabel();
    counts.show();
    notice.show();
  }
  on("lang", relabel, root);
  onAny(["experiment", "check"], preset.show, root);
  onAny(["check", "run", "reset"], showRun, root);
  on("dark", theme.show, root);
  on("notice", notice.show, root);
  on("faults", showFirstFault, root);
  listenForUndo();
  relabel();
  theme.show();
}

export default card("bar", setup);
