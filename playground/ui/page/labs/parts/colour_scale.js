/** The page's scales for Plotly. */
import { scales } from "../../kit/colors.js";

const STOPS = 16;

/**
 * @param {string} colours "values": blue and orange around zero; "levels": dark to light
 * @param {boolean} isDark
 * @returns {[number, string][]}
 */
export function colourScale(colours, isDark) {
  const around = isDark ? scales.diverging.dark : scales.diverging.light;
  const table = colours === "values" ? around : scales.viridis;
  /** @type {[number, string][]} */
  const stops = [];
  for (let k = 0; k <= STOPS; k += 1) {
    const at = 4 * Math.round((255 * k) / STOPS);
    stops.push([k / STOPS, `rgb(${table.slice(at, at + 3).join(",")})`]);
  }
  return stops;
}
