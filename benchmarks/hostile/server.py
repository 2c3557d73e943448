"""The server under attack: a process of its own, with limits, a temporary folder of its own, and no way out."""

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..serving import only_on
from .wire import Target

ROOT = Path(__file__).parents[2]
OPEN_FILES = (1024, 4096)  # soft and hard: what a Linux service is usually given
ADDRESS_SPACE = 24 * 2**30  # torch reserves far more than it uses
START_S = 120.0
WARM_S = 5.0  # after it says that it is ready, it loads what the first report needs
END_S = 20.0
NO_WAY_OUT = (
    "http://127.0.0.1:9"  # nothing listens there: a download fails at once and bothers nobody
)


@dataclass(frozen=True)
class Facts:
    """What the system says of a process."""

    is_alive: bool
    threads: int = 0
    files: int = 0
    memory_mb: float = 0.0
    readers_mb: float = 0.0


class Server:
    """A running app. `log` is what it wrote, `temporary` its folder for files."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, folder: Path):
        self.process = process
        self.target = Target(port)
        self.log = folder / "log.txt"
        self.temporary = folder / "tmp"

    @property
    def pid(self) -> int:
        return self.process.pid

    def facts(self) -> Facts:
        """Its threads, open files and memory now."""
        if self.process.poll() is not None:
            return Facts(False)
        try:
            threads = len(os.listdir(f"/proc/{self.pid}/task"))
            files = len(os.listdir(f"/proc/{self.pid}/fd"))
            memory = _memory_mb(self.pid)
        except OSError:  # it ended just now
            return Facts(False)
        readers = sum(_memory_mb(child) for child in _children(self.pid))
        return Facts(True, threads, files, memory, readers)

    def tracebacks(self) -> int:
        """How many errors it wrote down that nobody caught."""
        return self.log.read_bytes().count(b"Traceback (most recent call last)")

    def health(self) -> dict[str, object]:
        """What it says of itself."""
        address = f"http://{self.target.name}/playground/health"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return dict(json.load(answer))


@contextmanager
def server(
    folder: Path,
    warm_s: float = WARM_S,
    cores: frozenset[int] | None = None,
    **settings: object,
) -> Iterator[Server]:
    """The app with settings by name, its files in that folder, on these cores alone. Ended at last in any case."""
    port = _free_port()
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    with open(folder / "log.txt", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            env=_environment(folder, settings),
            stdout=log,
            stderr=log,
            preexec_fn=partial(_begin, cores),
        )
    try:
        running = Server(process, port, folder)
        _wait_for_port(process, port)
        while not running.health()["ready"]:
            time.sleep(0.1)
        time.sleep(warm_s)
        yield running
    finally:
        _end(process)


def _environment(folder: Path, settings: dict[str, object]) -> dict[str, str]:
    names = {f"PLAYGROUND_{name.upper()}": str(value) for name, value in settings.items()}
    return {
        **os.environ,
        "PLAYGROUND_DATA_FOLDER": str(folder / "data"),
        **names,
        "TMPDIR": str(folder / "tmp"),
        "PYTHONUNBUFFERED": "1",
        "http_proxy": NO_WAY_OUT,
        "https_proxy": NO_WAY_OUT,
        "no_proxy": "127.0.0.1,localhost",
    }


def _begin(cores: frozenset[int] | None) -> None:
    only_on(cores)()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def _wait_for_port(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def limit_memory(pid: int, more_bytes: int | None) -> None:
    """Lets a server's address space grow by that much from now on; None: as far as at its start."""
    soft = ADDRESS_SPACE if more_bytes is None else _address_space(pid) + more_bytes
    resource.prlimit(pid, resource.RLIMIT_AS, (soft, ADDRESS_SPACE))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _memory_mb(pid: int) -> float:
    """Resident memory; 0 where the process has ended meanwhile."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/statm") as file:
        pages = int(file.read().split()[1])
        return pages * resource.getpagesize() / 2**20
    return 0.0


def _address_space(pid: int) -> int:
    with open(f"/proc/{pid}/statm") as file:
        pages = int(file.read().split()[0])
    return pages * resource.getpagesize()


def _children(pid: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            children += [int(word) for word in task.read_text().split()]
    return children
