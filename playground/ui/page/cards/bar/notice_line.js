/** A message under the bar that stays until it is dismissed. */
import { h } from "../../core/dom.js";
import { setNotice } from "../../core/notices.js";
import { state } from "../../core/state.js";
import { localized } from "../../core/words.js";
import { icon } from "../../kit/icons.js";

export function noticeLine() {
  const text = h("span");
  const dismiss = h(
    "button",
    {
      type: "button",
      class: "icon small ghost",
      "data-t-title": "notice.dismiss",
      onclick: () => setNotice(null),
    },
    icon("close"),
  );
  const element = h("div", { class: "notice", role: "alert", hidden: true }, icon("warning"), text, dismiss);
  function show() {
    element.hidden = !state.notice;
    text.textContent = localized(state.notice?.message);
  }
  return { element, show };
}
