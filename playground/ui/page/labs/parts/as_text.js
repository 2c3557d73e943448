/** A part that nothing draws yet, as text: what it holds is there all the same. */

/**
 * @param {HTMLElement} element
 * @param {any} part
 * @param {import("./types.js").Context} context
 */
export function drawAsText(element, part, { words }) {
  if (part.part === "say") {
    element.textContent = words(part.key, part.values);
    return;
  }
  if (part.part === "note") {
    element.textContent = part.text;
    return;
  }
  const text = JSON.stringify(part);
  element.textContent = text.length > 600 ? `${text.slice(0, 600)} …` : text;
}
