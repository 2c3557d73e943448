"""The server's side: two processes that calculate, and what they cannot be given."""

import logging
import os
import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ...engine.clients import Client
from ...engine.devices import FASTEST, fastest_device
from ...faults import ExperimentError
from ...reading.pool import Pool
from ...reading.process import ReaderFailed, ReaderProcess
from ...reading.readers import GIVES_WAY, MORE_READERS

LOG = logging.getLogger(__name__)
TASKS = "playground.ui.apart.tasks"
# A variable with modules that both processes import: they register layers, data sets, … that the package has not.
MORE_ENTRIES = "PLAYGROUND_ENTRY_MODULES"
MEMORY_BYTES = 4 * 2**30  # of address space beyond what torch has reserved at its start
GROWN_BYTES = 400 * 2**20  # more than that is given back by ending the process
MOST_CALLS = 20_000
START_S = 120.0  # torch comes up in 4 s, on a machine that is busy with other things later
LIMIT_S = 60.0  # by the clock, also where others have most of the machine
RETRY_S = 3
# While somebody edits, answers come in milliseconds: they do not wait behind what takes seconds.
QUICK, SLOW = "quick", "slow"
SPEED = {"check": QUICK, "lab": QUICK}
# How far they give way to training and the event loop, in steps of `nice`: with 0 a flood of checks left a training
# 0.35 of its speed alone, for 0.63 with 3. On a machine that trains on all cores what takes seconds gets about a
# quarter of one; with 15 an ONNX file of three seconds took more than thirty there.
NICE = {QUICK: 3, SLOW: 5}
WARMS = "PLAYGROUND_WARMS"  # the variable with the tasks that a process tries once before it says that it is ready
FIRST_TASKS = {QUICK: "check lab", SLOW: "notebook"}
# How often it is wanted before it is started. Coming up takes seconds of a core: with the first preview that would be
# just when a first visitor presses Train.
WORTH_IT = {QUICK: 1, SLOW: 5}
# They take so long that they may wait for their process to come up.
WAITS = frozenset({"range_test", "linear"})
# A person's own file lies with the server alone.
OWN_FILE = re.compile(rb'"file"\s*:\s*"[0-9a-f]')


@dataclass(frozen=True)
class Calculated:
    """An answer from elsewhere: the status and the body of a reply, the time of a processor, what else was told."""

    status: int
    body: bytes
    cpu_s: float
    told: Mapping[str, Any] = field(default_factory=dict)


class Calculators:
    """One process for what is quick, one for what is slow."""

    def __init__(self) -> None:
        self._pools: dict[str, Pool] = {}
        for speed in (QUICK, SLOW):
            variables = {
                MORE_READERS: f"{os.environ.get(MORE_ENTRIES, '')} {TASKS}",
                GIVES_WAY: str(NICE[speed]),
                WARMS: FIRST_TASKS[speed],
                # It calculates on the CPU alone: a GPU would be as much memory for each process as a small network.
                "CUDA_VISIBLE_DEVICES": "",
                FASTEST: fastest_device(),
            }
            start = partial(ReaderProcess, variables=variables, start_s=START_S)
            self._pools[speed] = Pool(
                1,
                memory_bytes=MEMORY_BYTES,
                limit_s=LIMIT_S,
                start=start,
                most_jobs=MOST_CALLS,
                most_grown_bytes=GROWN_BYTES,
            )
        self._starting: set[str] = set()
        self._unserved: Counter[str] = Counter()  # how often each was wanted and was not there
        self._lock = threading.Lock()

    def is_ready_for(self, task: str, about: bytes) -> bool:
        """Whether it can be done elsewhere now; the process for it is started where it was wanted often enough.

        In: the experiment, as it was sent.
        """
        if names_own_file(about):
            return False
        speed = SPEED.get(task, SLOW)
        if self._pools[speed].is_warm or task in WAITS:
            return True
        with self._lock:
            self._unserved[speed] += 1
            is_worth_it = self._unserved[speed] >= WORTH_IT[speed]
        if is_worth_it:
            self.start(speed)
        return False

    def warm(self) -> None:
        """Starts the quick one, so that the first visitor has it.

        The other one takes as much memory, and many never need it.
        """
        self.start(QUICK)

    def start(self, speed: str) -> None:
        """Starts a process in the background, unless that is under way."""
        with self._lock:
            if speed in self._starting:
                return
            self._starting.add(speed)
        name = f"playground-calculator-{speed}"
        threading.Thread(target=self._start, args=(speed,), name=name, daemon=True).start()

    def call(self, task: str, options: dict[str, Any], body: bytes, client: Client) -> Calculated:
        """Waits for the answer. Raises: ExperimentError where there is none."""
        pool = self._pools[SPEED.get(task, SLOW)]
        name = "onnx" if task == "onnx" else "asked"
        whose = (client.address, client.token)
        try:
            message = pool.call(name, {"task": task, **options}, body, client=whose)
        except ExperimentError as error:
            raise _trouble(error.faults[0].code) from None
        told = dict(message.value)
        return Calculated(told.pop("status"), message.body, told.pop("cpu_s"), told)

    def close(self) -> None:
        """Ends the processes."""
        for pool in self._pools.values():
            pool.close()

    def _start(self, speed: str) -> None:
        try:
            self._pools[speed].warm()
        except (OSError, ReaderFailed) as error:
            # Everything goes on without it, in the server itself; it is tried again with the next question.
            LOG.error("no calculating process could be started: %s", error)
        finally:
            with self._lock:
                self._starting.discard(speed)


def names_own_file(about: bytes) -> bool:
    """Whether an experiment, as it was sent, is about a person's own file."""
    return OWN_FILE.search(about) is not None


def _trouble(code: str) -> ExperimentError:
    """A pool speaks of files that are read."""
    if code == "readers_busy":
        return ExperimentError.at("", "too_busy", seconds=RETRY_S)
    if code == "reader_slow":
        return ExperimentError.at("", "calculation_slow", limit=round(LIMIT_S))
    return ExperimentError.at("", "calculation_failed")
