/* The one drawing that all pads on the page share, what the network sees of it, and the answer about the sample that
   everything looks at (`pg.state.sample`): the drawing, a photo, a validation image or a point. */
(() => {
  const pg = window.pg;
  const INK = 112, ASK_HZ = 20, MOST_FLYING = 2;
  const drawing = { strokes: [], brush: 0.08, photo: null, drawn: null };
  let sending = false, again = false, version = 0;

  /* ---- strokes: {width, points: [[x, y] …]} with everything as a share of the pad's side ---- */
  function paint(context, size) {
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = "#fff";
    for (const { width, points } of drawing.strokes) {
      const [[x, y]] = points;
      context.lineWidth = width * size;
      context.beginPath();
      if (points.length === 1) {
        context.arc(x * size, y * size, (width * size) / 2, 0, 2 * Math.PI);
        context.fill();
        continue;
      }
      context.moveTo(x * size, y * size);
      for (let i = 1; i < points.length - 1; i += 1) {
        const [px, py] = points[i], [qx, qy] = points[i + 1];
        context.quadraticCurveTo(px * size, py * size, ((px + qx) / 2) * size, ((py + qy) / 2) * size);
      }
      context.lineTo(points.at(-1)[0] * size, points.at(-1)[1] * size);
      context.stroke();
    }
  }
  function ink() {
    const canvas = new OffscreenCanvas(INK, INK), context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#000";
    context.fillRect(0, 0, INK, INK);
    paint(context, INK);
    const { data } = context.getImageData(0, 0, INK, INK);
    return Uint8Array.from({ length: INK * INK }, (_, i) => data[4 * i]);
  }
  function begin(x, y) {
    if (!isDrawn()) drawing.strokes = [];
    drawing.strokes.push({ width: drawing.brush, points: [[x, y]] });
    changed();
  }
  function extend(x, y) {
    drawing.strokes.at(-1)?.points.push([x, y]);
    changed();
  }
  function undo() { drawing.strokes.pop(); changed(); }
  function clear() { drawing.strokes = []; changed(); }
  const isDrawn = () => { const { sample } = pg.state; return !sample || (sample.kind === "drawn" && !sample.photo); };

  /* ---- what the network sees of it: never more than one request on its way, and the last drawing always sent ---- */
  function changed() {
    version += 1;
    pg.emit("drawing");
    send();
  }
  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    do {
      again = false;
      const of = version;
      if (!drawing.strokes.length) { drawing.drawn = null; show(null, of); continue; }
      try {
        const seen = await pg.post("see", ink(), { headers: { "x-kind": "pad" } });
        drawing.drawn = seen.empty ? null : { kind: "drawn", pixels: seen.pixels };
        show(drawing.drawn, of);
      } catch (error) { pg.emit("unanswered", error); }
    } while (again);
    sending = false;
  }
  /* A drawing that was cleared, or left for another sample meanwhile, stays away. */
  function show(sample, of) { if (of === version || drawing.strokes.length) pg.setSample(sample); }

  async function seePhoto(blob) {
    const [channels, , side] = data()?.shape ?? [1, 28, 28], whole = data()?.photo === "picture";
    const seen = await pg.post("see", blob, { headers: { "x-kind": whole ? `picture ${channels} ${side}` : "photo" } });
    if (seen.empty) return false;
    version += 1;
    drawing.photo = { kind: whole ? "picture" : "drawn", pixels: seen.pixels, photo: true };
    pg.setSample(drawing.photo);
    return true;
  }

  /* ---- samples ---- */
  const wire = (sample) => (sample.kind === "drawn" || sample.kind === "picture" ? { kind: sample.kind, pixels: sample.pixels }
    : sample.kind === "point" ? { kind: "point", x: sample.x } : sample.kind === "raw" ? { kind: "raw", value: sample.value } : { kind: "validation", index: sample.index });
  /* Of a network with a fault the server tells no data: then those that are known stay. */
  const lastKnown = () => (pg.data && pg.data.dataset === pg.state.experiment.data?.dataset ? pg.data : null);
  const data = () => (pg.holdsScreen() ? pg.state.run.data : null) ?? pg.state.check?.data ?? lastKnown() ?? pg.state.run?.data ?? null;
  const classes = () => data()?.classes ?? [];
  /* What the sample is called, in words. `label` where it is known. */
  function nameOf(sample) {
    if (!sample) return "";
    if (sample.kind === "point") return pg.t("sample.point", { x: sample.x[0].toFixed(2), y: sample.x[1].toFixed(2) });
    if (sample.kind === "drawn" || sample.kind === "picture") return pg.t(sample.photo ? "sample.photo" : "sample.drawn");
    if (sample.kind === "raw") return pg.t("sample.raw");
    const label = pictures.get(keyOf(sample))?.label;
    const what = { points: "sample.validation_point", table: "sample.validation_row", text: "sample.validation_text", series: "sample.validation_series" }[pg.kind()] ?? "sample.validation";
    return label === undefined || label === null ? pg.t(what, { index: sample.index })
      : pg.t(`${what}_label`, { index: sample.index, label: labelOf(label) });
  }
  const labelOf = (label) => (typeof label === "number" ? classes()[label] ?? String(label) : String(label));

  /* A validation sample, asked once: {pixels, label, x}; of a point the place is x. */
  const pictures = new Map();
  const shown = () => (pg.holdsScreen() || !pg.isEdited() ? pg.state.run?.experiment : null) ?? pg.state.experiment;
  const keyOf = (sample) => `${JSON.stringify(shown().data)} ${shown().training?.seed ?? 0} ${sample.index}`;
  async function pictureOf(sample) {
    if (!sample) return null;
    if (sample.kind === "drawn" || sample.kind === "picture") return { pixels: pg.decode(sample.pixels), label: null };
    if (sample.kind === "point") return { pixels: null, label: null, x: sample.x };
    if (sample.kind === "raw") return { pixels: null, label: null, x: null };
    if (!pictures.has(keyOf(sample))) {
      const answer = await pg.ask("sample", { sample: wire(sample) });
      pictures.set(keyOf(sample), { pixels: answer.pixels ? pg.decode(answer.pixels) : null, label: answer.label, x: answer.x, shown: answer.shown, values: answer.values });
      if (pictures.size > 500) pictures.delete(pictures.keys().next().value);
    }
    return pictures.get(keyOf(sample));
  }

  /* Draws the pixels of a sample in the size of the data; a drawing is grey, whatever the data. */
  function drawSample(canvas, pixels) {
    const [channels, height, width] = data()?.shape?.length === 3 ? data().shape : [1, 28, 28];
    pg.drawPicture(canvas, pixels ?? new Uint8Array(height * width), height, width, pixels?.length === channels * height * width ? channels : 1);
  }

  /* The same as far as it is known by now, or null. */
  const known = (sample) => (sample?.kind === "point" ? { x: sample.x } : sample ? pictures.get(keyOf(sample)) ?? null : null);

  /* ---- the answer ---- */
  /* A new sample does not wait for the answer about the one before, but no more than two are on their way. */
  const asked = { sample: null, step: -1, run: null };
  let flying = 0, late = false;
  async function answer() {
    const { sample, run } = pg.state;
    if (!sample) {
      Object.assign(asked, { sample: null });
      if (pg.state.answer) { pg.state.answer = null; pg.emit("answer", null); }
      return;
    }
    if (asked.sample === sample && asked.step === run?.step && asked.run === run) return;
    if (flying >= MOST_FLYING) { late = true; return; }
    Object.assign(asked, { sample, step: run?.step, run });
    flying += 1;
    try { await put(sample); } catch (error) {
      asked.sample = null;
      pg.emit("unanswered", error);
    } finally { flying -= 1; }
    if (late) { late = false; await answer(); }
  }
  async function put(sample) {
    const picture = sample.kind === "validation" ? await pictureOf(sample) : null;
    const found = await pg.ask("predict", { sample: wire(sample) });
    if (pg.state.sample !== sample) return;
    pg.state.answer = { ...found, label: picture?.label ?? null, sample };
    pg.emit("answer", pg.state.answer);
  }
  /* Whether the data that are shown have such a sample. */
  function suits(sample) {
    const kinds = { image: "drawn", points: "point" }, own = kinds[pg.kind()] ?? "raw";
    if (sample.kind === "validation") return sample.index < (data()?.n_validation ?? Infinity);
    if (sample.kind === "drawn") return own === "drawn" && data()?.pad !== false;
    if (sample.kind === "picture") return own === "drawn" && pg.decode(sample.pixels).length === (data()?.shape ?? []).reduce((a, b) => a * b, 1);
    return sample.kind === own;
  }
  /* A sample that the data no longer have goes away, and a drawing comes back with data that have drawings; whoever trains
     without looking at anything gets an image to follow. */
  function settle({ follow = false } = {}) {
    if (!brought && (pg.holdsScreen() ? pg.state.run.data : pg.state.check?.data)) bringBack();
    const { sample } = pg.state;
    if (sample && !suits(sample)) pg.setSample(null);
    if (pg.state.sample) return;
    if (drawing.strokes.length && suits({ kind: "drawn" })) changed();
    else if (follow && pg.kind() !== "points" && pg.holdsScreen() && pg.isLive()) pg.setSample({ kind: "validation", index: 0 });
  }
  let held = false;
  pg.on("reset", () => settle({ follow: true }));
  pg.on("check", () => {
    if (pg.isUntouched() && pg.isEdited()) asked.sample = null; // another network stands on the screen than was asked
    settle();
  });
  /* Whose data are shown may change with an edit, or with the end of a run. */
  pg.on("run", () => { if (held !== (held = pg.holdsScreen())) settle(); });

  /* What was looked at comes back after a reload, a drawing with its strokes: where the run that answered is there again. */
  let brought = false;
  function keep() {
    if (!brought) return;
    const { sample, run } = pg.state, seen = sample && sample.kind !== "raw" && run;
    pg.session.set("sample", seen ? { run: run.id, dataset: data()?.dataset, sample, strokes: isDrawn() ? drawing.strokes : [] } : null);
  }
  function bringBack() {
    brought = true;
    const kept = pg.session.get("sample");
    if (!kept?.sample || kept.run !== pg.state.run?.id || kept.dataset !== data()?.dataset || pg.state.sample || !suits(kept.sample)) return;
    if (kept.strokes?.length) { drawing.strokes = kept.strokes; changed(); return; }
    if (kept.sample.photo) drawing.photo = kept.sample;
    pg.setSample(kept.sample);
  }
  window.addEventListener("pagehide", keep);

  /* pg.live, and again when another network stands on the screen and nothing trains yet. */
  function watch(element, fn, hz) {
    const wish = pg.live(element, fn, hz);
    pg.on("check", () => { if (!pg.state.run?.step && pg.state.sample) wish(); }, element);
    return wish;
  }
  pg.component("drawing", () => { watch(document.body, answer, ASK_HZ); pg.on("sample", answer); });
  pg.mount("drawing", Object.assign(document.createElement("div"), { className: "pg-drawing" }));

  Object.assign(pg, {
    drawing: Object.assign(drawing, { paint, begin, extend, undo, clear, isDrawn, seePhoto, isSettled: () => !sending }),
    samples: { wire, nameOf, pictureOf, known, labelOf, classes, data }, watch, drawSample,
  });
})();
