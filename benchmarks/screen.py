"""How soon the page answers, in Chromium, with a run going.

    python -m benchmarks.screen [--times 30]

First chart point: from the click on Train until the first numbers are appended to the charts. Add, move, delete: from
the click (or key) until the list is laid out again, at 20 layers; check: until the server's shapes and costs are shown.
Drawing: from a movement of the pen until the probabilities for the ink as it then is are shown.
"""

import argparse
import statistics
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import executable

from .serving import app

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# All different, so that a move changes the list; and each an object of its own: Playwright would send one that comes
# twice as one object of the page.
LAYERS = [{"layer": "linear", "units": 30 + i} for i in range(20)]

EDIT = """(act) => new Promise((done) => {
  const rows = [...document.querySelectorAll(".row[data-layer]")], row = rows[10];
  const began = performance.now(), times = {};
  const off = playground.on("check", () => { off(); times.check = performance.now() - began; done(times); });
  if (act === "add") row.querySelector(".duplicate").click();
  if (act === "delete") rows[11].querySelector(".delete").click();
  if (act === "move") {
    const handle = row.querySelector(".handle");
    handle.focus();
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", altKey: true, bubbles: true }));
  }
  document.body.getBoundingClientRect();
  times.edit = performance.now() - began;
})"""

FIRST = """() => new Promise((done) => {
  const began = performance.now(), off = playground.on("rows", () => { off(); done(performance.now() - began); });
  document.querySelector("button.train").click();
})"""

STROKE = """(to) => new Promise((done) => {
  const pad = document.querySelector("#rail canvas.pad"), box = pad.getBoundingClientRect();
  const at = (x, y, type) => pad.dispatchEvent(new PointerEvent(type, { pointerId: 1, isPrimary: true, bubbles: true,
    buttons: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
  pad.setPointerCapture = () => {};
  at(0.3, 0.25, "pointerdown");
  for (let i = 0; i < 8; i += 1) at(0.3 + 0.05 * i, 0.25, "pointermove");
  setTimeout(() => {
    const began = performance.now(), before = playground.state.sample;
    const off = playground.on("answer", (answer) => {
      if (!answer || answer.sample === before) return;
      off();
      at(to, 0.7, "pointerup");
      done(performance.now() - began);
    });
    at(to, 0.7, "pointermove");
  }, 300);
})"""


def line(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    print(
        f"| {name} | {statistics.median(ordered):.0f} ms | {p95:.0f} ms | {len(times)} |",
        flush=True,
    )


def long(page: Page, preset_id: str) -> None:
    """Loads a preset with so many epochs that its run outlasts the measurement."""
    page.evaluate(
        """(id) => { const { experiment } = playground.state.boot.presets.find((each) => each.id === id);
          const chosen = structuredClone(experiment);
        chosen.training.epochs = 2000; playground.load(chosen); }""",
        preset_id,
    )
    page.wait_for_function("playground.isChecked()")


def first_points(page: Page, times: int) -> None:
    for preset_id in ("digits-basic-cnn", "digits-mlp"):
        long(page, preset_id)
        found = []
        for _ in range(times):
            page.wait_for_function(
                "!playground.isStarting() && !document.querySelector('button.train').disabled"
            )
            found.append(page.evaluate(FIRST))
            page.evaluate("playground.reset()")
        line(f"first chart point after Train, {preset_id}", found)


def edits(page: Page, times: int) -> None:
    page.evaluate(
        "(layers) => playground.edit('edit.load', (experiment) => { experiment.layers = layers; })",
        LAYERS,
    )
    page.wait_for_function(
        "playground.isChecked() && document.querySelectorAll('.row[data-layer]').length === 20"
    )
    page.evaluate("playground.tab('build')")
    found: dict[str, list[dict[str, float]]] = {"add": [], "move": [], "delete": []}
    for _ in range(times):
        for act, list_of in found.items():
            list_of.append(page.evaluate(EDIT, act))
    for act, list_of in found.items():
        line(f"{act} at 20 layers", [each["edit"] for each in list_of])
    line(
        "shapes and costs after an edit",
        [each["check"] for list_of in found.values() for each in list_of],
    )


def drawings(page: Page, times: int) -> None:
    found = []
    for i in range(times):
        found.append(page.evaluate(STROKE, 0.35 + 0.01 * (i % 20)))
        page.evaluate("playground.drawing.clear()")
    line("answer to the pen", found)


def main() -> None:
    """Prints a table."""
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=30)
    times = options.parse_args().times
    with app() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(playwright.chromium.executable_path), args=FLAGS
        )
        page: Any = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url)
        page.wait_for_selector("body.pg-open")
        page.wait_for_function("playground.isChecked()")
        print("| what | median | p95 | times |\n| --- | --- | --- | --- |")
        first_points(page, max(3, times // 5))
        long(page, "digits-mlp")
        page.evaluate("playground.train()")
        page.wait_for_function("playground.state.run?.step > 20")
        drawings(page, times)
        edits(page, times)
        browser.close()


if __name__ == "__main__":
    main()
