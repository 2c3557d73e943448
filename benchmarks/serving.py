"""An app in a process of its own, for the benchmarks of the page."""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Server:
    """A running app: its address and process id."""

    url: str
    pid: int

    def post(self, path: str, body: Any) -> Any:
        """The answer to a request."""
        request = urllib.request.Request(f"{self.url}playground/{path}", json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def get(self, path: str) -> Any:
        """The answer to a request without a body."""
        with urllib.request.urlopen(f"{self.url}playground/{path}", timeout=60) as answer:
            return json.load(answer)

    def start(self, experiment: Any, **options: Any) -> dict[str, str]:
        """Ids of a new run."""
        return dict(self.post("runs", {"experiment": experiment, "device": "cpu", **options}))


def add_server_cores(options: argparse.ArgumentParser) -> None:
    """The option that gives the server cores of its own, as it has them where learners come over a network."""
    options.add_argument("--server-cores", default="", help="numbers with commas between them")


def apart(server_cores: str) -> frozenset[int] | None:
    """The server's cores, which this process and all that it starts give up; None: everybody shares all. Linux only."""
    if not server_cores:
        return None
    cores = frozenset(int(core) for core in server_cores.split(","))
    os.sched_setaffinity(0, os.sched_getaffinity(0) - cores)
    return cores


def only_on(cores: frozenset[int] | None) -> Callable[[], None]:
    """What a new process does first, so that it runs on these cores alone."""
    return lambda: os.sched_setaffinity(0, cores) if cores else None


def wait_for_port(port: int) -> None:
    """Returns as soon as something listens."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.005)


@contextmanager
def app(
    port: int = 7990, root: Path = ROOT, cores: frozenset[int] | None = None
) -> Iterator[Server]:
    """The app, warmed up; ended at last. In: the folder of the version to start; the cores that it may use."""
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=root,
        stdout=subprocess.DEVNULL,
        preexec_fn=only_on(cores),
    )
    try:
        wait_for_port(port)
        server = Server(f"http://127.0.0.1:{port}/", process.pid)
        urllib.request.urlopen(server.url + "playground/boot").read()
        time.sleep(5)  # the app warms itself up
        yield server
    finally:
        process.terminate()
        process.wait(20)
