"""The questions that wait for a run to answer."""

from collections import deque
from concurrent.futures import Future
from threading import Lock
from typing import Any, Protocol, TypeVar

from ..faults import ExperimentError, Fault
from ..training.trainer import Trainer

MOST_QUESTIONS = 64  # waiting for one run

A = TypeVar("A", covariant=True)
Answer = TypeVar("Answer")


class Question(Protocol[A]):
    """Something to ask a model: called by the run's worker between two steps, with the model at rest.

    Must leave the model as it was, use no global random numbers, and return plain data, never the live model.
    """

    def __call__(self, trainer: Trainer) -> A: ...


class QuestionQueue:
    """A queue with a limit, of what somebody still waits for. Any thread may ask; only the worker answers."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[tuple[Question[Any], Future[Any]]] = deque()

    def __bool__(self) -> bool:
        if not self._waiting:  # of all runs in every turn: no lock for that
            return False
        with self._lock:
            self._forget_cancelled()
            return bool(self._waiting)

    def ask(self, question: Question[Answer]) -> "Future[Answer]":
        """Where the answer will be; a fault stands there at once if too many wait already."""
        future: Future[Answer] = Future()
        with self._lock:
            if len(self._waiting) >= MOST_QUESTIONS:
                self._forget_cancelled()
            if len(self._waiting) < MOST_QUESTIONS:
                self._waiting.append((question, future))
                return future
        future.set_exception(ExperimentError.at("", "too_busy"))
        return future

    def answer_one(self, trainer: Trainer) -> None:
        """Answers the question that has waited longest, if any does."""
        if (asked := self._next()) is not None:
            _answer(trainer, *asked)

    def refuse(self, fault: Fault) -> None:
        """Nobody waits for an answer that will not come."""
        while (asked := self._next()) is not None:
            _, future = asked
            future.set_exception(ExperimentError(fault))

    def _next(self) -> tuple[Question[Any], "Future[Any]"] | None:
        """Taken out of the queue; from here on it cannot be cancelled."""
        with self._lock:
            while self._waiting:
                question, future = self._waiting.popleft()
                if future.set_running_or_notify_cancel():
                    return question, future
        return None

    def _forget_cancelled(self) -> None:
        """Under the lock. Where nobody waits any more, not even a network is built for an answer."""
        if any(future.cancelled() for _, future in self._waiting):
            still_wanted = [asked for asked in self._waiting if not asked[1].cancelled()]
            self._waiting = deque(still_wanted)


def _answer(trainer: Trainer, question: Question[Any], future: "Future[Any]") -> None:
    was_training = trainer.model.training
    trainer.model.eval()
    try:
        with trainer.judged():
            future.set_result(question(trainer))
    except Exception as error:
        future.set_exception(error)
    finally:
        trainer.model.train(was_training)
