"""A server whose end is measured, and the requests that keep it busy meanwhile."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0
LOOK_S = 0.02


@dataclass
class House:
    """A running server, its temporary files in a folder of its own."""

    process: "subprocess.Popen[str]"
    port: int
    folder: Path

    def post(self, path: str, body: Any) -> dict[str, Any]:
        """The answer to a request that must be granted."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._answer("POST", path, data)

    def get(self, path: str) -> dict[str, Any]:
        """The same without a body."""
        return self._answer("GET", path, None)

    def _answer(self, method: str, path: str, data: bytes | None) -> dict[str, Any]:
        connection = self._connection()
        connection.request(method, f"/playground/{path}", data)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, (path, answer.status, text[:300])
        return dict(json.loads(text))

    def meanwhile(self, method: str, path: str, body: Any = None) -> None:
        """A request whose answer nobody waits for."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()

        def ask() -> None:
            with suppress(OSError, http.client.HTTPException):
                connection = self._connection()
                connection.request(method, f"/playground/{path}", data)
                connection.getresponse().read()

        Thread(target=ask, daemon=True).start()

    def half_a_request(self, head: str, body: bytes = b"") -> socket.socket:
        """A connection on which nothing more is sent, and nothing read."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        host = f"Host: 127.0.0.1:{self.port}\r\n"
        connection.sendall(f"{head}\r\n{host}\r\n".encode() + body)
        return connection

    def children(self) -> list[int]:
        """The processes that it started: its readers."""
        pids: list[int] = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with suppress(OSError):
                pids += map(int, (task / "children").read_text().split())
        return pids

    def left_files(self) -> list[str]:
        """What lies in its folder."""
        return sorted(path.name for path in self.folder.iterdir() if any_file_in(path))

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)


@dataclass(frozen=True)
class Ended:
    """How a server ended. left_processes: of its readers, five seconds later."""

    seconds: float
    status: int
    left_files: list[str]
    left_processes: int


def any_file_in(path: Path) -> bool:
    """Whether it is a file or a folder with a file somewhere in it: empty folders do not count."""
    return path.is_file() or any(inner.is_file() for inner in path.rglob("*"))


@contextmanager
def house(folder: Path, settings: Mapping[str, str]) -> Iterator[House]:
    """A server that answers. In: settings by the names of their environment variables."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert any("is open at" in line for line in process.stdout), "it ended while starting"
            yield House(process, port, folder)
        finally:
            process.kill()


def end(server: House, number: signal.Signals) -> Ended:
    """Sends the signal and waits for the end."""
    children = server.children()
    began = time.perf_counter()
    server.process.send_signal(number)
    status = server.process.wait(PATIENCE_S)
    seconds = time.perf_counter() - began
    return Ended(seconds, status, server.left_files(), _still_there(children, within_s=5.0))


def _still_there(pids: list[int], within_s: float) -> int:
    deadline = time.monotonic() + within_s
    while True:
        alive = [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]
        if not alive or time.monotonic() > deadline:
            return len(alive)
        time.sleep(LOOK_S)
