"""All runs of this process: who may start one, who has to make room, and who is stopped."""

import logging
import secrets
import time
from threading import RLock

import torch

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import FIXED_BYTES, admit, bytes_text
from ..settings import Settings
from .devices import check_precision, device_named
from .keeper import Keeper
from .run import Run
from .work import Begin, Clock
from .worker import Worker

CLOSE_S = 10.0  # that closing waits for the slice under way on a device

logger = logging.getLogger(__name__)


class Engine:
    """Starts runs, finds them, and keeps the limits. A thread for every device trains them."""

    def __init__(self, settings: Settings | None = None, clock: Clock = time.monotonic):
        self.settings = settings or Settings.from_environment()
        self._clock = clock
        self._runs: dict[str, Run] = {}
        self._workers: dict[str, Worker] = {}
        self._lock = RLock()
        self._keeper = Keeper(self.sweep)

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
        plan = admit(experiment, self.settings)
        place = device_named(device)
        check_precision(experiment.training.precision, place)
        with self._lock:
            for earlier in self._live():
                if _is_of(earlier, owner):
                    earlier.stop()
            if not paused:
                self._check_place(owner)
            self._make_room(plan.cost.memory_bytes - FIXED_BYTES, place, owner)
            worker = self._worker(place)
            run = Run(
                experiment,
                plan,
                worker,
                owner=owner,
                paused=paused,
                clock=self._clock,
                begin=begin,
            )
            self._runs[run.id] = run
            worker.add(run)
        return run

    def let_step(self, run: Run) -> None:
        """Before a run that was only looked at begins to train: it needs a place. Raises: ExperimentError."""
        with self._lock:
            if _is_untouched(run):
                self._check_place(run.owner)

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
        for run in self._live():
            try:
                self._stop_if_unwatched(run, now)
            except Exception:  # one bad run must not keep the others
                logger.exception("run %s could not be swept", run.id)

    def close(self, timeout_s: float = CLOSE_S) -> None:
        """Stops every worker after its present slice; for tests and for the end of the process."""
        self._keeper.close()
        for worker in self._workers.values():
            worker.close()
        deadline = time.monotonic() + timeout_s
        for worker in self._workers.values():
            worker.join(max(0.0, deadline - time.monotonic()))

    def _stop_if_unwatched(self, run: Run, now: float) -> None:
        grace_s = self.settings.unwatched_grace_s
        if run.watched_at is None or run.watchers or now - run.watched_at <= grace_s:
            return
        values = {"step": run.view().step, "seconds": round(grace_s)}
        run.stop(Fault("", "unwatched", values))

    def _live(self) -> list[Run]:
        return [run for run in self.runs() if run.is_live]

    def _check_place(self, owner: str) -> None:
        """Raises: ExperimentError where all places for training are taken.

        Not counted are this owner's, which stop now, and runs that are only looked at.
        """
        taken = 0
        for run in self._live():
            if not _is_of(run, owner) and not _is_untouched(run):
                taken += 1
        if taken >= self.settings.max_live_runs:
            raise ExperimentError.at("", "busy", limit=self.settings.max_live_runs)

    def _make_room(self, needed: int, device: torch.device, owner: str) -> None:
        """Forgets ended runs, and then those only looked at, the oldest and unwatched first, until one more fits.

        Raises: ExperimentError where it never does.
        """
        by_worth = sorted(self.runs(), key=lambda run: (run.is_live, run.watchers > 0))
        may_go = [run for run in by_worth if not run.is_live or _is_untouched(run)]
        limit = self.settings.max_held_bytes
        while True:
            is_full = len(self._runs) >= self.settings.max_runs
            if not is_full and self._held(device, owner) + needed <= limit:
                return
            if may_go:
                self._forget(may_go.pop(0))
            elif is_full:
                raise ExperimentError.at("", "busy", limit=self.settings.max_runs)
            else:
                values = {"given": bytes_text(needed), "limit": bytes_text(limit)}
                raise ExperimentError.at("", "no_room", **values)

    def _held(self, device: torch.device, owner: str) -> int:
        """Predicted memory of the runs on a device, without those of this owner that stop now."""
        held = 0
        for run in self.runs():
            stops_now = run.is_live and _is_of(run, owner)
            if run.device == device and not stops_now:
                held += run.held_bytes
        return held

    def _forget(self, run: Run) -> None:
        del self._runs[run.id]
        run.leave()

    def _worker(self, device: torch.device) -> Worker:
        worker = self._workers.get(str(device))
        if worker is None or not worker.is_alive():
            worker = Worker(device, self.settings, self._clock)
            self._workers[str(device)] = worker
            worker.start()
        if self._keeper.ident is None:
            self._keeper.start()
        return worker


def _is_of(run: Run, owner: str) -> bool:
    """Whether it belongs to an owner; nobody in particular owns the runs of a program."""
    return bool(owner) and run.owner == owner


def _is_untouched(run: Run) -> bool:
    """Whether it was only made to be looked at. One whose state cannot be read counts as one that trains."""
    try:
        return run.is_untouched
    except Exception:
        logger.exception("the state of run %s cannot be read", run.id)
        return False
