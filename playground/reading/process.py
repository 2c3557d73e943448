"""One process that reads what people hand in, and how the server talks with it."""

import contextlib
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .messages import Message, parts_of, received

START_S = 30.0  # a process may take so long to come up on a busy machine
ROOT = Path(__file__).parents[2]  # the folder that holds the package
CHUNK_BYTES = 2**20  # written or read at a time
MOST_GREETING_BYTES = 2**20  # of the message with which a process says that it is ready


class ReaderFailed(RuntimeError):
    """The reader's process died, took too long, or answered what is no answer. `why`: "slow" | "died" | "bad"."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class ReaderProcess:
    """One process, used by one thread at a time."""

    def __init__(
        self,
        memory_bytes: int,
        variables: Mapping[str, str] | None = None,
        start_s: float = START_S,
    ):
        """In: its memory; environment variables for it alone; how long it may take to come up.

        Raises: OSError, ReaderFailed.
        """
        # The package is the server's own, and no file of the folder where the server was started is imported (-P).
        command = [sys.executable, "-P", "-m", "playground.reading.worker"]
        command += [str(memory_bytes), str(os.getpid())]
        few_threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        environment = {**os.environ, **few_threads, **(variables or {})}
        paths = [str(ROOT), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what libraries say of a stranger's file is of use to nobody
            env=environment,
        )
        self.jobs = 0
        try:
            self._receive(time.monotonic() + start_s, MOST_GREETING_BYTES)
        except BaseException:
            self.end()
            raise
        self._bytes_at_start = self._resident_bytes()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_sound(self) -> bool:
        """Whether it lives and has said nothing that it was not asked for."""
        return self._process.poll() is None and not self._is_ready(
            self._answers, selectors.EVENT_READ, 0
        )

    @property
    def grown_bytes(self) -> int:
        """How much more memory it holds than after its start; 0 where the system does not tell."""
        return self._resident_bytes() - self._bytes_at_start

    def call(
        self, name: str, options: dict[str, Any], body: bytes, limit_s: float, most_bytes: int
    ) -> Message:
        """Runs one reader. Raises: ReaderFailed, after which the process is of no use any more."""
        self.jobs += 1
        until = time.monotonic() + limit_s
        request = Message([name, options, limit_s], body)
        for part in parts_of(request):
            self._send(part, until)
        answer = self._receive(until, most_bytes)
        if not isinstance(answer.value, dict):
            raise ReaderFailed("bad")
        return answer

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # broken, with something left in its buffer
                pipe.close()
        self._process.wait()

    def kill(self) -> None:
        """The same from another thread: the one that is using the process notices that it died, and ends it."""
        self._process.kill()

    @property
    def _answers(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def _resident_bytes(self) -> int:
        try:
            with open(f"/proc/{self.pid}/statm") as file:
                n_pages = int(file.read().split()[1])
        except (OSError, IndexError):  # no Linux, or no such process any more
            return 0
        return n_pages * os.sysconf("SC_PAGE_SIZE")

    def _send(self, data: memoryview, until: float) -> None:
        assert self._process.stdin is not None
        pipe = self._process.stdin.fileno()
        os.set_blocking(pipe, False)
        left = data
        while left:
            self._wait(pipe, selectors.EVENT_WRITE, until)
            try:
                n_written = os.write(pipe, left[:CHUNK_BYTES])
            except BlockingIOError:  # the pipe took less than the selector thought
                continue
            except OSError as error:
                raise ReaderFailed("died") from error
            left = left[n_written:]

    def _receive(self, until: float, most_bytes: int) -> Message:
        try:
            return received(lambda n: self._exactly(n, until), most_bytes)
        except ReaderFailed:
            raise
        except Exception as error:  # what a process gone wrong writes may be anything
            raise ReaderFailed("bad") from error

    def _exactly(self, n: int, until: float) -> bytes:
        parts = []
        while n > 0:
            self._wait(self._answers, selectors.EVENT_READ, until)
            part = os.read(self._answers, min(n, CHUNK_BYTES))
            if not part:
                raise ReaderFailed("died")
            parts.append(part)
            n -= len(part)
        return b"".join(parts)

    def _wait(self, pipe: int, event: int, until: float) -> None:
        left_s = until - time.monotonic()
        if left_s <= 0 or not self._is_ready(pipe, event, left_s):
            raise ReaderFailed("slow")

    @staticmethod
    def _is_ready(pipe: int, event: int, wait_s: float) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            return bool(selector.select(wait_s))
