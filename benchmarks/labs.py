"""What the labs cost: an answer of each while a training runs, a formula, and the first screen with labs and without.

    python -m benchmarks.labs [--times 40] [--strings 100000] [--screens 10] [--before FOLDER]

An answer: from the request to its last byte, one change every 200 ms as somebody drags: each of the lab's surprises in
turn, with a number of it moved, so that no state is asked about twice. Screen: bytes and requests until the page is
open, and the time that takes, with nothing kept by the browser; with `--before`, of the version in that folder, too,
one after the other. Formula: processor time of reading one of the generated strings of the tests, most of them wrong.
"""

import argparse
import asyncio
import contextlib
import itertools
import statistics
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright
from pydantic.fields import FieldInfo

from playground.faults import ExperimentError
from playground.labs import LABS, Lab, play
from playground.labs.grammar import parse
from playground.preset_files import preset
from tests.browser.chromium import executable
from tests.labs.test_grammar_fuzz import generated

from .browsing import Browser, Seen
from .serving import ROOT, Server, app

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
EVERY_S = 0.2
TRIED = 4  # so many states are made for each that is asked about: some make no sense
GOLDEN = 0.618034  # its multiples fill an interval evenly
LIMIT_MS = 150
OPENED = """() => {
  const all = performance.getEntriesByType("resource");
  const page = performance.getEntriesByType("navigation")[0];
  return {
    requests: all.length + 1,
    bytes: [page, ...all].reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  };
}"""


def p95(times: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def moved(lab: type[Lab], times: int) -> list[dict[str, Any]]:
    """States of a lab that make sense: its surprises in turn, in each a number of it is another one."""
    states: list[dict[str, Any]] = []
    numbers = [(name, info) for name, info in lab.model_fields.items() if is_number(info)]
    surprises = itertools.cycle([{}, *lab.surprises.values()])
    for place, surprise in enumerate(itertools.islice(surprises, TRIED * times)):
        state = dict(surprise)
        if numbers:
            name, info = numbers[place % len(numbers)]
            state[name] = value_of(info, place * GOLDEN % 1)
        try:
            play(lab.id, state)
        except ExperimentError:
            continue
        states.append(state)
    return states[:times]


def is_number(info: FieldInfo) -> bool:
    """Whether a field is a number between two limits."""
    return info.annotation in (int, float) and len(limits_of(info)) == 2


def limits_of(info: FieldInfo) -> list[float]:
    """The smallest and the largest value of a field, where it has both."""
    limits = []
    for names in (("ge", "gt"), ("le", "lt")):
        for mark in info.metadata:
            limits += [getattr(mark, name) for name in names if hasattr(mark, name)]
    return limits


def value_of(info: FieldInfo, share: float) -> float:
    """A value of a field at this share of the way between its limits."""
    low, high = limits_of(info)
    value = low + share * (high - low)
    return round(value) if info.annotation is int else value


async def dragged(server: Server, lab: type[Lab], times: int) -> list[float]:
    """Seconds of each answer."""
    moves = moved(lab, times)
    where = urlsplit(server.url)
    seen = Seen()
    browser = Browser(str(where.hostname), int(where.port or 0), seen)
    await browser.ask("first", "lab", {"lab": lab.id, "state": {}})
    for state in moves:
        began = asyncio.get_running_loop().time()
        await browser.ask("answer", "lab", {"lab": lab.id, "state": state})
        took_s = asyncio.get_running_loop().time() - began
        await asyncio.sleep(max(0.0, EVERY_S - took_s))
    return seen.seconds.get("answer", [])


def answers(times: int) -> None:
    """A line for each lab, while the usual network trains."""
    experiment: dict[str, Any] = preset("digits-basic-cnn").experiment.model_dump(mode="json")
    experiment["training"]["epochs"] = 10_000
    print("| lab | median | p95 | answered |\n| --- | --- | --- | --- |")
    with app() as server:
        server.start(experiment)
        of_all: list[float] = []
        for lab in LABS:
            seconds = asyncio.run(dragged(server, lab, times))
            of_all += seconds
            if not seconds:
                print(f"| {lab.id} | – | – | 0 of {times} |", flush=True)
                continue
            median_ms, p95_ms = 1000 * statistics.median(seconds), 1000 * p95(seconds)
            mark = "" if p95_ms <= LIMIT_MS else f" (over {LIMIT_MS} ms)"
            told = f"{median_ms:.0f} ms | {p95_ms:.0f} ms{mark} | {len(seconds)} of {times}"
            print(f"| {lab.id} | {told} |", flush=True)
        median_ms, p95_ms = 1000 * statistics.median(of_all), 1000 * p95(of_all)
        print(f"| all together | {median_ms:.0f} ms | {p95_ms:.0f} ms | {len(of_all)} |")


def formulas(n: int) -> None:
    """How long the slowest of n generated strings keep the processor."""
    took_ms = []
    for text in generated(n):
        start = time.process_time()
        with contextlib.suppress(ExperimentError):
            parse(text)
        took_ms.append(1000 * (time.process_time() - start))
    took_ms.sort()
    middle, usual = statistics.median(took_ms), took_ms[round(0.999 * (n - 1))]
    print(
        f"\n{n} strings: median {middle:.3f} ms, 999 of 1,000 {usual:.2f} ms, longest {took_ms[-1]:.1f} ms"
    )


def screen(name: str, root: Path, times: int) -> None:
    """A line for one version: what a stranger's first screen takes."""
    opened = []
    with app(root=root) as server, sync_playwright() as playwright:
        path = executable(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(times):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.goto(server.url)
            page.wait_for_selector("body.pg-open")
            ms = page.evaluate("performance.now()")
            page.wait_for_load_state("networkidle")
            opened.append({**page.evaluate(OPENED), "ms": ms})
            context.close()
        browser.close()
    requests = statistics.median(look["requests"] for look in opened)
    size = statistics.median(look["bytes"] for look in opened)
    ms = statistics.median(look["ms"] for look in opened)
    print(f"| {name} | {requests:.0f} | {size / 1000:.1f} kB | {ms:.0f} ms | {times} |", flush=True)


def main() -> None:
    """Prints two tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=40)
    options.add_argument("--strings", type=int, default=100_000)
    options.add_argument("--screens", type=int, default=10)
    options.add_argument("--before", type=Path)
    given = options.parse_args()
    if given.times:
        answers(given.times)
    if given.strings:
        formulas(given.strings)
    if given.screens:
        print("\n| first screen | requests | bytes | open after | times |")
        print("| --- | --- | --- | --- | --- |")
        if given.before:
            screen("before", given.before, given.screens)
        screen("now", ROOT, given.screens)


if __name__ == "__main__":
    main()
