"""What it costs to redraw Look inside: histograms and kernels on a canvas, as the page does it, and with Plotly.

    python -m benchmarks.figures

The median milliseconds of the browser's main thread for one update of the whole card, in Chromium, no run going. At
five updates a second, 20 ms are a tenth of the thread, which all cards of the page share.
"""

import statistics
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import executable

from .screen import FLAGS
from .serving import app

SCRIPT = Path(__file__).with_name("figures.js")
LAYERS = (8, 14, 20)  # with histograms of weights and gradients each
KERNELS = (16, 32, 64)
# Where the page's modules lie: their address carries a stamp.
BASE = """performance.getEntriesByType("resource").map(({ name }) => name)
  .find((name) => name.endsWith("/kit/card.js")).replace(/kit\\/card\\.js$/, "")"""


def measure(page: Page, kind: str, n: int) -> None:
    """Prints a line a way of drawing."""
    base = page.evaluate(BASE)
    found = page.evaluate(f"([base, n]) => measured.{kind}(base, n)", [base, n])
    for way, times in found.items():
        print(f"| {n} {kind}: {way} | {statistics.median(times):.1f} ms |", flush=True)


def main() -> None:
    """Prints a table."""
    with app() as server, sync_playwright() as playwright:
        found = executable(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url + "#train")
        page.wait_for_function("window.Plotly && playground.isChecked()")
        page.add_script_tag(path=str(SCRIPT))
        for n in LAYERS:
            measure(page, "histograms", n)
        for n in KERNELS:
            measure(page, "kernels", n)
        browser.close()


if __name__ == "__main__":
    main()
