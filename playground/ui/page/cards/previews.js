// @ts-nocheck
/** Previews of the data by kind: `(view, preview) => void`; the module of a kind adds its own. */

/** @type {Record<string, (view: any, preview: any) => void>} */
export const previews = {
  table: (view) => view.replaceChildren(), // the card below shows it
};
