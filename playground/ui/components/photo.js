/* Takes the picture that gr.Image got (upload, webcam, clipboard) to where pictures are read, and says what came of it. */
(() => {
  const pg = window.pg, { h } = pg;

  function setup(root) {
    const line = h("p", { class: "photo-line", role: "status" });
    root.append(pg.head("photo.title", "photo.help"), h("p", { class: "dim", "data-t": "photo.explain" }), line);
    const say = (key, bad = false) => { line.textContent = key; line.classList.toggle("fault", bad); };

    /* Called by the image's own event with what Gradio made of it. */
    pg.readPhoto = async (value) => {
      if (!value?.url) return say("");
      say(pg.t("photo.reading"));
      try {
        const response = await fetch(value.url);
        const found = await pg.drawing.seePhoto(await response.blob());
        if (value.pasted) URL.revokeObjectURL(value.url);
        say(pg.t(found ? "photo.seen" : "photo.empty"), !found);
      } catch (error) { say(error.message, true); }
    };
    /* Ctrl+V anywhere on the tab: the picture goes the way of an upload. */
    const pasted = (event) => {
      if (!root.isConnected) { document.removeEventListener("paste", pasted); return; }
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!file || !pg.visible(root)) return;
      event.preventDefault();
      pg.readPhoto({ url: URL.createObjectURL(file), pasted: true });
    };
    document.addEventListener("paste", pasted);
    pg.on("drawing", () => say(""), root);
    const fits = () => {
      const points = pg.kind() !== "image" || pg.samples.data()?.photo === "";
      root.closest(".photo-card")?.classList.toggle("not-for-points", points);
    };
    for (const topic of ["check", "run", "reset"]) pg.on(topic, fits, root);
    fits();
  }
  pg.component("photo", setup);
})();
