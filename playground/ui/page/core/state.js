/**
 * What the page shows at this moment. Each field is written by one module (named beside it); all others
 * only read.
 * @type {import("../types.js").PageState}
 */
export const state = {
  boot: null, // core/opening.js
  lang: "en", // core/words.js
  dark: false, // core/theme.js
  tab: "", // core/tabs.js
  notice: null, // core/notices.js
  experiment: null, // experiment/store.js
  preset: null, // experiment/store.js
  check: null, // experiment/check.js
  data: null, // experiment/check.js
  preview: null, // experiment/check.js
  understood: null, // cards/data_card/reading.js
  run: null, // run/current.js
  sample: null, // run/samples.js
  answer: null, // run/answers.js
  layer: null, // run/layers.js
};
