"""What one request costs the event loop, which takes the interpreter from training, in milliseconds of a core.

python -m benchmarks.requests [--times 300] [--root FOLDER_OF_ANOTHER_VERSION] [--port 7990]

One browser asks for one thing after another while nothing trains; then many watch a run that trains. Counted is the
processor's time of the loop's thread: the one that is busiest while a file of the page is asked for. Linux only.
"""

import argparse
import asyncio
import time
from contextlib import aclosing
from pathlib import Path
from typing import Any

from .browsing import Browser, Seen
from .learners import DRAWN, INK, MLP, recipe
from .serving import ROOT, Server, app

READY_S = 12.0  # for what is loaded after the start
WARM = 20  # of each kind, not counted
WATCHERS = 40
JOIN_S, WATCH_S = 4.0, 10.0


def busy_ms(pid: int) -> dict[str, float]:
    """Processor time of each thread, by its number."""
    times = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        on_cpu_ns, *_ = (task / "schedstat").read_text().split()
        times[task.name] = int(on_cpu_ns) / 1e6
    return times


def loop_of(server: Server) -> str:
    """The thread of the event loop."""
    before = busy_ms(server.pid)
    for _ in range(WARM):
        server.get("boot")
    after = busy_ms(server.pid)
    return max(before, key=lambda thread: after.get(thread, 0.0) - before[thread])


class Asker:
    """Asks a server for one kind of thing again and again."""

    def __init__(self, server: Server, run: str):
        host, _, port = server.url.removeprefix("http://").rstrip("/").partition(":")
        self._address = host, int(port)
        self._run = run
        self.kinds = {
            "boot": self._boot,
            "check": self._check,
            "question": self._question,
            "drawing": self._drawing,
        }

    async def ask(self, kind: str, times: int) -> None:
        """So many, each when the one before is answered."""
        browser = Browser(*self._address, Seen())
        for i in range(times):
            await self.kinds[kind](browser, i)

    async def watch(self, count: list[int]) -> None:
        """One page that watches the run; counts its updates."""
        browser = Browser(*self._address, Seen())
        async with aclosing(browser.events(f"stream?run={self._run}")) as events:
            async for _ in events:
                count[0] += 1

    async def _boot(self, browser: Browser, _number: int) -> None:
        await browser.ask("boot", "boot")

    async def _check(self, browser: Browser, number: int) -> None:
        last: dict[str, Any] = {"layer": "linear", "units": 16 + number % 200}
        experiment = recipe([*MLP, last])
        await browser.ask("check", "check", {"experiment": experiment, "lang": "en"})

    async def _question(self, browser: Browser, _number: int) -> None:
        question = {"question": "predict", "sample": DRAWN}
        await browser.ask("question", f"runs/{self._run}/ask", question)

    async def _drawing(self, browser: Browser, _number: int) -> None:
        await browser.ask("drawing", "see", INK, x_kind="pad")


async def _watched(asker: Asker, server: Server, loop: str) -> float:
    """Milliseconds of the loop for one update of one page."""
    count = [0]
    pages = [asyncio.ensure_future(asker.watch(count)) for _ in range(WATCHERS)]
    await asyncio.sleep(JOIN_S)
    before, n_before = busy_ms(server.pid)[loop], count[0]
    await asyncio.sleep(WATCH_S)
    spent = busy_ms(server.pid)[loop] - before
    n_updates = count[0] - n_before
    for page in pages:
        page.cancel()
    await asyncio.gather(*pages, return_exceptions=True)
    return spent / n_updates


def measured(server: Server, times: int) -> list[tuple[str, float]]:
    """Rows of the table: what, and its milliseconds."""
    short = recipe(MLP)
    short["training"] = {"epochs": 2}
    asker = Asker(server, server.start(short)["run"])
    time.sleep(READY_S)
    loop = loop_of(server)
    rows = []
    for kind in asker.kinds:
        asyncio.run(asker.ask(kind, WARM))
        before = busy_ms(server.pid)[loop]
        asyncio.run(asker.ask(kind, times))
        rows.append((kind, (busy_ms(server.pid)[loop] - before) / times))
    watched = Asker(server, server.start(recipe(MLP))["run"])
    rows.append(("update of a watched run", asyncio.run(_watched(watched, server, loop))))
    return rows


def main() -> None:
    """Prints a table."""
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=300)
    options.add_argument("--root", type=Path, default=ROOT)
    options.add_argument("--port", type=int, default=7990)
    chosen = options.parse_args()
    with app(chosen.port, chosen.root) as server:
        rows = measured(server, chosen.times)
    print("| one | ms of the event loop |\n| --- | --- |")
    for what, milliseconds in rows:
        print(f"| {what} | {milliseconds:.2f} |")


if __name__ == "__main__":
    main()
