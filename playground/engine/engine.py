"""All runs of this process: who may start one, who has to make room, and who is stopped."""

import time
from collections.abc import Callable, Sequence
from threading import RLock

import torch

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import bytes_text
from ..network.limits import admit
from ..settings import Settings
from .clients import OWNER, Client
from .devices import check_precision, device_named
from .kept import next_to_go
from .places import Places
from .run import Run
from .run_facts import RunFacts, facts_of
from .shares import Shares
from .sweeper import Sweeper
from .work import Begin, Clock
from .worker import Worker

CLOSE_S = 10.0  # that closing waits for the slice under way on a device


class Engine:
    """Starts runs, finds them, and keeps the limits. A thread for every device trains them."""

    @property
    def trains(self) -> bool:
        """Whether any device has something to train."""
        return any(worker.trains for worker in list(self._workers.values()))

    def __init__(self, settings: Settings | None = None, clock: Clock = time.monotonic):
        self.settings = settings or Settings.from_environment()
        self._clock = clock
        self._runs: dict[str, Run] = {}
        self._workers: dict[str, Worker] = {}
        self._lock = RLock()
        self._sweeper = Sweeper(self.sweep)
        self._places = Places(self.settings, self._forget_for_memory)

    def start(
        self,
        experiment: Experiment,
        device: str = "cpu",
        *,
        owner: str = "",
        client: Client = OWNER,
        paused: bool = False,
        begin: Begin | None = None,
    ) -> Run:
        """Starts a run; an owner's earlier live run is stopped. Where no place is free, it waits in line for one.

        In: `client` is whose share of the places it takes; `begin` is called with the fresh trainer before its first
        step (`StartingWeights`, a `Checkpoint`); what it raises ends the run.
        Raises: ExperimentError where something is wrong with the experiment, it is too much for this machine, there is
        no such device, or the line is full.
        """
        where = device_named(device)
        plan = admit(experiment, self.settings, where.type)
        check_precision(experiment.training.precision, where)
        with self._lock:
            worker = self._worker(where)
            run = Run(
                experiment,
                plan,
                worker,
                owner=owner,
                client=client,
                paused=paused,
                clock=self._clock,
                begin=begin,
            )
            earlier = self._live_runs_of(owner)
            self._let_in(run, earlier, wants_place=not paused)
            for other in earlier:
                other.stop()
            self._runs[run.id] = run
            worker.add(run)
        return run

    def let_step(self, run: Run, act: Callable[[], object]) -> None:
        """Lets a run train that was only looked at, or gave up its place: at once, or when it is its turn.

        In: `act` makes it go on or make a step. Raises: ExperimentError where the line is full.
        """
        with self._lock:
            if not self._places.has_place(run) and run.is_live:
                self._line_up(run, self.runs())
            act()

    def get(self, run_id: str) -> Run:
        """Raises: ExperimentError where there is no such run (any more)."""
        run = self._runs.get(run_id)
        if run is None:
            raise ExperimentError.at("", "no_such_run")
        return run

    def controlled(self, run_id: str, control: object) -> Run:
        """The run, for somebody who may steer it. Raises: ExperimentError for a watcher."""
        run = self.get(run_id)
        if not run.is_controlled_by(control):
            raise ExperimentError.at("", "not_yours")
        return run

    def runs(self) -> list[Run]:
        """Oldest first."""
        return list(self._runs.values())

    def sweep(self) -> None:
        """Stops what nobody watches any more, and hands out the places that are free."""
        with self._lock:
            for worker in self._workers.values():
                worker.thread.ensure()
            all_facts = facts_of(self.runs(), only_live=True)
            for facts in all_facts:
                self._stop_if_abandoned(facts)
            self._places.drop_absent(all_facts)
            self._hand_out(self.runs())

    def threads(self) -> dict[str, bool]:
        """The sweeper and the worker of each device in use: whether it lives, as far as it has to."""
        lives = {"sweeper": not self._sweeper.thread.has_died}
        for device, worker in list(self._workers.items()):
            lives[device] = not worker.thread.has_died
        return lives

    def n_places_taken(self) -> int:
        """Places in which a run trains or rests."""
        return sum(run.is_live and self._places.has_place(run) for run in self.runs())

    def look_after(self) -> None:
        """Makes sure that the thread lives which looks after all others."""
        if self._workers:
            self._sweeper.thread.ensure()

    def close(self, timeout_s: float = CLOSE_S) -> None:
        """Stops every worker after its present slice; for tests and for the end of the process."""
        self._sweeper.close()
        for worker in self._workers.values():
            worker.close()
        deadline = time.monotonic() + timeout_s
        for worker in self._workers.values():
            worker.thread.join(max(0.0, deadline - time.monotonic()))

    def _live_runs_of(self, owner: str) -> list[Run]:
        """Nobody in particular owns the runs of a program."""
        if not owner:
            return []
        own = [run for run in self.runs() if run.owner == owner]
        return [facts.run for facts in facts_of(own) if facts.is_live]

    # ---- who comes in ----

    def _let_in(self, run: Run, earlier: Sequence[Run], wants_place: bool) -> None:
        """Raises: ExperimentError where there is no room for it, now or ever."""
        limit = self.settings.max_held_bytes
        if run.full_bytes > limit:
            raise _no_room(run, limit)
        self._forget_for_number()
        others = [other for other in self.runs() if other not in earlier]
        if not wants_place:
            self._look_at(run, others)
            return
        has_inherited = False
        for other in earlier:
            has_inherited |= self._places.inherit(run, other)
        self._line_up(run, [*others, run], may_wait=has_inherited)

    def _look_at(self, run: Run, others: Sequence[Run]) -> None:
        """Lets in a run that only answers questions. Raises: ExperimentError where there is no memory for it."""
        (facts,) = facts_of([run])
        room = self._places.room(facts_of(others))
        if room.lack_of_memory(facts) is not None:
            raise _no_room(run, self.settings.max_held_bytes)
        self._forget_for_memory(facts)

    def _line_up(self, run: Run, runs: Sequence[Run], may_wait: bool = False) -> None:
        """Lets a run begin, or wait. Raises: ExperimentError where it would have to wait and the line is full."""
        now = self._clock()
        self._places.join(run, now)
        self._hand_out(runs)
        if run.state == "waiting" and not may_wait:
            try:
                self._places.check_line(run.client, facts_of(runs, only_live=True), now)
            except ExperimentError:
                self._places.leave(run)
                raise

    def _hand_out(self, runs: Sequence[Run]) -> None:
        now = self._clock()
        # To read hundreds of runs takes milliseconds, which training does not get: only what has changed is read again.
        all_facts = facts_of(runs, only_live=True)
        if self._places.fill(all_facts, now):
            all_facts = facts_of(runs, only_live=True)
        if self._places.make_way(all_facts, now):
            self._places.fill(facts_of(runs, only_live=True), now)

    # ---- who goes ----

    def _stop_if_abandoned(self, facts: RunFacts) -> None:
        grace_s = self.settings.unwatched_grace_s
        if facts.is_live and facts.unwatched_s is not None and facts.unwatched_s > grace_s:
            values = {"step": facts.step, "seconds": round(grace_s)}
            facts.run.stop(Fault("", "unwatched", values))

    def _forget_for_number(self) -> None:
        """Makes room for one more run. Raises: ExperimentError where all of them are needed."""
        if len(self._runs) < self.settings.max_runs:
            return
        kept = [facts for facts in facts_of(self.runs()) if not facts.is_waiting]
        shares = Shares.of_kept_runs(self.settings)
        while len(kept) >= self.settings.max_runs:
            goes = next_to_go(kept, lambda _: 1, shares) or self._left_for_longest(kept)
            if goes is None:
                raise ExperimentError.at("", "busy", limit=self.settings.max_runs)
            kept.remove(goes)
            self._forget(goes.run)

    def _left_for_longest(self, kept: Sequence[RunFacts]) -> RunFacts | None:
        """A paused run that everybody has left: a hundred checkpoints handed in would keep out everybody else."""
        away = []
        for facts in kept:
            left_s = facts.unwatched_s or 0.0
            if facts.is_paused and left_s > self.settings.gives_way_after_s:
                away.append(facts)
        return max(away, key=lambda facts: facts.unwatched_s or 0.0, default=None)

    def _forget_for_memory(self, needing: RunFacts) -> None:
        """Forgets runs that have ended or are only looked at, until there is memory for one more."""
        kept = []
        for facts in facts_of(self.runs()):
            is_other = facts.run is not needing.run and not _is_replaced(facts, needing.run)
            if is_other and facts.device == needing.device:
                kept.append(facts)
        held = sum(facts.held_bytes for facts in kept)
        shares = Shares.of_memory(self.settings)
        while held + needing.full_bytes > self.settings.max_held_bytes:
            goes = next_to_go(kept, lambda facts: facts.held_bytes, shares)
            if goes is None:
                return
            kept.remove(goes)
            held -= goes.held_bytes
            self._forget(goes.run)

    def _forget(self, run: Run) -> None:
        del self._runs[run.id]
        run.leave()

    def _worker(self, device: torch.device) -> Worker:
        worker = self._workers.get(str(device))
        if worker is None or worker.thread.has_ended:
            worker = Worker(device, self.settings, self._clock, ended=self._sweeper.wake)
            self._workers[str(device)] = worker
        worker.thread.ensure()
        self._sweeper.thread.ensure()
        return worker


def _is_replaced(facts: RunFacts, run: Run) -> bool:
    """Whether it stops because its owner begins another one."""
    return facts.is_live and bool(run.owner) and facts.run.owner == run.owner


def _no_room(run: Run, limit: int) -> ExperimentError:
    values = {"given": bytes_text(run.full_bytes), "limit": bytes_text(limit)}
    return ExperimentError.at("", "no_room", **values)
