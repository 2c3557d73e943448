"""Twenty pages watch two runs: updates a second for each, and bytes an update early and late in a run.

python -m benchmarks.watchers [--seconds 20]
"""

import argparse
import json
import secrets
import statistics
import threading
import time
import urllib.request
from contextlib import suppress

from playground.preset_files import preset

from .serving import Server, app

PAGES = 20
EARLY, LATE = 1_000, 100_000
NEAR = 5_000


class Page(threading.Thread):
    """A reader of one event stream."""

    def __init__(self, server: Server, run: str):
        super().__init__(daemon=True)
        token = secrets.token_urlsafe(16)  # one browser may watch only so many runs at once
        self.address = f"{server.url}playground/stream?run={run}&client={token}"
        self.updates: list[tuple[float, int, int]] = []  # when, bytes, step

    def run(self) -> None:
        with suppress(OSError), urllib.request.urlopen(self.address) as stream:
            for line in stream:
                if line.startswith(b"data: "):
                    self.updates.append(
                        (time.perf_counter(), len(line), json.loads(line[6:])["step"])
                    )


def long(preset_id: str, **data: int) -> dict[str, object]:
    value = preset(preset_id).experiment.model_dump(mode="json")
    value["training"]["epochs"] = 10_000
    value["data"] |= data
    return dict(value)


def rates(server: Server, seconds: float) -> None:
    runs = [server.start(long(name)) for name in ("digits-mlp", "points-spiral")]
    pages = [Page(server, runs[i % 2]["run"]) for i in range(PAGES)]
    for page in pages:
        page.start()
    time.sleep(3)
    began = time.perf_counter()
    time.sleep(seconds)
    ended = time.perf_counter()
    found = [
        sum(began <= at <= ended for at, _, _ in page.updates) / (ended - began) for page in pages
    ]
    print(
        f"| updates a second, {PAGES} pages, 2 runs | least {min(found):.2f} | median {statistics.median(found):.2f} |"
    )
    for run in runs:
        server.post(f"runs/{run['run']}/stop", run)


def sizes(server: Server) -> None:
    run = server.start(long("points-xor", batch_size=10, size=10_000))
    page = Page(server, run["run"])
    page.start()
    while not page.updates or page.updates[-1][2] < LATE + NEAR:
        time.sleep(0.5)
    server.post(f"runs/{run['run']}/stop", run)
    for step in (EARLY, LATE):  # after a step, so that none of the first, half-empty updates counts
        near = [size for _, size, at in page.updates if step <= at < step + NEAR]
        print(
            f"| bytes an update after step {step:,} | median {statistics.median(near):,.0f} | most {max(near):,} |"
        )


def main() -> None:
    """Prints a table."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=20)
    seconds = options.parse_args().seconds
    with app() as server:
        print("| what | | |\n| --- | --- | --- |")
        rates(server, seconds)
        sizes(server)


if __name__ == "__main__":
    main()
