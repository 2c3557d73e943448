"""A few warm processes that read what people hand in; one that is slow, dies or grows is replaced."""

import contextlib
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from ..faults import ExperimentError, Fault
from .messages import BadMessage, Message, packed, received

LOG = logging.getLogger(__name__)
START_S = 30.0  # a process may take so long to come up on a busy machine
MOST_JOBS = 200  # then a process is replaced: what leaks in a decoder goes with it
CHUNK_BYTES = 2**20  # written or read at a time
MOST_GREETING_BYTES = 2**20  # of the message with which a process says that it is ready


class ReaderFailed(RuntimeError):
    """The reader's process died, took too long, or answered what is no answer. `why`: "slow" | "died" | "bad"."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class ReaderProcess:
    """One process, used by one thread at a time."""

    def __init__(self, memory_bytes: int):
        command = [sys.executable, "-m", "playground.reading.worker", str(memory_bytes)]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what libraries say of a stranger's file is of use to nobody
            env=environment,
        )
        self.jobs = 0
        try:
            self._receive(time.monotonic() + START_S, MOST_GREETING_BYTES)
        except BaseException:
            self.end()
            raise

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def call(
        self, name: str, options: dict[str, Any], body: bytes, limit_s: float, most_bytes: int
    ) -> Message:
        """Runs one reader. Raises: ReaderFailed, after which the process is of no use any more."""
        self.jobs += 1
        until = time.monotonic() + limit_s
        self._send(packed(Message([name, options], body)), until)
        return self._receive(until, most_bytes)

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # broken, with something left in its buffer
                pipe.close()
        self._process.wait()

    def _send(self, data: bytes, until: float) -> None:
        assert self._process.stdin is not None
        pipe = self._process.stdin.fileno()
        os.set_blocking(pipe, False)
        left = memoryview(data)
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
        except (BadMessage, ValueError, KeyError, TypeError) as error:
            raise ReaderFailed("bad") from error

    def _exactly(self, n: int, until: float) -> bytes:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        parts = []
        while n > 0:
            self._wait(pipe, selectors.EVENT_READ, until)
            part = os.read(pipe, min(n, CHUNK_BYTES))
            if not part:
                raise ReaderFailed("died")
            parts.append(part)
            n -= len(part)
        return b"".join(parts)

    @staticmethod
    def _wait(pipe: int, event: int, until: float) -> None:
        left_s = until - time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            if left_s <= 0 or not selector.select(left_s):
                raise ReaderFailed("slow")


class Pool:
    """Up to `size` processes, started when they are first needed; calls beyond that wait for a free one."""

    def __init__(
        self,
        size: int = 2,
        *,
        memory_bytes: int = 600 * 2**20,
        limit_s: float = 20.0,
        most_bytes: int = 256 * 2**20,
        start: Callable[[int], ReaderProcess] = ReaderProcess,
    ):
        self.memory_bytes = memory_bytes
        self.limit_s = limit_s
        self.most_bytes = most_bytes
        self._start = start
        self._places = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle: list[ReaderProcess] = []
        self.calls = 0  # tells how busy the readers are

    def call(
        self, name: str, options: dict[str, Any], body: bytes = b"", *, limit_s: float | None = None
    ) -> Message:
        """Runs a registered reader apart.

        In: its name, JSON-able options, the bytes to read; seconds that it may take. Out: its message.
        Raises: ExperimentError as the reader does, or `reader_slow`, `reader_memory`, `reader_failed`.
        """
        limit_s = self.limit_s if limit_s is None else limit_s
        self.calls += 1
        if not self._places.acquire(timeout=limit_s):
            raise ExperimentError.at("", "too_busy")
        try:
            answer = self._call(name, options, body, limit_s)
        finally:
            self._places.release()
        return _checked(answer)

    def warm(self) -> None:
        """Starts one process, so that the first file need not wait for it."""
        with self._lock:
            if self._idle:
                return
        process = self._start(self.memory_bytes)
        with self._lock:
            self._idle.append(process)

    def close(self) -> None:
        """Ends all processes that are idle; those at work end with their call."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _call(self, name: str, options: dict[str, Any], body: bytes, limit_s: float) -> Message:
        process = self._taken()
        try:
            answer = process.call(name, options, body, limit_s, self.most_bytes)
        except ReaderFailed as error:
            LOG.warning("the reader %s was ended: %s", name, error.why)
            process.end()
            if error.why == "slow":
                raise ExperimentError.at("", "reader_slow", limit=round(limit_s)) from None
            raise ExperimentError.at("", "reader_failed") from None
        except BaseException:
            process.end()
            raise
        # A process that ran out of memory once may never give it back.
        has_grown = answer.value.get("trouble") == "memory"
        if has_grown or process.jobs >= MOST_JOBS:
            process.end()
        else:
            with self._lock:
                self._idle.append(process)
        return answer

    def _taken(self) -> ReaderProcess:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._start(self.memory_bytes)


def _checked(message: Message) -> Message:
    """The answer, or the fault that the reader told."""
    value = message.value
    if "faults" in value:
        faults = []
        for told in value["faults"]:
            faults.append(Fault(told["place"], told["code"], told["values"]))
        raise ExperimentError(faults)
    if value.get("trouble") == "memory":
        raise ExperimentError.at("", "reader_memory")
    if "answer" not in value:
        raise ExperimentError.at("", "reader_failed")
    return Message(value["answer"], message.body, message.arrays)
