"""What must be known of a run to share places and memory out, read in one place where nothing can go wrong."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from .clients import Client
from .run import Run

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunFacts:
    """A run at one moment.

    is_live: it trains or still may, and nobody told it to stop. held_bytes: predicted memory that it has now;
    full_bytes: once it trains. unwatched_s: since the last page left; None while one watches, and for a program's runs.
    """

    run: Run
    id: str
    client: Client
    device: str
    is_live: bool
    is_waiting: bool
    is_paused: bool
    is_only_looked_at: bool
    step: int
    held_bytes: int
    full_bytes: int
    unwatched_s: float | None
    is_watched_now: bool

    @property
    def may_be_forgotten(self) -> bool:
        """Whether it goes where others need its memory: it has ended, or was never asked to train."""
        return not self.is_live or self.is_only_looked_at

    @property
    def firm_bytes(self) -> int:
        """Memory that nobody takes from it. What may be forgotten at any time has none."""
        return 0 if self.may_be_forgotten else self.held_bytes

    @property
    def missing_bytes(self) -> int:
        """Memory that it needs for training on top of that."""
        return self.full_bytes - self.firm_bytes


def facts_of(runs: Iterable[Run], only_live: bool = False) -> list[RunFacts]:
    """Of every run that can be read, oldest first. One that cannot be read is ended: it must not harm the others.

    In: `only_live` leaves out those that have ended, which are most: they neither hold a place nor wait for one.
    """
    readable = []
    for run in runs:
        try:
            if run.is_live or not only_live:
                readable.append(_read(run))
        except Exception as error:
            lose(run, error)
    return readable


def lose(run: Run, error: Exception) -> None:
    """Ends a run whose state cannot be read."""
    logger.error("the state of run %s cannot be read", run.id, exc_info=error)
    run.lose(error)


def _read(run: Run) -> RunFacts:
    state = run.state
    is_live = run.is_live and not run.is_stopping
    return RunFacts(
        run=run,
        id=run.id,
        client=run.client,
        device=str(run.device),
        is_live=is_live,
        is_waiting=is_live and state == "waiting",
        is_paused=is_live and state == "paused",
        is_only_looked_at=is_live and run.is_untouched,
        step=run.step,
        held_bytes=run.held_bytes,
        full_bytes=run.full_bytes,
        unwatched_s=run.unwatched_s,
        is_watched_now=run.is_watched_now,
    )
