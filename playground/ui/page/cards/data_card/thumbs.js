/** A few pictures of each class. */
import { decode } from "../../core/bytes.js";
import { h } from "../../core/dom.js";
import { localized, t } from "../../core/words.js";
import { drawPicture } from "../../kit/pixels.js";
import { previews } from "./previews.js";

previews.image = (view, { classes, thumbs, size, channels }) => {
  const [height, width] = size;
  function picture(/** @type {string} */ bytes) {
    const canvas = h("canvas");
    drawPicture(canvas, decode(bytes), height, width, channels);
    return canvas;
  }
  const figures = classes.map((/** @type {import("../../types.js").Name} */ name, /** @type {number} */ at) =>
    h("figure", {}, h("div", {}, thumbs[at].map(picture)), h("figcaption", {}, localized(name))),
  );
  view.replaceChildren(h("div", { class: "thumbs", role: "group", "aria-label": t("data.thumbs") }, figures));
};
