/** The panel that shares the experiment: a link to it, and one to the run for others to watch. */
import { h } from "../../core/dom.js";
import { isLoopback } from "../../core/link.js";
import { toast } from "../../core/notices.js";
import { state } from "../../core/state.js";
import { emit } from "../../core/topics.js";
import { t } from "../../core/words.js";
import { shareUrl, watchUrl } from "../../experiment/address.js";
import { whenChecked } from "../../experiment/check.js";
import { icon } from "../../kit/icons.js";
import { popover } from "../../kit/menu.js";
import { shareFiles } from "../../run/steering.js";

/** The button. What it opens copies the link to the experiment at once. */
export function shareButton() {
  const button = h(
    "button",
    {
      type: "button",
      class: "share",
      "data-t-title": "bar.share.help",
      "aria-expanded": "false",
      onclick: () => openPanel(button),
    },
    icon("share"),
    h("span", { "data-t": "bar.share" }),
  );
  return button;
}

/** @param {HTMLElement} button */
async function openPanel(button) {
  await whenChecked();
  // an experiment that cannot be read has no link
  if (!state.preset && !state.check.link) return emit("faults");
  const isLocal = isLoopback(location.hostname);
  const link = shareRow(isLocal ? "share.local" : "share.link", shareUrl());
  const watch = state.run ? watchRow(state.run) : null;
  const how = isLocal ? h("p", { class: "dim" }, t("share.local.help")) : null;
  const panel = h("div", { class: "share-box" }, h("h2", {}, t("share.title")), link.element, watch, how);
  const box = popover(button, panel);
  if (box) link.copy();
}

/**
 * The link to the run, and what those who have it may do beside watching.
 * @param {import("../../types.js").RunView} run
 */
function watchRow({ id, control, shares_files: isShared }) {
  const words = isLoopback(location.hostname) ? "share.watch.local" : "share.watch";
  const { element } = shareRow(words, watchUrl(id));
  if (!control) return element;
  const box = h("input", { type: "checkbox", checked: Boolean(isShared), onchange: setSharing });
  async function setSharing() {
    if (!(await shareFiles(box.checked))) box.checked = !box.checked;
  }
  element.append(h("label", { class: "share-files", title: t("share.files.help") }, box, t("share.files")));
  return element;
}

/**
 * @param {string} words
 * @param {string} url
 */
function shareRow(words, url) {
  const select = () => text.select();
  const text = h("input", {
    type: "text",
    readonly: true,
    value: url,
    "aria-label": t(words),
    onfocus: select,
  });
  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
      toast(t("share.copied"));
    } catch {
      text.focus();
      text.select();
      const isCopied = document.execCommand?.("copy");
      toast(t(isCopied ? "share.copied" : "share.manual"));
    }
  }
  const button = h("button", { type: "button", onclick: copy }, icon("copy"), t("share.copy"));
  const element = h("div", { class: "share-row" }, h("small", {}, t(words)), h("div", {}, text, button));
  return { element, copy };
}
