"""A few warm processes that read what people hand in; one that is slow, dies or grows is replaced."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from ..faults import ExperimentError, Fault
from .line import NOBODY, Client, Line, LineFull
from .messages import Message
from .process import ReaderFailed, ReaderProcess

LOG = logging.getLogger(__name__)
MOST_JOBS = 200  # then a process is replaced: what leaks in a decoder goes with it
MOST_GROWN_BYTES = 150 * 2**20  # more than that is given back by ending the process
MOST_WAITING = 48
MOST_WAITING_OF_CLIENT = 6


class Pool:
    """Up to `size` processes, started when they are first needed; calls beyond that wait in a line."""

    def __init__(
        self,
        size: int = 2,
        *,
        memory_bytes: int = 600 * 2**20,
        limit_s: float = 20.0,
        wait_s: float = 30.0,
        most_bytes: int = 256 * 2**20,
        start: Callable[[int], ReaderProcess] = ReaderProcess,
        most_jobs: int = MOST_JOBS,
        most_grown_bytes: int = MOST_GROWN_BYTES,
    ):
        """In: the memory of each process, the time of a call and of waiting for it, the size of an answer; after how
        many calls, or what growth, a process is replaced."""
        self.size = size
        self.memory_bytes = memory_bytes
        self.limit_s = limit_s
        self.wait_s = wait_s
        self.most_bytes = most_bytes
        self._start = start
        self._most_jobs = most_jobs
        self._most_grown_bytes = most_grown_bytes
        self._line = Line(size, MOST_WAITING, MOST_WAITING_OF_CLIENT)
        self._changed = (
            threading.Condition()
        )  # guards what follows; told of each process that is free, or gone
        self._idle: list[ReaderProcess] = []
        self._at_work: set[ReaderProcess] = set()
        self._starting = 0  # processes that are coming up
        self._is_closed = False
        self.calls = 0  # tells how busy the readers are

    def call(
        self,
        name: str,
        options: dict[str, Any],
        body: bytes = b"",
        *,
        limit_s: float | None = None,
        client: Client = NOBODY,
    ) -> Message:
        """Runs a registered reader apart.

        In: its name, JSON-able options, the bytes to read; seconds that it may take, waiting not counted; for whom.
        Out: its message. Raises: ExperimentError as the reader does, or `readers_busy`, `reader_slow`,
        `reader_memory`, `reader_failed`.
        """
        limit_s = self.limit_s if limit_s is None else min(limit_s, self.limit_s)
        self.calls += 1
        try:
            with self._line.place(client, self.wait_s):
                return self._call(name, options, body, limit_s)
        except LineFull:
            raise ExperimentError.at("", "readers_busy") from None

    @property
    def is_warm(self) -> bool:
        """Whether there is a process: one that is idle, or at work."""
        with self._changed:
            return bool(self._idle or self._at_work)

    def warm(self) -> None:
        """Starts a process where none is idle and there is room for one, so that the next file need not wait for it."""
        with self._changed:
            if self._is_closed or self._idle or not self._has_room():
                return
            self._starting += 1
        self._keep(self._new())

    def close(self) -> None:
        """Ends all processes, those at work too."""
        with self._changed:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for process in self._at_work:
                process.kill()
            self._changed.notify_all()
        for process in idle:
            process.end()

    def _call(self, name: str, options: dict[str, Any], body: bytes, limit_s: float) -> Message:
        process = self._taken()
        try:
            message = process.call(name, options, body, limit_s, self.most_bytes)
            faults = _faults_of(message.value)
        except ReaderFailed as error:
            LOG.warning("the reader %s was ended: %s", name, error.why)
            self._replace(process)
            if error.why == "slow":
                raise ExperimentError.at("", "reader_slow", limit=round(limit_s)) from None
            raise ExperimentError.at("", "reader_failed") from None
        except BaseException:
            self._replace(process)
            raise
        if self._is_worn(process, faults):
            self._replace(process)
        else:
            self._keep(process)
        if faults:
            raise ExperimentError(faults)
        return Message(message.value["answer"], message.body, message.arrays)

    def _is_worn(self, process: ReaderProcess, faults: list[Fault]) -> bool:
        """Whether a process holds on to memory, or may do so."""
        ran_out = any(fault.code == "reader_memory" for fault in faults)
        has_grown = process.grown_bytes > self._most_grown_bytes
        return ran_out or has_grown or process.jobs >= self._most_jobs

    def _taken(self) -> ReaderProcess:
        """An idle process, or a new one. Raises: ExperimentError where none could be started, and once closed."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_closed or self._idle or self._has_room())
                if self._is_closed:
                    raise ExperimentError.at("", "readers_busy")
                if not self._idle:
                    self._starting += 1
                    break
                # In one step: a process that is neither idle nor at work for a moment seems to be missing.
                process = self._idle.pop()
                self._at_work.add(process)
            if process.is_sound:
                return process
            # One that was killed from outside while it was idle is no reason to refuse a file.
            LOG.warning("a reader that was idle is gone and is replaced")
            self._end(process)
        try:
            return self._new()
        except (OSError, ReaderFailed) as error:
            LOG.error("no reader could be started: %s", error)
            raise ExperimentError.at("", "readers_busy") from None

    def _has_room(self) -> bool:
        """Whether one more may be started; those that are coming up are counted."""
        return len(self._idle) + len(self._at_work) + self._starting < self.size

    def _new(self) -> ReaderProcess:
        """One more process, at work; it was counted among those that are coming up. Raises: OSError, ReaderFailed."""
        process = None
        try:
            process = self._start(self.memory_bytes)
        finally:
            with self._changed:
                self._starting -= 1
                if process is not None:
                    self._at_work.add(process)
                    if self._is_closed:
                        process.kill()
                self._changed.notify_all()
        return process

    def _keep(self, process: ReaderProcess) -> None:
        with self._changed:
            if not self._is_closed:
                self._at_work.discard(process)
                self._idle.append(process)
                self._changed.notify_all()
                return
        self._end(process)

    def _end(self, process: ReaderProcess) -> None:
        """Ends it; until then it is counted, so that there are never more than `size`."""
        process.end()
        with self._changed:
            self._at_work.discard(process)
            self._changed.notify_all()

    def _replace(self, process: ReaderProcess) -> None:
        """The next file finds a warm process again, and this one's answer need not wait for that."""
        self._end(process)
        threading.Thread(target=self._warm_quietly, name="playground-reader", daemon=True).start()

    def _warm_quietly(self) -> None:
        try:
            self.warm()
        except (OSError, ReaderFailed) as error:
            LOG.error("no reader could be started: %s", error)


def _faults_of(value: dict[str, Any]) -> list[Fault]:
    """What the reader says is wrong with the file. Raises: ReaderFailed for what no reader of ours says."""
    if value.get("trouble") == "memory":
        return [Fault("", "reader_memory")]
    if "answer" in value:
        return []
    faults = []
    try:
        for told in value["faults"]:
            fault = Fault(str(told["place"]), told["code"], dict(told["values"]))
            str(fault)  # there is such a sentence, and it takes these values
            faults.append(fault)
    except Exception as error:
        raise ReaderFailed("bad") from error
    if not faults:
        raise ReaderFailed("bad")
    return faults
