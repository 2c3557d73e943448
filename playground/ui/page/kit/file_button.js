/** Buttons that take a file along or bring one in. */
import { h } from "../core/dom.js";
import { icon } from "./icons.js";

/**
 * @param {string} drawing
 * @param {string} words
 * @param {() => void} act
 */
export const fileButton = (drawing, words, act) =>
  h(
    "button",
    { type: "button", class: "small", onclick: act },
    icon(drawing),
    h("span", { "data-t": words }),
  );

/**
 * A button that lets a person choose a file, with the input that it opens.
 * @param {string} words
 * @param {string} accept the browser's list of endings
 * @param {(file: File) => void} take
 */
export function openButton(words, accept, take) {
  const input = h("input", {
    type: "file",
    accept,
    hidden: true,
    onchange: () => {
      const [file] = input.files;
      input.value = ""; // the same file can be chosen again
      if (file) take(file);
    },
  });
  return [fileButton("open", words, () => input.click()), input];
}
