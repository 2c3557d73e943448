/**
 * What the page says when it cannot run: in a browser without modules, and where one of its files cannot be loaded.
 * An ordinary script, in words that an old browser reads too (no modules, no arrows, no `const`).
 */
(function () {
  var script = /** @type {any} */ (document.currentScript);
  var words = JSON.parse(script.getAttribute("data-words"));
  var isChinese = /^zh/i.test(navigator.language || "");

  function say(key) {
    return words[key][isChinese ? "zh" : "en"];
  }

  function message(key) {
    var paragraph = document.createElement("p");
    paragraph.className = "load-failed";
    paragraph.setAttribute("role", "alert");
    paragraph.appendChild(document.createTextNode(say(key) + " "));
    return paragraph;
  }

  function reloadButton() {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = say("reload");
    button.onclick = function () {
      location.reload();
    };
    return button;
  }

  function whenParsed(fn) {
    if (document.body) fn();
    else document.addEventListener("DOMContentLoaded", fn);
  }

  /** The whole page, once: no module or no style of it came. */
  function pageFailed(key) {
    whenParsed(function () {
      if (document.getElementById("page-failed")) return;
      var box = document.createElement("div");
      box.id = "page-failed";
      // its own look, since the theme may be what is missing
      box.style.cssText =
        "position:fixed;top:0;left:0;right:0;z-index:99;padding:16px;text-align:center;background:#fff;color:#1b2330;font:16px sans-serif";
      var text = message(key);
      if (key === "failed") text.appendChild(reloadButton());
      box.appendChild(text);
      document.body.appendChild(box);
    });
  }

  /** One card: the others work. */
  function cardFailed(element) {
    var place = element.querySelector("[data-pg]") || element;
    var text = message("failed");
    text.className += " card";
    text.appendChild(reloadButton());
    place.appendChild(text);
    place.setAttribute("data-mounted", "failed");
    document.dispatchEvent(new Event("card-failed"));
  }

  /**
   * Called by a style, by the first module and by a card that could not be loaded.
   * @param {Element} [element] the card's; else it is the whole page
   */
  /** @type {any} */ (window).playgroundFailed = function (element) {
    if (element) cardFailed(element);
    else pageFailed("failed");
  };
  if (!("noModule" in document.createElement("script"))) pageFailed("old");
})();
