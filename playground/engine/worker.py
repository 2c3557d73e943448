"""The one thread that trains on a device. Its runs take turns in short slices of time."""

import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Condition, RLock

import torch

from ..faults import Fault
from ..settings import Settings
from .answer_time import AnswerTime
from .fair_turns import AWAY, THERE, FairTurns, Path
from .living import Living
from .restlessness import Restlessness
from .run import Run
from .run_facts import lose
from .work import Clock

SLICE_S = 0.03
NEW_S = 3.0  # a run that has had less of the device pays for the restlessness of its address
ASKED_SLICE_S = 0.01  # while answers may come: four runs that are asked wait for each other

Turn = tuple[Path, Run]  # how its time is shared out, and whose it is

logger = logging.getLogger(__name__)


class Worker:
    """Runs take turns, in equal shares of the time (`FairTurns`).

    `condition` guards all of their states, and tells of every change.
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
        self.trains = False  # whether any of its runs wants time for training
        self._restlessness = Restlessness(clock)
        self._is_asked_turn = False
        self._slice_s = SLICE_S
        self._answer_time = AnswerTime(SLICE_S / 2)
        self._training_turns = FairTurns()
        self._asked_turns = FairTurns()
        self._closing = False

    def has(self, run: Run) -> bool:
        """Whether the run will get turns here."""
        return run in self._runs and not self._closing

    def add(self, run: Run) -> None:
        """Gives the run its place in the round."""
        with self.condition:
            self._restlessness.began(run.client.address)
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
        while (turn := self._wait_for_next()) is not None:
            path, run = turn
            self._at_work = run
            answered_before_s, was_built = run.answered_s, run.is_built
            # Not by the clock of the engine, which a test may stop.
            began = time.perf_counter()
            try:
                deadline = self._clock() + self._slice_s
                run.take_turn(deadline, self._settings, self._is_asked_turn and run.has_work)
            except Exception as error:  # not even its ending went well: the others go on
                logger.exception("run %s was lost", run.id)
                run.lose(error)
            self._at_work = None
            seconds = time.perf_counter() - began
            answered_s = run.answered_s - answered_before_s
            has_built = run.is_built and not was_built
            if self._is_asked_turn and run.state != "running":
                answered_s = (
                    seconds  # to build a network that is only asked is a part of the answer
                )
            self._count(run, path, seconds, answered_s, has_built)
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

    def _wait_for_next(self) -> Turn | None:
        """Whose turn it is; None when the thread has to end."""
        with self.condition:
            while not self._closing:
                turn = self._next()
                if turn is not None:
                    _, run = turn
                    self._runs.remove(run)
                    self._runs.append(run)
                    return turn
                self.condition.wait()
        return None

    def _next(self) -> Turn | None:
        """A quarter of the time goes to runs that are asked, if any is: answers need not wait for a whole round.

        One that trains makes no step then: the answers of all would wait for it, and it would be taken for one of them.
        """
        self._is_asked_turn = False
        stopping, training, asked = self._ready()
        # To stop takes no time, and gives memory back: it must not wait behind all who train.
        if stopping is not None:
            return stopping
        self.trains = bool(training)
        self._slice_s = turn_s(self._answer_time.left_in_s if asked else None)
        self._is_asked_turn = bool(asked) and (not training or self._answer_time.is_left)
        if self._is_asked_turn:
            return self._asked_turns.next(asked, _path)
        if training:
            return self._training_turns.next(training, _path)
        return None

    def _count(
        self, run: Run, path: Path, seconds: float, answered_s: float, has_built: bool
    ) -> None:
        """After a turn: one long answer is followed by as much training, of whatever runs train.

        Who asks a run takes nothing from its training: answers have accounts of their own.
        """
        if self._is_asked_turn:
            self._answer_time.answered(seconds, has_built)
        else:
            self._answer_time.trained(max(0.0, seconds - answered_s))
            self._answer_time.answered(answered_s)
        if self._is_asked_turn or answered_s > 0:
            self._asked_turns.charge(path, answered_s)
        # Who came before the others of an address, and stays, does not pay for them.
        is_new = run.device_s < NEW_S
        cost = self._restlessness.of(run.client.address) if is_new else 1.0
        run.device_s += seconds
        self._training_turns.charge(path, cost * (seconds - answered_s))

    def _ready(self) -> tuple[Turn | None, list[Turn], list[Turn]]:
        """One that has to stop, all that would train, and all that are asked; who has waited longest comes first.

        There may be hundreds of runs that rest, so each is looked at once. One whose state cannot be read gets no turn
        any more.
        """
        training, asked = [], []
        for run in list(self._runs):
            try:
                if run.is_stopping and run.is_live:
                    return (self._path_of(run), run), [], []
                has_work, is_asked = run.has_work, run.is_asked
                if not (has_work or is_asked):
                    continue
                turn = self._path_of(run), run
                if has_work:
                    training.append(turn)
                if is_asked:
                    asked.append(turn)
            except Exception as error:
                self._runs.remove(run)
                lose(run, error)
        return None, training, asked

    def _path_of(self, run: Run) -> Path:
        """How its time is shared out. A host that gives one address everything does not share by address."""
        settings, client = self._settings, run.client
        address = client.address if settings.address_share < 1 else ""
        # A path holds texts alone, and a token is a client only together with its address.
        who = f"{client.address} {client.token}"
        return (THERE if run.is_watched_now else AWAY, address, who, run.id)


def turn_s(answers_in_s: float | None) -> float:
    """How long a turn may last: short where answers may come soon, since they wait for its end.

    In: seconds of training until there may be one; None where nobody asks.
    """
    if answers_in_s is None:
        return SLICE_S
    return min(SLICE_S, max(ASKED_SLICE_S, answers_in_s))


def _path(turn: Turn) -> Path:
    path, _ = turn
    return path
