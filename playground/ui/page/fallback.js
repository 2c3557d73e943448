/**
 * What the page says when it cannot run: in a browser without modules, and where one of its files cannot be
 * loaded. An ordinary script, in words that an old browser reads too (no modules, no arrows, no `const`).
 */
var playgroundFallback = {
  words: JSON.parse(/** @type {any} */ (document.currentScript).getAttribute("data-words")),

  /** @param {"old" | "failed" | "reload"} key */
  say: function (key) {
    return this.words[key][/^zh/i.test(navigator.language || "") ? "zh" : "en"];
  },

  /** @param {"old" | "failed"} key */
  message: function (key) {
    var paragraph = document.createElement("p");
    paragraph.className = "load-failed";
    paragraph.setAttribute("role", "alert");
    paragraph.appendChild(document.createTextNode(this.say(key) + " "));
    if (key === "failed") paragraph.appendChild(this.reloadButton());
    return paragraph;
  },

  reloadButton: function () {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = this.say("reload");
    button.onclick = function () {
      location.reload();
    };
    return button;
  },

  /**
   * The whole page, once: a module or a style of it did not come.
   * @param {"old" | "failed"} key
   */
  ofPage: function (key) {
    if (!document.body) {
      document.addEventListener("DOMContentLoaded", this.ofPage.bind(this, key));
      return;
    }
    if (document.getElementById("page-failed")) return;
    var box = document.createElement("div");
    box.id = "page-failed";
    // its own look, since the theme may be what is missing
    box.style.cssText =
      "position:fixed;top:0;left:0;right:0;z-index:99;padding:16px;text-align:center;" +
      "background:#fff;color:#1b2330;font:16px sans-serif";
    box.appendChild(this.message(key));
    document.body.appendChild(box);
  },

  /**
   * Something could not be loaded: the page's own files are marked as needed.
   * @param {ErrorEvent} event
   */
  onFileError: function (event) {
    var file = /** @type {any} */ (event.target);
    if (!file || !file.hasAttribute || !file.hasAttribute("data-needed")) return;
    playgroundFallback.ofPage("failed");
  },

  /**
   * One card: the others work.
   * @param {Element} element
   */
  ofCard: function (element) {
    var place = element.querySelector("[data-pg]") || element;
    var text = this.message("failed");
    text.className += " card";
    place.appendChild(text);
    place.setAttribute("data-mounted", "failed");
    document.dispatchEvent(new Event("card-failed"));
  },
};

// such events do not rise, but can be caught on their way down
window.addEventListener("error", playgroundFallback.onFileError, true);

if (!("noModule" in document.createElement("script"))) playgroundFallback.ofPage("old");
