"""Answers that take long, and that strangers share: many people watch one run, and all of them ask for its report."""

import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from ...engine.clients import Client
from ...engine.run import Run
from ...questions import PageQuestion
from ..shares.usage import Clock

LEAST_S = 2.0  # that an answer serves others
TIMES_AS_LONG = (
    4  # as it took to make it: at most a fifth of the time goes into answers for strangers
)
MOST_KEPT = 4  # different questions to one run


@dataclass(frozen=True)
class Kept:
    """An answer, and until when it serves others."""

    answer: dict[str, Any]
    until: float


class LongAnswers:
    """The last answers to each run's strangers. The page that began the run always gets a new answer."""

    def __init__(self, clock: Clock = time.monotonic):
        self._clock = clock
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Run, dict[PageQuestion[Any], Kept]] = WeakKeyDictionary()

    def recent(
        self, run: Run, question: PageQuestion[Any], client: Client
    ) -> dict[str, Any] | None:
        """What somebody else was told a moment ago; None where it has to be asked."""
        if client == run.client:
            return None
        with self._lock:
            kept = self._kept.get(run, {}).get(question)
        if kept is None or self._clock() > kept.until:
            return None
        return kept.answer

    def keep(
        self, run: Run, question: PageQuestion[Any], answer: dict[str, Any], took_s: float
    ) -> None:
        """An answer that may serve others for a while."""
        until = self._clock() + max(LEAST_S, TIMES_AS_LONG * took_s)
        with self._lock:
            answers = self._kept.setdefault(run, {})
            answers.pop(question, None)
            while len(answers) >= MOST_KEPT:
                oldest = next(iter(answers))
                del answers[oldest]
            answers[question] = Kept(answer, until)
