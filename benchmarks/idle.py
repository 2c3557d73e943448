"""What the process uses while nobody does anything, and how soon it listens.

python -m benchmarks.idle [--seconds 30]
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import executable

from .serving import ROOT, app, wait_for_port

ROUNDS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def cpu_s(pid: int) -> float:
    """Processor seconds that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share(pid: int, seconds: float) -> float:
    before = cpu_s(pid)
    time.sleep(seconds)
    return (cpu_s(pid) - before) / seconds


def idle(seconds: float) -> None:
    with app() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(playwright.chromium.executable_path), args=FLAGS
        )
        page = browser.new_page()
        page.goto(server.url)
        page.wait_for_function("window.playground?.isChecked?.()")
        time.sleep(5)
        print(
            f"| idle with a page open | {100 * share(server.pid, seconds):.2f} % of a core |",
            flush=True,
        )
        browser.close()


def listening() -> None:
    imports, starts = [], []
    for i in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import gradio, torch"], check=True)
        imports.append(time.perf_counter() - began)
        port = 7991 + i
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        wait_for_port(port)
        starts.append(time.perf_counter() - began)
        process.terminate()
        process.wait(20)
    ratio = statistics.median(start / base for start, base in zip(starts, imports, strict=True))
    print(f"| import gradio, torch | {statistics.median(imports):.2f} s |")
    print(f"| app.py until it listens | {statistics.median(starts):.2f} s, {ratio:.2f} times |")


def main() -> None:
    """Prints a table."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=30)
    seconds = options.parse_args().seconds
    print("| what | |\n| --- | --- |")
    listening()
    idle(seconds)


if __name__ == "__main__":
    main()
