"""Runs in the background: one worker thread per device, on which runs take turns in short time slices."""

import secrets
import time
from collections import deque
from threading import Condition, RLock, Thread

import torch

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import FIXED_BYTES, admit, bytes_text
from ..settings import Settings
from .devices import check_precision, device_named
from .run import Begin, Clock, Run

SLICE_S = 0.03
SWEEP_S = 2.0


class Worker(Thread):
    """The one thread that trains on a device."""

    def __init__(self, device: torch.device, settings: Settings, clock: Clock):
        super().__init__(name=f"playground-{device}", daemon=True)
        self.device = device
        self.condition = Condition(RLock())
        self._settings = settings
        self._clock = clock
        self._runs: deque[Run] = deque()
        self._turns = 0
        self._closing = False

    def has(self, run: Run) -> bool:
        return run in self._runs and not self._closing

    def add(self, run: Run) -> None:
        """Gives the run its place in the round."""
        with self.condition:
            self._runs.append(run)
            self.condition.notify_all()

    def remove(self, run: Run) -> None:
        """Forgets the run."""
        with self.condition:
            if run in self._runs:
                self._runs.remove(run)
            run.refuse_questions(Fault("", "no_such_run"))

    def close(self) -> None:
        """Ends the thread after the present slice."""
        with self.condition:
            self._closing = True
            for run in self._runs:
                run.refuse_questions(Fault("", "no_such_run"))
            self.condition.notify_all()

    def run(self) -> None:
        while True:
            run = self._next()
            if run is None:
                break
            try:
                run.take_turn(self._clock() + SLICE_S, self._settings)
            except Exception as error:
                run.lose(error)
            with self.condition:
                self.condition.notify_all()
        for run in list(self._runs):
            run.abandon()

    def _next(self) -> Run | None:
        with self.condition:
            while not self._closing:
                self._turns += 1
                asked = (
                    next((run for run in self._runs if run.is_asked), None)
                    if self._turns % 2
                    else None
                )
                if asked is not None:  # every second turn: answers need not wait for a whole round
                    self._runs.remove(asked)
                    self._runs.append(asked)
                    return asked
                for _ in range(len(self._runs)):
                    run = self._runs.popleft()
                    self._runs.append(run)
                    if run.has_work:
                        return run
                self.condition.wait()
        return None


class Engine:
    """All runs of this process. Limits are kept here, whoever asks."""

    def __init__(self, settings: Settings | None = None, clock: Clock = time.monotonic):
        self.settings = settings or Settings.from_environment()
        self._clock = clock
        self._runs: dict[str, Run] = {}
        self._workers: dict[str, Worker] = {}
        self._lock = RLock()
        self._closed = Condition()
        self._is_closed = False
        self._keeper = Thread(target=self._keep, name="playground-keeper", daemon=True)

    def start(
        self,
        experiment: Experiment,
        device: str = "cpu",
        *,
        owner: str = "",
        paused: bool = False,
        begin: Begin | None = None,
    ) -> Run:
        """Starts a run; an owner's earlier live run is stopped.

        In: `begin` is called with the fresh trainer before its first step (`StartingWeights`, a `Checkpoint`); what it
        raises ends the run. Raises: ExperimentError.
        """
        cost = admit(experiment, self.settings)
        where = device_named(device)
        check_precision(experiment.training.precision, where)
        with self._lock:
            for earlier in self._live():
                if owner and earlier.owner == owner:
                    earlier.stop()
            if not paused and self._training(owner) >= self.settings.max_live_runs:
                raise ExperimentError.at("", "busy", limit=self.settings.max_live_runs)
            self._make_room(cost.memory_bytes - FIXED_BYTES, where, owner)
            worker = self._worker(where)
            run = Run(
                experiment, cost, worker, owner=owner, paused=paused, clock=self._clock, begin=begin
            )
            self._runs[run.id] = run
            worker.add(run)
        return run

    def let_step(self, run: Run) -> None:
        """Before a run that was only looked at begins to train: it needs a place. Raises: ExperimentError."""
        with self._lock:
            if run.is_untouched and self._training(run.owner) >= self.settings.max_live_runs:
                raise ExperimentError.at("", "busy", limit=self.settings.max_live_runs)

    def get(self, run_id: str) -> Run:
        """Raises: ExperimentError where there is no such run (any more)."""
        run = self._runs.get(run_id)
        if run is None:
            raise ExperimentError.at("", "no_such_run")
        return run

    def controlled(self, run_id: str, control: object) -> Run:
        """The run, for somebody who may steer it. Raises: ExperimentError for a watcher."""
        run = self.get(run_id)
        key = control.encode("utf-8", "replace") if isinstance(control, str) else b""
        if not secrets.compare_digest(run.control.encode(), key):
            raise ExperimentError.at("", "not_yours")
        return run

    def runs(self) -> list[Run]:
        """Oldest first."""
        return list(self._runs.values())

    def sweep(self, now: float | None = None) -> None:
        """Stops runs that nobody has watched for the grace time; runs never watched at all are left alone."""
        now = self._clock() if now is None else now
        grace = self.settings.unwatched_grace_s
        for run in self._live():
            if run.watched_at is not None and not run.watchers and now - run.watched_at > grace:
                step = run.view().step
                run.stop(Fault("", "unwatched", {"step": step, "seconds": round(grace)}))

    def close(self) -> None:
        """Stops every worker; for tests and for the end of the process."""
        with self._closed:
            self._is_closed = True
            self._closed.notify_all()
        for worker in self._workers.values():
            worker.close()
        for worker in self._workers.values():
            worker.join(10)

    def _live(self) -> list[Run]:
        return [run for run in self.runs() if run.is_live]

    def _training(self, owner: str) -> int:
        """Runs that take a place: not those of this owner, which stop now, and not those that are only looked at."""
        return sum(not (run.is_untouched or (owner and run.owner == owner)) for run in self._live())

    def _make_room(self, needed: int, device: torch.device, owner: str) -> None:
        """Forgets ended runs, and then those only looked at, the oldest and unwatched first, until one more fits.

        Raises: ExperimentError where it never does.
        """
        runs = sorted(self._runs.values(), key=lambda run: (run.is_live, run.watchers > 0))
        going = [run for run in runs if not run.is_live or run.is_untouched]
        limit = self.settings.max_held_bytes
        while (
            len(self._runs) >= self.settings.max_runs or self._held(device, owner) + needed > limit
        ):
            if not going:
                if len(self._runs) >= self.settings.max_runs:
                    raise ExperimentError.at("", "busy", limit=self.settings.max_runs)
                raise ExperimentError.at(
                    "", "no_room", given=bytes_text(needed), limit=bytes_text(limit)
                )
            self._forget(going.pop(0))

    def _held(self, device: torch.device, owner: str) -> int:
        """Predicted memory of the runs on a device, without those of this owner that stop now."""
        here = [run for run in self._runs.values() if run.device == device]
        return sum(
            run.held_bytes for run in here if not (owner and run.owner == owner and run.is_live)
        )

    def _forget(self, run: Run) -> None:
        del self._runs[run.id]
        run.leave()

    def _worker(self, device: torch.device) -> Worker:
        worker = self._workers.get(str(device))
        if worker is None or not worker.is_alive():
            worker = self._workers[str(device)] = Worker(device, self.settings, self._clock)
            worker.start()
            if not self._keeper.is_alive():
                self._keeper.start()
        return worker

    def _keep(self) -> None:
        while True:
            with self._closed:
                if self._closed.wait_for(lambda: self._is_closed, SWEEP_S):
                    return
            self.sweep()
