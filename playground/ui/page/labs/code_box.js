/** The code that ran, in colours, with a button that copies it. */
import { h } from "../core/dom.js";
import { pieces } from "../kit/highlight.js";
import { icon } from "../kit/icons.js";
import { copyText } from "./copying.js";

/** @param {{kind: string | null, text: string}} piece */
const colored = ({ kind, text }) => (kind ? h("span", { class: `tok-${kind}` }, text) : text);

/** `show(code)` puts another script there; what is the same stays, since somebody may be selecting in it. */
export function codeBox() {
  const code = h("code");
  const copy = () => copyText(code.textContent, "labs.copied", code);
  const button = h(
    "button",
    { type: "button", class: "small lab-copy", onclick: copy },
    icon("copy"),
    h("span", { "data-t": "labs.copy" }),
  );
  const heading = h("header", {}, h("h3", { "data-t": "labs.code" }), button);
  const pre = h("pre", { tabindex: "0", "data-t-label": "labs.code" }, code);
  function show(/** @type {string} */ text) {
    if (code.textContent !== text) code.replaceChildren(...pieces(text).map(colored));
  }
  return { element: h("section", { class: "card lab-code" }, heading, pre), show };
}
