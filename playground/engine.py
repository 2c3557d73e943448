"""Runs in the background: one worker thread per device, on which runs take turns in short time slices."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Condition, RLock, Thread
from typing import Any, Literal, Protocol, TypeVar

import torch

from .cost import FIXED_BYTES, Cost, admit, bytes_text
from .devices import check_precision, device_named
from .experiment import Experiment
from .faults import ExperimentError, Fault
from .history import History
from .settings import Settings
from .training import ADJUSTABLE, Diverged, Trainer

State = Literal["queued", "running", "paused", "done", "stopped", "failed"]
LIVE = frozenset({"queued", "running", "paused"})
SLICE_S = 0.03
FLUSH_S = 0.1
SWEEP_S = 2.0
SHARE_S = 1.0  # how long a run's share of its device is measured
MOST_QUESTIONS = 64  # waiting for one run

A = TypeVar("A", covariant=True)
Answer = TypeVar("Answer")
Clock = Callable[[], float]
Begin = Callable[[Trainer], object]


class Question(Protocol[A]):
    """Something to ask a model: called by the run's worker between two steps, with the model at rest.

    Must leave the model as it was, use no global random numbers, and return plain data, never the live model.
    """

    def __call__(self, trainer: Trainer) -> A: ...


@dataclass(frozen=True)
class RunView:
    """A run at one moment, to look at."""

    id: str
    name: str
    device: str
    state: State
    reason: Fault | None
    epoch: int
    epochs: int
    step: int
    total_steps: int
    steps_per_epoch: int
    samples_per_s: float | None
    time_left_s: float | None
    lr: float
    threads: int
    watchers: int
    loaded: bool


class Run:
    """One training run: control it and ask it from any thread; only its worker touches the model."""

    def __init__(
        self,
        experiment: Experiment,
        cost: Cost,
        worker: "Worker",
        *,
        owner: str,
        paused: bool,
        clock: Clock,
        begin: Begin | None = None,
    ):
        self.id = secrets.token_urlsafe(16)
        self.control = secrets.token_urlsafe(16)
        self.owner = owner
        self.experiment = experiment
        self.cost = cost
        self.state: State = "paused" if paused else "queued"
        self.reason: Fault | None = None
        self.history = History()
        self.watched_at: float | None = None
        self._watchers = 0
        self._worker = worker
        self._clock = clock
        self._begin = begin
        self._loaded = begin is not None
        self._paused = paused
        self._steps_owed = 0
        self._stop_reason: Fault | None = None
        self._stopping = False
        self._changes: dict[str, float | None] = {}
        self._questions: deque[tuple[Question[Any], Future[Any]]] = deque()
        self._trainer: Trainer | None = None
        self._flushed_at = 0.0
        self._changed = 0
        self._share = 1.0
        self._share_from: tuple[float, float] | None = None

    # What anybody may do.

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def version(self) -> int:
        """Grows with everything there is to see."""
        return self._changed

    def pause(self) -> None:
        """Rests after the present step."""
        self._command(lambda: setattr(self, "_paused", True))

    def resume(self) -> None:
        """Goes on."""
        self._command(lambda: setattr(self, "_paused", False))

    def step_once(self) -> None:
        """Pauses, and makes one more step."""

        def owe() -> None:
            self._paused = True
            self._steps_owed += 1

        self._command(owe)

    def stop(self, reason: Fault | None = None) -> None:
        """Ends the run; its model stays to be asked."""

        def end() -> None:
            self._stopping, self._stop_reason = True, reason

        self._command(end)

    def set(self, name: str, value: Any) -> None:
        """Changes one of `training.ADJUSTABLE` from the next step on.

        Raises: ExperimentError for a bad value, or a setting that this run does not have.
        """
        if not isinstance(name, str) or name not in ADJUSTABLE:
            raise ExperimentError.at("name", "not_live", given=str(name)[:40], known=", ".join(ADJUSTABLE))
        checked: Any = self.experiment.with_value(ADJUSTABLE[name], value)
        for part in ADJUSTABLE[name]:
            checked = getattr(checked, part)
        self._command(lambda: self._changes.update({name: checked}))

    def ask(self, question: Question[Answer], timeout_s: float = 30.0) -> Answer:
        """The answer of the model as it is now, given between two steps. Raises: what the question raises."""
        return self.ask_soon(question).result(timeout_s)

    def ask_soon(self, question: Question[Answer]) -> "Future[Answer]":
        """The same without waiting."""
        future: Future[Answer] = Future()
        with self._worker.condition:
            if not self._worker.has(self):
                future.set_exception(ExperimentError.at("", "no_such_run"))
                return future
            if len(self._questions) >= MOST_QUESTIONS:
                self._questions = deque(each for each in self._questions if not each[1].cancelled())
            if len(self._questions) >= MOST_QUESTIONS:
                future.set_exception(ExperimentError.at("", "too_busy"))
                return future
            self._questions.append((question, future))
            self._worker.condition.notify_all()
        return future

    def watch(self, delta: int, now: float | None = None) -> None:
        """Counts a page that begins (+1) or ceases (−1) to watch."""
        self._watchers = max(0, self._watchers + delta)
        self.watched_at = self._clock() if now is None else now

    @property
    def watchers(self) -> int:
        return self._watchers

    @property
    def device(self) -> torch.device:
        return self._worker.device

    def view(self) -> RunView:
        """The run as it is now."""
        trainer = self._trainer
        step = trainer.step if trainer else 0
        own_speed = trainer.steps_per_s if trainer else None
        speed = None if own_speed is None else own_speed * self._share
        data = self.experiment.data
        batch = data.batch_size * min(self.experiment.training.accumulate, data.steps_per_epoch())
        left = None if speed is None or not trainer else (trainer.total_steps - step) / speed
        return RunView(
            id=self.id,
            name=self.experiment.name,
            device=str(self._worker.device),
            state=self.state,
            reason=self.reason,
            epoch=min(step // self.cost.steps_per_epoch + 1, self.experiment.training.epochs) if step else 0,
            epochs=self.experiment.training.epochs,
            step=step,
            total_steps=self.cost.steps,
            steps_per_epoch=self.cost.steps_per_epoch,
            samples_per_s=None if speed is None else speed * batch,
            time_left_s=left,
            lr=trainer.lr if trainer else self.experiment.training.optimizer.lr,
            threads=self.cost.threads,
            watchers=self._watchers,
            loaded=self._loaded,
        )

    def wait(self, timeout_s: float | None = None) -> State:
        """Blocks until the run has ended (or the time is over). Out: its state then."""
        with self._worker.condition:
            self._worker.condition.wait_for(lambda: not self.is_live, timeout_s)
        return self.state

    def wait_until(self, done: Callable[["Run"], bool], timeout_s: float | None = None) -> bool:
        """Blocks until `done(run)`, looked at after every slice."""
        with self._worker.condition:
            return self._worker.condition.wait_for(lambda: done(self), timeout_s)

    def _command(self, change: Callable[[], None]) -> None:
        with self._worker.condition:
            if not self.is_live:
                return
            change()
            self._settle_paused()
            self._changed += 1
            self._worker.condition.notify_all()

    def _settle_paused(self) -> None:
        waiting: State = "queued" if self._trainer is None else "running"
        self.state = "paused" if self._paused else waiting

    # What only the worker does.

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._questions)

    @property
    def is_untouched(self) -> bool:
        """Whether it was only made to be looked at: paused before its first step."""
        trainer = self._trainer
        return self.state == "paused" and not self._steps_owed and (trainer is None or trainer.step == 0)

    @property
    def held_bytes(self) -> int:
        """Predicted memory that it holds beyond the libraries: ended runs keep their weights alone."""
        return self.cost.memory_bytes - FIXED_BYTES if self.is_live else 4 * self.cost.parameters

    @property
    def has_work(self) -> bool:
        """Whether the worker should give it a turn."""
        if self._questions or (self.is_live and (self._stopping or self._changes or self._steps_owed)):
            return True
        return self.state in ("queued", "running")

    def abandon(self) -> None:
        """Ends a live run because its worker ends."""
        if self.is_live:
            self._end("stopped", None)

    def take_turn(self, deadline: float, settings: Settings) -> None:
        """Works until `deadline` or until there is nothing to do; every failure ends this run only."""
        try:
            self._work(deadline, settings)
        except Diverged as divergence:
            self._end("failed", divergence.fault)
        except ExperimentError as error:
            self._end("failed", error.faults[0])
        except Exception as error:
            self._end("failed", self._fault_of(error))
        if self._trainer is None and self.reason is not None:
            self.refuse_questions(self.reason)

    def lose(self, error: Exception) -> None:
        """Ends the run where even its ending failed; nothing of it is touched any more."""
        with self._worker.condition:
            self.state, self.reason = "failed", self._fault_of(error)
            self._changed += 1
            self.refuse_questions(self.reason)
            self._worker.condition.notify_all()

    def _work(self, deadline: float, settings: Settings) -> None:
        if self._stopping and self.is_live:
            self._end("stopped", self._stop_reason)
        trainer = self._trainer
        if trainer is None:
            if not self.is_live and not self._questions:
                return
            trainer = Trainer(self.experiment, self._worker.device, Settings.unlimited())
            if self._begin is not None:
                self._begin(trainer)
                self._begin = None
            self._trainer = trainer
            self.history = trainer.history
        with self._worker.condition:
            if self.state == "queued":
                self.state = "running"
        half = (self._clock() + deadline) / 2
        with trainer.turn():
            while True:
                self._answer(trainer, half)
                while self._changes:
                    trainer.set(*self._changes.popitem())
                if self._stopping and self.is_live:
                    self._end("stopped", self._stop_reason)
                if not self._may_step():
                    break
                self._one_unit(trainer)
                if trainer.finished:
                    self._end("done", trainer.end_reason)
                now = self._clock()
                if now - self._flushed_at > FLUSH_S:
                    self._flush(trainer, now)
                if now >= deadline:
                    break
        self._measure_share(trainer)
        if self.state == "paused":
            self._flush(trainer, self._clock())
        if self.is_live and trainer.busy_s > settings.max_run_s:
            seconds = round(settings.max_run_s)
            self._end("stopped", Fault("", "time_limit", {"step": trainer.step, "seconds": seconds}))
        self._changed += 1

    def _measure_share(self, trainer: Trainer) -> None:
        """Which part of the time the device was this run's own: it may share it with others."""
        now, busy_s = self._clock(), trainer.busy_s
        if self.state != "running":
            self._share_from = None
        elif self._share_from is None:
            self._share_from = now, busy_s
        elif now - self._share_from[0] > SHARE_S:
            self._share = min(1.0, (busy_s - self._share_from[1]) / (now - self._share_from[0]))
            self._share_from = now, busy_s

    def _may_step(self) -> bool:
        return self.state == "running" or (self.state == "paused" and self._steps_owed > 0)

    def _one_unit(self, trainer: Trainer) -> None:
        before = trainer.step
        trainer.advance()
        if trainer.step > before and self._steps_owed:
            self._steps_owed -= 1
            while trainer.validating:
                trainer.advance()

    def _flush(self, trainer: Trainer, now: float) -> None:
        trainer.flush()
        self._flushed_at = now
        self._changed += 1

    def _end(self, state: State, reason: Fault | None) -> None:
        if self._trainer is not None:
            try:
                self._trainer.flush()
            except Diverged as divergence:
                state, reason = "failed", divergence.fault
            except Exception as error:  # a device that is gone: what was measured last cannot be read any more
                state, reason = "failed", reason if state == "failed" else self._fault_of(error)
            try:
                self._trainer.release()
            except Exception as error:  # the same
                state, reason = "failed", reason if state == "failed" else self._fault_of(error)
        with self._worker.condition:
            self.reason = reason
            self.state = state
            self._changed += 1
            self._worker.condition.notify_all()

    def _answer(self, trainer: Trainer, until: float) -> None:
        """Answers one question, and more of them until then: whoever asks much must not stop the training."""
        asked = False
        while self._questions and not (asked and self._clock() >= until):
            question, future = self._questions.popleft()
            asked = True
            if not future.set_running_or_notify_cancel():
                continue
            was_training = trainer.model.training
            trainer.model.eval()
            try:
                with trainer.judged():
                    future.set_result(question(trainer))
            except Exception as error:
                future.set_exception(error)
            finally:
                trainer.model.train(was_training)

    def refuse_questions(self, fault: Fault) -> None:
        """Nobody waits for an answer that will not come."""
        while self._questions:
            _, future = self._questions.popleft()
            if future.set_running_or_notify_cancel():
                future.set_exception(ExperimentError(fault))

    def _fault_of(self, error: Exception) -> Fault:
        step = self._trainer.step if self._trainer else 0
        device, detail = str(self._worker.device), (str(error).splitlines() or [type(error).__name__])[0][:200]
        if isinstance(error, torch.OutOfMemoryError | MemoryError) or "out of memory" in detail.lower():
            return Fault("", "out_of_memory", {"device": device, "step": step})
        if "CUDA error" in detail or "MPS backend" in detail:
            return Fault("", "device_lost", {"device": device, "step": step, "detail": detail})
        return Fault("", "crashed", {"step": step, "detail": detail})


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
                asked = next((run for run in self._runs if run.is_asked), None) if self._turns % 2 else None
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
            run = Run(experiment, cost, worker, owner=owner, paused=paused, clock=self._clock, begin=begin)
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
        while len(self._runs) >= self.settings.max_runs or self._held(device, owner) + needed > limit:
            if not going:
                if len(self._runs) >= self.settings.max_runs:
                    raise ExperimentError.at("", "busy", limit=self.settings.max_runs)
                raise ExperimentError.at("", "no_room", given=bytes_text(needed), limit=bytes_text(limit))
            self._forget(going.pop(0))

    def _held(self, device: torch.device, owner: str) -> int:
        """Predicted memory of the runs on a device, without those of this owner that stop now."""
        here = [run for run in self._runs.values() if run.device == device]
        return sum(run.held_bytes for run in here if not (owner and run.owner == owner and run.is_live))

    def _forget(self, run: Run) -> None:
        run.stop()
        del self._runs[run.id]
        run._worker.remove(run)

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
