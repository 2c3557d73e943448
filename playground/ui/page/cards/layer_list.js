// @ts-nocheck
/** The list of layers. Rows are patched by the layers' keys: what is being typed is never redrawn. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { withoutKeys } from "../core/json.js";
import { announce, toast } from "../core/notices.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t, translate } from "../core/words.js";
import { entryOf, fieldValue } from "../experiment/catalogue.js";
import { faultsUnder } from "../experiment/faults.js";
import {
  applyRepair,
  canRedo,
  canUndo,
  edit,
  redo,
  redoLabel,
  undo,
  undoLabel,
} from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { fieldControl } from "../kit/fields.js";
import { icon } from "../kit/icons.js";
import { menu } from "../kit/menu.js";

function setup(root) {
  const rows = new Map();
  let drag = null;

  /* ---- where a layer is: {list, index, path, owner} by its key, nested lists included ---- */
  const bodyOf = (layer) =>
    entryOf("layer", layer.layer)?.fields.find((field) => field.control === "layers")?.name ?? null;
  function* walk(layers, path = "layers", owner = null) {
    for (const [index, layer] of layers.entries()) {
      const place = `${path}[${index}]`,
        body = bodyOf(layer);
      yield { list: layers, index, layer, path: place, owner };
      if (body) yield* walk(layer[body] ?? [], `${place}.${body}`, layer);
    }
  }
  const locate = (experiment, key) => [...walk(experiment.layers)].find(({ layer }) => layer._key === key);
  const listOf = (experiment, ownerKey) => {
    if (!ownerKey) return experiment.layers;
    const { layer } = locate(experiment, ownerKey);
    layer[bodyOf(layer)] ??= [];
    return layer[bodyOf(layer)];
  };
  const labelOf = (layer) => localized(entryOf("layer", layer.layer)?.label ?? layer.layer);
  const countLayers = () => [...walk(state.experiment.layers)].length;
  const copyOf = (layer) => JSON.parse(JSON.stringify(layer, withoutKeys));

  /* ---- edits ---- */
  function add(anchor, ownerKey = null, index = null) {
    const groups = new Map();
    for (const entry of state.boot.catalogue.layer) {
      const label = t(`group.${entry.group}`);
      if (!groups.has(label)) groups.set(label, { label, options: [] });
      groups.get(label).options.push({
        value: entry.id,
        label: localized(entry.label),
        help: localized(entry.help),
        family: entry.family,
      });
    }
    menu(anchor, {
      groups: [...groups.values()],
      placeholder: t("layers.search"),
      pick: (id) => insert(id, ownerKey, index),
    });
  }
  function insert(id, ownerKey, index) {
    if (countLayers() >= (state.boot.settings.max_layers ?? Infinity)) {
      toast(t("layers.limit", { n: state.boot.settings.max_layers }));
      return;
    }
    let at = index;
    edit("edit.add", (experiment) => {
      const list = listOf(experiment, ownerKey);
      at = Math.min(index ?? list.length, list.length);
      list.splice(at, 0, structuredClone(entryOf("layer", id).default));
    });
    const layer = listOf(state.experiment, ownerKey)[at],
      row = rows.get(layer._key);
    (row.querySelector(".fields input, .fields select") ?? row.handle).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    announce(t("layers.added", { label: labelOf(layer), n: at + 1 }));
  }
  function duplicate(key) {
    const { layer } = locate(state.experiment, key);
    edit("edit.duplicate", (experiment) => {
      const found = locate(experiment, key);
      found.list.splice(found.index + 1, 0, copyOf(found.layer));
    });
    const after = locate(state.experiment, key);
    rows.get(after.list[after.index + 1]._key).handle.focus();
    announce(t("layers.duplicated", { label: labelOf(layer) }));
  }
  function remove(key) {
    const { list, index, layer, owner } = locate(state.experiment, key);
    const neighbour = list[index + 1] ?? list[index - 1] ?? owner;
    edit("edit.delete", (experiment) => {
      const found = locate(experiment, key);
      found.list.splice(found.index, 1);
    });
    (neighbour ? rows.get(neighbour._key)?.querySelector(".delete") : addButton)?.focus();
    announce(t("layers.deleted", { label: labelOf(layer) }));
  }
  /* Puts a layer before `index` of the list of `ownerKey` (null: the outer list). */
  function move(key, ownerKey, index) {
    const done = edit("edit.move", (experiment) => {
      const target = listOf(experiment, ownerKey),
        found = locate(experiment, key);
      found.list.splice(found.index, 1);
      target.splice(found.list === target && found.index < index ? index - 1 : index, 0, found.layer);
    });
    if (!done) return;
    const after = locate(state.experiment, key);
    rows.get(key).scrollIntoView({ block: "nearest" });
    announce(t("layers.moved", { label: labelOf(after.layer), n: after.index + 1, of: after.list.length }));
  }
  /* Alt with the arrow keys: up and down in the list and out of a block at its ends; right into the block above, left out. */
  function moveByKey(key, arrow) {
    const { list, index, owner } = locate(state.experiment, key),
      own = owner?._key ?? null;
    const outside = owner && locate(state.experiment, own);
    if (arrow === "ArrowUp" && index > 0) move(key, own, index - 1);
    else if (arrow === "ArrowDown" && index < list.length - 1) move(key, own, index + 2);
    else if (arrow === "ArrowRight" && index > 0 && bodyOf(list[index - 1])) {
      const block = list[index - 1];
      move(key, block._key, (block[bodyOf(block)] ?? []).length);
    } else if (outside && arrow !== "ArrowRight") {
      move(key, outside.owner?._key ?? null, outside.index + (arrow === "ArrowUp" ? 0 : 1));
    }
  }

  /* ---- a row ---- */
  /* A layer that this version does not know, from a draft of another one: a row without fields, so that the rest stays. */
  const unknown = (layer) => ({ label: String(layer.layer), help: "", fields: [], family: "" });
  function makeRow(layer) {
    const key = layer._key,
      entry = entryOf("layer", layer.layer) ?? unknown(layer),
      body = bodyOf(layer);
    const plain = entry.fields.filter((field) => field.control !== "layers");
    const parts = {
      name: h("span", { class: "name" }),
      shape: h("span", { class: "shape r num" }),
      parameters: h("span", { class: "par r num dim" }),
      compute: h("span", { class: "compute" }, h("i")),
      faults: h("div", { class: "faults", hidden: true }),
    };
    const fields = plain.map((field) =>
      fieldControl(
        field,
        fieldValue(layer, field),
        (value) =>
          edit(
            "edit.field",
            (experiment) => {
              locate(experiment, key).layer[field.name] = value;
            },
            { merge: `${key}.${field.name}` },
          ),
        { unit: !field.compact },
      ),
    );
    const compact = fields.filter((_, i) => plain[i].compact),
      others = fields.filter((_, i) => !plain[i].compact);
    const more = h("div", { class: "more fields", hidden: true }, others);
    const act = (name, drawing, fn) =>
      h("button", { type: "button", class: `icon small ghost ${name}`, onclick: fn }, icon(drawing));
    const buttons = {
      more: others.length ? act("open-more", "more", () => toggle()) : null,
      add: act("add-here", "plus", () => {
        const at = locate(state.experiment, key);
        add(buttons.add, at.owner?._key ?? null, at.index + 1);
      }),
      duplicate: act("duplicate", "copy", () => duplicate(key)),
      remove: act("delete", "close", () => remove(key)),
    };
    const handle = act("handle", "grip", () => handle.focus());
    const line = h(
      "div",
      { class: "line" },
      handle,
      h("i", { class: "family", style: `background: var(--${entry.family || "shape"})` }),
      parts.name,
      h("div", { class: "fields" }, compact, buttons.more),
      parts.shape,
      parts.parameters,
      parts.compute,
      h("span", { class: "actions" }, buttons.add, buttons.duplicate, buttons.remove),
    );
    const row = h(
      "div",
      { class: "row", role: "listitem", "data-key": key, "data-layer": layer.layer },
      line,
      more,
      parts.faults,
    );
    if (body) {
      row.list = h("div", {
        class: "list nested",
        role: "list",
        "data-owner": key,
        style: `--family: var(--${entry.family})`,
      });
      const addInside = h(
        "button",
        { type: "button", class: "small add-inside", onclick: () => add(addInside, key) },
        icon("plus"),
        h("span", { "data-t": "layers.add.body" }),
      );
      row.append(h("div", { class: "body" }, row.list, addInside));
    }
    function toggle(open = more.hidden) {
      more.hidden = !open;
      buttons.more.setAttribute("aria-expanded", String(open));
    }
    row.addEventListener("keydown", (event) => {
      if (event.target.closest(".row") !== row) return;
      if (event.altKey && event.key.startsWith("Arrow")) {
        event.preventDefault();
        moveByKey(key, event.key);
      } else if (event.target === handle && event.key === "Delete") remove(key);
    });
    handle.addEventListener("pointerdown", (event) => startDrag(event, key));
    buttons.more?.setAttribute("aria-expanded", "false");
    return Object.assign(row, {
      key,
      parts,
      entry,
      plain,
      fieldBoxes: fields,
      buttons,
      handle,
      toggle,
      relabel() {
        const label = localized(entry.label);
        parts.name.textContent = label;
        parts.name.title = localized(entry.help);
        fields.forEach((field) => field.relabel());
        const name = (button, words) => {
          if (button) {
            button.title = t(words, { label });
            button.setAttribute("aria-label", button.title);
          }
        };
        name(handle, "layers.drag");
        name(buttons.more, "layers.more");
        name(buttons.add, "layers.add.here");
        name(buttons.duplicate, "layers.duplicate");
        name(buttons.remove, "layers.delete");
        translate(row);
      },
    });
  }
  function updateRow(row, layer, place, index) {
    row.dataset.path = place;
    row.setAttribute("aria-label", t("layers.row", { n: index + 1, label: labelOf(layer) }));
    row.plain.forEach((field, i) => row.fieldBoxes[i].update(fieldValue(layer, field)));
    row.buttons.more?.classList.toggle(
      "changed",
      row.plain.some((field) => !field.compact && fieldValue(layer, field) !== field.default),
    );
  }

  /* ---- patching ---- */
  function patch(container, layers, path, seen) {
    layers.forEach((layer, index) => {
      let row = rows.get(layer._key);
      if (!row || row.dataset.layer !== layer.layer) {
        row?.remove();
        row = makeRow(layer);
        rows.set(layer._key, row);
        row.relabel();
      }
      seen.add(layer._key);
      if (container.children[index] !== row) container.insertBefore(row, container.children[index] ?? null);
      updateRow(row, layer, `${path}[${index}]`, index);
      const body = bodyOf(layer);
      if (body) patch(row.list, layer[body] ?? [], `${path}[${index}].${body}`, seen);
    });
  }
  function render() {
    const focused = document.activeElement,
      held = list.contains(focused) ? focused : null;
    const selection = held?.type === "text" ? [held.selectionStart, held.selectionEnd] : null;
    const seen = new Set();
    patch(list, state.experiment.layers, "layers", seen);
    for (const [key, row] of rows)
      if (!seen.has(key)) {
        row.remove();
        rows.delete(key);
      }
    if (held && held !== document.activeElement && held.isConnected) {
      held.focus({ preventScroll: true });
      if (selection) held.setSelectionRange(...selection);
    }
    empty.hidden = state.experiment.layers.length > 0;
    undoButton.disabled = !canUndo();
    redoButton.disabled = !canRedo();
    undoButton.title = canUndo() ? t("layers.undo.what", { what: t(undoLabel()) }) : t("layers.undo");
    redoButton.title = canRedo() ? t("layers.redo.what", { what: t(redoLabel()) }) : t("layers.redo");
    for (const button of [undoButton, redoButton]) button.setAttribute("aria-label", button.title);
  }

  /* ---- what the server says ---- */
  function showCheck() {
    const answer = state.check;
    if (!answer) return;
    const known = answer.experiment !== null && answer.input !== null; // a file of the data may be gone
    const infos = new Map((answer.rows ?? []).map((info) => [info.path, info]));
    for (const { layer, path } of walk(state.experiment.layers)) {
      const row = rows.get(layer._key);
      if (row) showInfo(row, known ? (infos.get(path) ?? {}) : null, path, bodyOf(layer));
    }
    card.classList.toggle("stale", !known);
    if (known) {
      showIo(input, answer.input);
      showIo(output, answer.output);
      output.note.textContent = t(`layers.out.${answer.data?.task ?? "classification"}`, {
        label: answer.output.label,
      });
    }
    const elsewhere = answer.faults.filter(({ place }) => !/^(layers\[|data\b|training\b)/.test(place));
    others.replaceChildren(...elsewhere.map((fault) => faultLine(fault, applyRepair)));
    others.hidden = elsewhere.length === 0;
    showTotals(answer);
  }
  /* An experiment that cannot be read has no shapes: the last ones stay, greyed. */
  function showInfo(row, info, path, body) {
    if (info) showIo(row, info);
    const inner = body ? `${path}.${body}[` : null;
    const found = faultsUnder(path).filter(({ place }) => !inner || !place.startsWith(inner));
    row.classList.toggle("bad", found.length > 0);
    const words = JSON.stringify([state.lang, found.map((fault) => [fault.code, fault.message])]);
    if (row.words !== words) {
      row.words = words;
      row.parts.faults.hidden = found.length === 0;
      row.parts.faults.replaceChildren(...found.map((fault) => faultLine(fault, applyRepair)));
    }
    row.plain.forEach((field, i) => {
      const bad = found.some(({ place }) => place === `${path}.${field.name}`);
      row.fieldBoxes[i].fault(bad);
      if (bad && !field.compact) row.toggle(true);
    });
  }
  function showIo({ parts }, info) {
    parts.shape.textContent = format.shape(info.shape);
    parts.parameters.textContent = info.parameters ? format.count(info.parameters) : "";
    parts.parameters.title = info.parameters ? info.parameters.toLocaleString("en-US") : "";
    if (!parts.compute) return;
    const share = info.share ?? 0;
    parts.compute.firstChild.style.width = `${Math.max(share > 0 ? 2 : 0, 100 * share)}%`;
    parts.compute.title = info.flops
      ? t("layers.compute.help", { share: format.percent(share), flops: format.count(info.flops) })
      : "";
  }
  function showTotals({ totals: sum, faults }) {
    const item = (value, words) =>
      h("span", {}, h("b", { class: "num" }, value), " ", h("span", { class: "dim" }, words));
    const about = (seconds) => t("totals.about", { time: format.seconds(seconds) });
    totals.replaceChildren(
      ...(sum
        ? [
            item(format.count(sum.parameters), t("totals.parameters")),
            item(format.count(sum.flops), t("totals.flops")),
            item(
              format.bytes(sum.memory_bytes),
              t("totals.memory", { resting: format.bytes(sum.resting_bytes) }),
            ),
            item(about(sum.epoch_s), t("totals.epoch")),
            item(about(sum.total_s), t("totals.total")),
            h("span", { class: "dim model" }, t("totals.model", { model: sum.model })),
          ]
        : [h("span", { class: "fault" }, t("totals.faults", { n: faults.length }))]),
    );
  }

  /* ---- dragging ---- */
  function startDrag(event, key) {
    if (event.button !== 0) return;
    drag = {
      key,
      row: rows.get(key),
      y: event.clientY,
      mark: h("div", { class: "drop-mark" }),
      target: null,
      handle: event.currentTarget,
    };
    drag.handle.setPointerCapture(event.pointerId);
    for (const [name, fn] of Object.entries(dragging)) drag.handle.addEventListener(name, fn);
    document.addEventListener("keydown", cancelByKey, true);
  }
  function endDrag(drop) {
    if (!drag) return;
    const { key, row, mark, target, handle } = drag;
    for (const [name, fn] of Object.entries(dragging)) handle.removeEventListener(name, fn);
    document.removeEventListener("keydown", cancelByKey, true);
    drag = null;
    mark.remove();
    row.classList.remove("dragging");
    if (drop && target) move(key, target.owner, target.index);
  }
  const cancelByKey = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      endDrag(false);
    }
  };
  const dragging = {
    pointermove(event) {
      if (!drag.row.classList.contains("dragging") && Math.abs(event.clientY - drag.y) < 5) return;
      drag.row.classList.add("dragging");
      const y = event.clientY,
        edge = 70;
      if (y < edge + 100) window.scrollBy(0, -8);
      else if (y > window.innerHeight - edge) window.scrollBy(0, 8);
      const within = [...root.querySelectorAll(".list")]
        .filter((each) => !drag.row.contains(each))
        .filter((each) => {
          const box = each.getBoundingClientRect();
          return each === list || (y > box.top - 2 && y < box.bottom + 2);
        });
      const container = within.at(-1),
        children = [...container.children].filter((each) => each.classList.contains("row"));
      const before = children.findIndex((each) => {
        const box = each.getBoundingClientRect();
        return y < box.top + box.height / 2;
      });
      const index = before < 0 ? children.length : before;
      drag.target = { owner: container.dataset.owner ?? null, index };
      const box = (children[index] ?? children.at(-1) ?? container).getBoundingClientRect(),
        home = card.getBoundingClientRect();
      const top =
        (children.length === 0 ? box.top + 4 : index < children.length ? box.top - 3 : box.bottom + 1) -
        home.top;
      drag.mark.style.cssText = `top: ${top}px; left: ${box.left - home.left}px; width: ${box.width}px`;
      card.append(drag.mark);
    },
    pointerup: () => endDrag(true),
    pointercancel: () => endDrag(false),
  };

  /* ---- the frame ---- */
  const undoButton = h("button", { type: "button", class: "icon undo", onclick: undo }, icon("undo"));
  const redoButton = h("button", { type: "button", class: "icon redo", onclick: redo }, icon("redo"));
  const addButton = h(
    "button",
    {
      type: "button",
      class: "primary add",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      onclick: () => add(addButton),
    },
    icon("plus"),
    h("span", { "data-t": "layers.add" }),
  );
  function makeIo(title, family, note) {
    const parts = {
      shape: h("span", { class: "shape r num" }),
      parameters: h("span", { class: "par r num dim" }),
      compute: h("span", { class: "compute" }, h("i")),
    };
    const element = h(
      "div",
      { class: "row io" },
      h(
        "div",
        { class: "line" },
        h("span"),
        h("i", { class: "family", style: `background: var(--${family})` }),
        h("span", { class: "name", "data-t": title }),
        note,
        parts.shape,
        parts.parameters,
        parts.compute,
        h("span"),
      ),
    );
    return Object.assign(element, { parts, note });
  }
  const input = makeIo(
    "layers.input",
    "shape",
    h("span", { class: "fields", "data-t": "layers.input.help" }),
  );
  input.classList.add("io-input");
  const output = makeIo("layers.out", "dense", h("span", { class: "fields" }));
  const head = h(
    "div",
    { class: "row head", "aria-hidden": "true" },
    h(
      "div",
      { class: "line" },
      h("span"),
      h("span"),
      h("span", { "data-t": "layers.name" }),
      h("span"),
      h("span", { class: "r", "data-t": "layers.output" }),
      h("span", { class: "r", "data-t": "layers.parameters" }),
      h("span", { "data-t": "layers.compute" }),
      h("span"),
    ),
  );
  const list = h("div", { class: "list", role: "list" }),
    empty = h("p", { class: "empty dim", "data-t": "layers.empty", hidden: true });
  const others = h("div", { class: "faults elsewhere", hidden: true, role: "alert" }),
    totals = h("div", { class: "totals", "aria-live": "off" });
  const card = h(
    "section",
    { class: "card" },
    h(
      "header",
      {},
      h("h2", { "data-t": "layers.title" }),
      h("small", { class: "hint", "data-t": "layers.help" }),
      h("span", { class: "grow" }),
      undoButton,
      redoButton,
      addButton,
    ),
    head,
    input,
    list,
    empty,
    output,
    others,
    totals,
  );
  root.append(card);

  on("experiment", render, root);
  on(
    "check",
    () => {
      render();
      showCheck();
    },
    root,
  );
  on(
    "lang",
    () => {
      for (const row of rows.values()) row.relabel();
      render();
      showCheck();
    },
    root,
  );
  render();
  showCheck();
}
export default card("layer_list", setup);
