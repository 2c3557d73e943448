/** The looks of the data by their kind; the module of a kind adds its own. */

/** @type {Record<string, (view: HTMLElement, preview: any) => void>} */
export const previews = {
  table: (view) => view.replaceChildren(), // a table has a card of its own below
};
