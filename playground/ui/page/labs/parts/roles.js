/** What the colours of the labs' parts mean; `ROLES` of playground/labs/parts.py says which there are. */
import { classColor, token } from "../../kit/colors.js";

/** @type {Record<string, string>} role → the theme's token */
const TOKENS = {
  value: "train",
  negative: "val",
  gradient: "lr",
  accent: "conv",
  dim: "dim",
  fault: "bad",
  good: "ok",
  shared: "conv",
  changed: "act",
  window: "accent",
  clash: "bad",
};

/** @param {any} role */
const isSeries = (role) => /^\d$/.test(String(role));

/** @param {any} role */
export const isRole = (role) => isSeries(role) || role in TOKENS;

/**
 * The colour as the style sheet writes it: it follows the theme by itself.
 * @param {string | number} role
 */
export const cssColour = (role) =>
  isSeries(role) ? classColor(Number(role)) : `var(--${TOKENS[role] ?? "accent"})`;

/**
 * The colour in the current theme, for Plotly and canvases.
 * @param {string | number} role
 */
export const colourOf = (role) =>
  isSeries(role) ? classColor(Number(role)) : token(TOKENS[role] ?? "accent");
