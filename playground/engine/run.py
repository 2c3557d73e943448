"""One run: what anybody may do with it from any thread, and what only its worker does."""

import secrets
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Condition
from typing import Any, Literal, Protocol, TypeVar

import torch

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import FIXED_BYTES, Cost
from ..settings import Settings
from ..training.history import History
from ..training.trainer import ADJUSTABLE, Diverged, Trainer

State = Literal["queued", "running", "paused", "done", "stopped", "failed"]
LIVE = frozenset({"queued", "running", "paused"})
FLUSH_S = 0.1
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


class Home(Protocol):
    """The worker that a run belongs to, as far as the run needs it."""

    device: torch.device
    condition: Condition

    def has(self, run: "Run") -> bool: ...

    def remove(self, run: "Run") -> None: ...


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
        worker: Home,
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
            raise ExperimentError.at(
                "name", "not_live", given=str(name)[:40], known=", ".join(ADJUSTABLE)
            )
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
            epoch=min(step // self.cost.steps_per_epoch + 1, self.experiment.training.epochs)
            if step
            else 0,
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
        return (
            self.state == "paused"
            and not self._steps_owed
            and (trainer is None or trainer.step == 0)
        )

    @property
    def held_bytes(self) -> int:
        """Predicted memory that it holds beyond the libraries: ended runs keep their weights alone."""
        return self.cost.memory_bytes - FIXED_BYTES if self.is_live else 4 * self.cost.parameters

    @property
    def has_work(self) -> bool:
        """Whether the worker should give it a turn."""
        if self._questions or (
            self.is_live and (self._stopping or self._changes or self._steps_owed)
        ):
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

    def leave(self) -> None:
        """Stops, and is known to its worker no more."""
        self.stop()
        self._worker.remove(self)

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
            self._end(
                "stopped", Fault("", "time_limit", {"step": trainer.step, "seconds": seconds})
            )
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
            except (
                Exception
            ) as error:  # a device that is gone: what was measured last cannot be read any more
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
        device, detail = (
            str(self._worker.device),
            (str(error).splitlines() or [type(error).__name__])[0][:200],
        )
        if (
            isinstance(error, torch.OutOfMemoryError | MemoryError)
            or "out of memory" in detail.lower()
        ):
            return Fault("", "out_of_memory", {"device": device, "step": step})
        if "CUDA error" in detail or "MPS backend" in detail:
            return Fault("", "device_lost", {"device": device, "step": step, "detail": detail})
        return Fault("", "crashed", {"step": step, "detail": detail})
