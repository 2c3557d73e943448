"""One run, as everybody but its worker sees it."""

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Condition
from typing import Any, Protocol

import torch

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import FIXED_BYTES, Cost, Plan
from ..settings import Settings
from ..training.history import History
from ..training.live_settings import live_setting
from .clients import OWNER, Client
from .inbox import Inbox
from .question_queue import Answer, Question, QuestionQueue
from .status import Status
from .view import RunView, State
from .work import Begin, Clock, Work

WEIGHT_BYTES = 4  # float32
LOOKS_EVERY_S = 3.0  # a page at least that no event stream reaches


class Home(Protocol):
    """The worker that a run belongs to, as far as the run needs it."""

    device: torch.device
    condition: Condition

    def has(self, run: "Run") -> bool: ...

    def remove(self, run: "Run") -> None: ...


class Run:
    """One training run: control it and ask it from any thread; only its worker touches the model.

    `id` lets others watch it, `control` steer it. `owner` is the page or program that began it, `client` the
    browser with which it shares places.
    """

    def __init__(
        self,
        experiment: Experiment,
        plan: Plan,
        worker: Home,
        *,
        owner: str,
        paused: bool,
        clock: Clock,
        begin: Begin | None = None,
        client: Client = OWNER,
    ):
        self.id = secrets.token_urlsafe(16)
        self.control = secrets.token_urlsafe(16)
        self.owner = owner
        self.client = client
        self.experiment = experiment
        self.cost: Cost = plan.cost
        self.has_loaded = begin is not None
        self.shares_files = False
        self.watchers = 0
        self.watched_at: float | None = None
        self.device_s = 0.0  # of the device that it has had
        self._seen_at: float | None = None
        self._worker = worker
        self._clock = clock
        self._inbox = Inbox(paused)
        self._questions = QuestionQueue()
        self._status = Status(worker.condition, paused)
        self._work = Work(
            experiment,
            plan,
            worker.device,
            status=self._status,
            inbox=self._inbox,
            questions=self._questions,
            clock=clock,
            begin=begin,
        )

    # ---- to look at ----

    @property
    def state(self) -> State:
        """Where it stands; see `Status`."""
        return self._status.state

    @property
    def reason(self) -> Fault | None:
        """Why it ended, where it did not simply finish."""
        return self._status.reason

    @property
    def is_live(self) -> bool:
        """Whether it trains, or still may."""
        return self._status.is_live

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._inbox.must_stop

    @property
    def version(self) -> int:
        """Grows with everything there is to see."""
        return self._status.version

    @property
    def history(self) -> History:
        """What was measured so far."""
        return self._work.history

    @property
    def device(self) -> torch.device:
        """Where it calculates."""
        return self._worker.device

    @property
    def step(self) -> int:
        """Optimisation steps made."""
        return self._work.step

    @property
    def is_untouched(self) -> bool:
        """Whether it was only made to be looked at: paused before its first step."""
        return self.state == "paused" and not self._inbox.steps_owed and self.step == 0

    @property
    def held_bytes(self) -> int:
        """Predicted memory that it holds now, beyond the libraries.

        One that ends keeps its weights alone; one that waits in line has nothing yet but weights that were loaded.
        """
        weights = WEIGHT_BYTES * self.cost.parameters
        if not self.is_live or self.is_stopping:
            return weights
        if self.state == "waiting" and self.step == 0:
            has_weights = self.has_loaded or self._work.trainer is not None
            return weights if has_weights else 0
        return self.full_bytes

    @property
    def full_bytes(self) -> int:
        """Predicted memory of its training, beyond the libraries."""
        return self.cost.memory_bytes - FIXED_BYTES

    def is_controlled_by(self, control: object) -> bool:
        """Whether this is the run's control. It takes as long to say no as to say yes."""
        key = control.encode("utf-8", "replace") if isinstance(control, str) else b""
        return secrets.compare_digest(self.control.encode(), key)

    def view(self) -> RunView:
        """The run as it is now."""
        trainer, training = self._work.trainer, self.experiment.training
        step = self.step
        steps_per_s = None
        if trainer is not None and trainer.steps_per_s is not None:
            steps_per_s = trainer.steps_per_s * self._work.share.value
        epoch = min(step // self.cost.steps_per_epoch + 1, training.epochs) if step else 0
        return RunView(
            id=self.id,
            name=self.experiment.name,
            device=str(self.device),
            state=self.state,
            reason=self.reason,
            position=self._status.position,
            epoch=epoch,
            epochs=training.epochs,
            step=step,
            total_steps=self.cost.steps,
            steps_per_epoch=self.cost.steps_per_epoch,
            steps_per_s=steps_per_s,
            samples_per_s=None if steps_per_s is None else steps_per_s * self._samples_a_step(),
            lr=trainer.lr if trainer else training.optimizer.lr,
            threads=self.cost.threads,
            watchers=self.watchers,
            loaded=self.has_loaded,
            baselines=self.history.baselines or (),
        )

    def _samples_a_step(self) -> int:
        data = self.experiment.data
        batches = min(self.experiment.training.accumulate, data.steps_per_epoch())
        return data.batch_size * batches

    # ---- to steer ----

    def pause(self) -> None:
        """Rests after the present step. One that waits leaves the line."""
        self._command(self._rest)

    def resume(self) -> None:
        """Goes on."""
        self._command(lambda: setattr(self._inbox, "paused", False))

    def step_once(self) -> None:
        """Pauses, and makes one more step."""
        self._command(self._inbox.owe_step)

    def stop(self, reason: Fault | None = None) -> None:
        """Ends the run; its model stays to be asked."""
        self._command(lambda: self._inbox.stop(reason))

    def set(self, name: Any, value: Any) -> None:
        """Changes a live setting from the next step on.

        Raises: ExperimentError for a bad value, or a setting that cannot change on the way.
        """
        setting = live_setting(name)
        checked = setting.checked(self.experiment, value)
        self._command(lambda: self._inbox.changes.update({name: checked}))

    def share_files(self, on: bool) -> None:
        """Whether those who watch may take the network along: its weights, checkpoints and exports."""
        self.shares_files = on
        self._status.show()

    def _rest(self) -> None:
        self._inbox.paused = True
        self._status.leave_line()

    def _command(self, put_in: Callable[[], None]) -> None:
        """Puts something into the inbox of a live run, and wakes its worker."""
        with self._worker.condition:
            if self.is_live:
                put_in()
                self._status.rest(self._inbox.paused)

    # ---- to ask ----

    def ask(self, question: Question[Answer], timeout_s: float = 30.0) -> Answer:
        """The answer of the model as it is now, given between two steps. Raises: what the question raises."""
        return self.ask_soon(question).result(timeout_s)

    def ask_soon(self, question: Question[Answer]) -> "Future[Answer]":
        """The same without waiting."""
        with self._worker.condition:
            if not self._worker.has(self):
                return _refused("no_such_run")
            if self.state == "waiting" and self._work.trainer is None:
                return _refused("waits_in_line")
            future = self._questions.ask(question)
            self._worker.condition.notify_all()
        return future

    # ---- to wait for ----

    def watch(self, delta: int, now: float | None = None) -> None:
        """Counts a page that begins (+1) or ceases (−1) to watch."""
        self.watchers = max(0, self.watchers + delta)
        self.watched_at = self._clock() if now is None else now
        self._seen_at = self.watched_at

    def expect_watcher(self) -> None:
        """A page began it and will watch it: the time of grace begins."""
        self.watched_at = self._clock()

    @property
    def is_watched_now(self) -> bool:
        """Whether somebody sees what it does at this moment, or it is a program's. Some pages look at intervals."""
        if self.watchers or self.watched_at is None:
            return True
        return self._seen_at is not None and self._clock() - self._seen_at < LOOKS_EVERY_S

    @property
    def unwatched_s(self) -> float | None:
        """How long nobody has watched it. None while somebody does, and for the runs of a program."""
        if self.watchers or self.watched_at is None:
            return None
        return self._clock() - self.watched_at

    def wait(self, timeout_s: float | None = None) -> State:
        """Blocks until the run has ended (or the time is over). Out: its state then."""
        self.wait_until(lambda run: not run.is_live, timeout_s)
        return self.state

    def wait_until(self, done: Callable[["Run"], bool], timeout_s: float | None = None) -> bool:
        """Blocks until `done(run)`, looked at after every slice."""
        with self._worker.condition:
            return self._worker.condition.wait_for(lambda: done(self), timeout_s)

    # ---- for the engine and its workers ----

    def line_up(self, position: int) -> None:
        """Waits for a place, the next one at position 1."""
        self._status.line_up(position)

    def leave_line(self) -> None:
        """There is a place: does what it was told to do."""
        self._status.leave_line()

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._questions)

    @property
    def is_built(self) -> bool:
        """Whether its network is there: it is built at the run's first turn."""
        return self._work.trainer is not None

    @property
    def answered_s(self) -> float:
        """Time that its answers have taken so far."""
        return self._work.answered_s

    @property
    def has_work(self) -> bool:
        """Whether there is something to do for it beside answers."""
        if self.state in ("queued", "running"):
            return True
        if self.state == "waiting":
            return self.is_stopping
        return self.is_live and self._inbox.has_orders

    def take_turn(self, deadline: float, settings: Settings, answers_only: bool = False) -> None:
        """Called by its worker alone."""
        self._work.take_turn(deadline, settings, answers_only)

    def lose(self, error: Exception) -> None:
        """Ends the run where even its ending failed; nothing of its trainer is touched any more."""
        fault = Fault("", "crashed", {"step": 0, "detail": type(error).__name__})
        with suppress(Exception):  # the error may be that not even its step can be read
            fault = self._work.fault_of(error)
        self._status.end("failed", fault)
        self.refuse_questions(fault)

    def abandon(self) -> None:
        """Ends a live run because its worker ends."""
        if self.is_live:
            self._work.end("stopped", None)

    def leave(self) -> None:
        """Stops, and is known to its worker no more."""
        self.stop()
        self._worker.remove(self)

    def refuse_questions(self, fault: Fault) -> None:
        """Nobody waits for an answer that will not come."""
        self._questions.refuse(fault)


def _refused(code: str) -> "Future[Answer]":
    """The answer to a question that is not put."""
    refused: Future[Answer] = Future()
    refused.set_exception(ExperimentError.at("", code))
    return refused
