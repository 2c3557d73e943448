/** The icons, 16 × 16, drawn with strokes in the colour of the text; those in `solid` are filled. */
import { h } from "../core/dom.js";
import { openLab } from "../core/tabs.js";

/** @type {Record<string, string>} */
const paths = {
  play: "M4.5 2.8v10.4L13 8z",
  pause: "M4 3h2.8v10H4zM9.2 3H12v10H9.2z",
  wait: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.3l2.2 1.4",
  stop: "M3.5 3.5h9v9h-9z",
  step: "M3 3v10M6.5 8h7M10.5 5l3 3-3 3",
  reset: "M3.2 6.2A5.2 5.2 0 1 1 2.8 9M3 2.6v3.7h3.7",
  undo: "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.8 3.5 2.8 6.5l3 3",
  redo: "M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M10.2 3.5l3 3-3 3",
  lab: "M6.2 2.5h3.6M7 2.5v4L3.4 12.3a.9.9 0 0 0 .8 1.4h7.6a.9.9 0 0 0 .8-1.4L9 6.5v-4M5.2 10h5.6",
  back: "M10 3.5L5.5 8l4.5 4.5",
  plus: "M8 3v10M3 8h10",
  copy: "M5.5 5.5h7.5v7.5H5.5zM10.5 5.5V3H3v7.5h2.5",
  close: "M4 4l8 8M12 4l-8 8",
  more: "M4 6.5l4 4 4-4",
  grip: "M6 3.5v.01M10 3.5v.01M6 8v.01M10 8v.01M6 12.5v.01M10 12.5v.01",
  share: "M8 10V2.5M5 5l3-3 3 3M3.5 8.5v5h9v-5",
  download: "M8 2.5V10M5 7.5l3 3 3-3M3 13.5h10",
  open: "M2.5 12.5v-9h4l1.5 2h5.5v7z",
  moon: "M12.8 9.6A5.3 5.3 0 0 1 6.4 3.2a5.3 5.3 0 1 0 6.4 6.4z",
  sun: [
    "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6",
    "M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1",
  ].join(""),
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4l3.4 3.4",
  check: "M3 8.5l3.2 3.2L13 4.8",
  link: "M6.5 9.5l3-3M7.3 4.8l1.4-1.4a2.8 2.8 0 0 1 4 4l-1.4 1.4M8.7 11.2l-1.4 1.4a2.8 2.8 0 0 1-4-4l1.4-1.4",
  warning: "M8 2.2 14.4 13.4H1.6zM8 6.5v3.2M8 11.6v.01",
  question: [
    "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z",
    "M6.2 6.2a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.6-.8 1.2M8 11.4v.01",
  ].join(""),
  trash: "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v3.5M9.2 7v3.5",
  repeat: "M3 7.5V6a2 2 0 0 1 2-2h7M10 2l2 2-2 2M13 8.5V10a2 2 0 0 1-2 2H4M6 14l-2-2 2-2",
};
const solid = ["play", "pause", "stop"];

const SVG = "http://www.w3.org/2000/svg";

/**
 * An inline icon, drawn with the colour of the text.
 * @param {string} name of `paths`
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", solid.includes(name) ? "icon-svg solid" : "icon-svg");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", paths[name] ?? "");
  svg.append(path);
  return svg;
}

/**
 * Words lead to the labs: a small button that opens the lab about what stands beside it; null for none.
 * @param {string} lab its id, "" for none
 * @param {string} words key of its name; `data-words` where its owner fills them with a name of its own
 * @param {"data-t-title" | "data-words"} by
 * @returns {any}
 */
export function labButton(lab, words, by = "data-t-title") {
  if (!lab) return null;
  const attributes = { type: "button", class: "icon small ghost to-lab", "data-lab": lab };
  const named = { [by]: words };
  return h("button", { ...attributes, ...named, onclick: () => openLab(lab) }, icon("lab"));
}
