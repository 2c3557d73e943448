"""What only the worker of a run does: builds its trainer, makes steps, answers between them, and ends it."""

from collections.abc import Callable

import torch

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import Plan
from ..settings import Settings
from ..training.history import History
from ..training.trainer import Diverged, Trainer
from .answer_time import AnswerTime
from .busy_share import BusyShare
from .inbox import Inbox
from .question_queue import QuestionQueue
from .status import Status
from .view import State

ANSWERS_S = 0.015  # of answers at a stretch while the run trains
FLUSH_S = 0.1  # between two looks at what was measured
# In a RuntimeError of torch: on a GPU, on the CPU.
MEMORY_WORDS = ("out of memory", "can't allocate memory", "cannot allocate memory")

Clock = Callable[[], float]
Begin = Callable[[Trainer], object]


class Work:
    """One run's training, a short turn at a time. No other thread calls its methods."""

    def __init__(
        self,
        experiment: Experiment,
        plan: Plan,
        device: torch.device,
        *,
        status: Status,
        inbox: Inbox,
        questions: QuestionQueue,
        clock: Clock,
        begin: Begin | None,
    ):
        self.trainer: Trainer | None = None
        self.history = History()
        self.device = device
        self.share = BusyShare()
        self.answered_s = 0.0
        self._experiment = experiment
        self._plan = plan
        self._status = status
        self._inbox = inbox
        self._questions = questions
        self._clock = clock
        self._begin = begin
        self._flushed_at = 0.0
        self._answer_time = AnswerTime(ANSWERS_S)

    @property
    def step(self) -> int:
        """Optimisation steps made."""
        return self.trainer.step if self.trainer else 0

    def take_turn(self, deadline: float, settings: Settings, answers_only: bool = False) -> None:
        """Works until `deadline` or until there is nothing to do; every failure ends this run only.

        In: `answers_only` where it is not this run's turn to train.
        """
        try:
            self._work(deadline, settings, answers_only)
        except Diverged as divergence:
            self.end("failed", divergence.fault)
        except ExperimentError as error:
            self.end("failed", error.faults[0])
        except Exception as error:
            self.end("failed", self.fault_of(error))
        if self.trainer is None and self._status.reason is not None:
            self._questions.refuse(self._status.reason)

    def end(self, state: State, reason: Fault | None) -> None:
        """Ends the run; what goes wrong while it ends is then why it failed."""
        trainer = self.trainer
        for last_act in (trainer.flush, trainer.release) if trainer else ():
            try:
                last_act()
            except Diverged as divergence:
                state, reason = "failed", divergence.fault
            except Exception as error:  # a device that is gone: its numbers cannot be read any more
                reason = reason if state == "failed" else self.fault_of(error)
                state = "failed"
        self._status.end(state, reason)

    def fault_of(self, error: Exception) -> Fault:
        """An exception of torch or of ours, in words."""
        lines = str(error).splitlines() or [type(error).__name__]
        detail, device = lines[0][:200], str(self.device)
        is_memory_error = isinstance(error, torch.OutOfMemoryError | MemoryError)
        if is_memory_error or any(words in detail.lower() for words in MEMORY_WORDS):
            return Fault("", "out_of_memory", {"device": device, "step": self.step})
        if "CUDA error" in detail or "MPS backend" in detail:
            values = {"device": device, "step": self.step, "detail": detail}
            return Fault("", "device_lost", values)
        return Fault("", "crashed", {"step": self.step, "detail": detail})

    def _work(self, deadline: float, settings: Settings, answers_only: bool) -> None:
        self._obey_stop()
        if self.trainer is None and not self._status.is_live and not self._questions:
            return  # stopped before it began, and nobody wants to know anything
        has_built = self.trainer is None
        trainer = self._ready_trainer()
        self._status.begin()
        # To build a large network takes a turn of its own: others must not wait for its first step as well.
        is_over = has_built and self._clock() >= deadline
        with trainer.turn():
            self._work_until(deadline, trainer, answers_only or is_over)
        self.share.measure(self._status.state == "running", self._clock(), trainer.busy_s)
        if self._status.state == "paused":
            self._flush(trainer)
        if self._status.is_live and trainer.busy_s > settings.max_run_s:
            values = {"step": trainer.step, "seconds": round(settings.max_run_s)}
            self.end("stopped", Fault("", "time_limit", values))
        self._status.show()

    def _ready_trainer(self) -> Trainer:
        """The trainer; built at the first turn, so that building it takes no time of other threads."""
        if self.trainer is None:
            trainer = Trainer(self._experiment, self.device, Settings.unlimited(), self._plan)
            if self._begin is not None:
                self._begin(trainer)
                self._begin = None  # what it holds, all weights of a file, is not needed any more
            self.trainer = trainer
            self.history = trainer.history
        return self.trainer

    def _work_until(self, deadline: float, trainer: Trainer, answers_only: bool) -> None:
        """Answers, obeys, makes a step, again and again; half of the time may go into answers."""
        halfway = (self._clock() + deadline) / 2
        while True:
            self._answer(trainer, halfway, answers_only)
            self._obey_changes(trainer)
            self._obey_stop()
            if answers_only or not self._may_step():
                return
            began = self._clock()
            self._make_step(trainer)
            if trainer.finished:
                self.end("done", trainer.end_reason)
            now = self._clock()
            self._answer_time.trained(now - began)
            if now - self._flushed_at > FLUSH_S:
                self._flush(trainer)
            if now >= deadline:
                return

    def _answer(self, trainer: Trainer, until: float, answers_only: bool) -> None:
        """Answers what waits: in a turn to train as long as little training is owed, in any other `until` then."""
        trains = self._may_step()
        while self._questions:
            began = self._clock()
            has_time = self._answer_time.is_left if trains and not answers_only else began < until
            if not has_time:
                return
            self._questions.answer_one(trainer)
            took_s = self._clock() - began
            self.answered_s += took_s
            if trains:
                self._answer_time.answered(took_s)

    def _obey_stop(self) -> None:
        if self._inbox.must_stop and self._status.is_live:
            self.end("stopped", self._inbox.stop_reason)

    def _obey_changes(self, trainer: Trainer) -> None:
        while change := self._inbox.take_change():
            trainer.set(*change)

    def _may_step(self) -> bool:
        if self._status.state == "paused":
            return self._inbox.steps_owed > 0
        return self._status.state == "running"

    def _make_step(self, trainer: Trainer) -> None:
        """One unit of work. A single step that ends an epoch shows its validation, too."""
        before = trainer.step
        trainer.advance()
        if trainer.step > before and self._inbox.steps_owed:
            self._inbox.steps_owed -= 1
            while trainer.validating:
                trainer.advance()

    def _flush(self, trainer: Trainer) -> None:
        trainer.flush()
        self._flushed_at = self._clock()
        self._status.show()
