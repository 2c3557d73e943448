"""The one thread that trains on a device. Its runs take turns in short slices of time."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Condition, RLock

import torch

from ..faults import Fault
from ..settings import Settings
from .living import Living
from .run import Run
from .work import Clock

SLICE_S = 0.03

logger = logging.getLogger(__name__)


class Worker:
    """Runs take turns in a round. `condition` guards all of their states, and tells of every change.

    In: `ended` is called after a turn in which a run ended.
    """

    def __init__(
        self,
        device: torch.device,
        settings: Settings,
        clock: Clock,
        ended: Callable[[], object] = lambda: None,
    ):
        self.device = device
        self.condition = Condition(RLock())
        self.thread = Living(f"playground-{device}", self._train)
        self._settings = settings
        self._clock = clock
        self._ended = ended
        self._runs: deque[Run] = deque()
        self._at_work: Run | None = None
        self._turns = 0
        self._closing = False

    def has(self, run: Run) -> bool:
        """Whether the run will get turns here."""
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

    def _train(self) -> None:
        self._lose_what_killed_the_thread()
        while (run := self._wait_for_next()) is not None:
            self._at_work = run
            try:
                run.take_turn(self._clock() + SLICE_S, self._settings)
            except Exception as error:  # not even its ending went well: the others go on
                logger.exception("run %s was lost", run.id)
                run.lose(error)
            self._at_work = None
            with self.condition:
                self.condition.notify_all()
            if not run.is_live:
                self._ended()
        for run in list(self._runs):
            run.abandon()

    def _lose_what_killed_the_thread(self) -> None:
        """It would kill this one too."""
        if self._at_work is not None:
            self._at_work.lose(RuntimeError("the thread that trained it died"))
            self._at_work = None

    def _wait_for_next(self) -> Run | None:
        """Whose turn it is; None when the thread has to end."""
        with self.condition:
            while not self._closing:
                run = self._next()
                if run is not None:
                    self._runs.remove(run)
                    self._runs.append(run)
                    return run
                self.condition.wait()
        return None

    def _next(self) -> Run | None:
        """Every second turn goes to a run that is asked, if any is: answers need not wait for a whole round."""
        self._turns += 1
        if self._turns % 2:
            asked = self._first(lambda run: run.is_asked)
            if asked is not None:
                return asked
        return self._first(lambda run: run.has_work)

    def _first(self, is_wanted: Callable[[Run], bool]) -> Run | None:
        """The one that has waited longest. One whose state cannot be read gets no turn any more."""
        for run in list(self._runs):
            try:
                if is_wanted(run):
                    return run
            except Exception as error:
                logger.exception("the state of run %s cannot be read", run.id)
                self._runs.remove(run)
                run.lose(error)
        return None
