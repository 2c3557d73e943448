"""Who gives up a place or memory for somebody who waits."""

from collections.abc import Mapping, Sequence

from ..settings import Settings
from .facts import Facts
from .room import Of, Room
from .shares import Lack


class GivingWay:
    """Picks one run. In: `held_since`, when each run with a place got it."""

    def __init__(self, settings: Settings, held_since: Mapping[str, float]):
        self._settings = settings
        self._held_since = held_since

    def who_could_help(
        self, waiting: Facts, what: Of, whose: Lack, facts: Sequence[Facts]
    ) -> list[Facts]:
        """Runs without which the one that waits would have what it lacks."""
        able = []
        for run in facts:
            if not run.is_live or run.run is waiting.run:
                continue
            if self._has(run, what, waiting.device) and _shares_with(run, waiting, whose):
                able.append(run)
        return able

    def is_away(self, run: Facts) -> bool:
        """Whether everybody left its page, so long ago that no reload explains it."""
        unwatched_s = run.unwatched_s
        return unwatched_s is not None and unwatched_s > self._settings.gives_way_after_s

    def longest_away(self, others: Sequence[Facts]) -> Facts | None:
        """The one that has been without anybody to watch it for the longest time."""
        away = [run for run in others if self.is_away(run)]
        return max(away, key=lambda run: run.unwatched_s or 0.0, default=None)

    def turn_is_over(self, others: Sequence[Facts], room: Room, now: float) -> Facts | None:
        """Of the client with most places: a paused run first, then the one that has had its place longest."""
        ready = []
        for run in others:
            is_over = run.is_paused or self._held_s(run, now) >= self._settings.turn_s
            if is_over and not run.client.is_owner:
                ready.append(run)

        def claim(run: Facts) -> tuple[int, bool, float]:
            return room.places_of(run.client), run.is_paused, self._held_s(run, now)

        return max(ready, key=claim, default=None)

    def _has(self, run: Facts, what: Of, device: str) -> bool:
        if what == "place":
            return run.run.id in self._held_since
        return run.device == device and run.firm_bytes > 0

    def _held_s(self, run: Facts, now: float) -> float:
        return now - self._held_since.get(run.run.id, now)


def _shares_with(run: Facts, waiting: Facts, whose: Lack) -> bool:
    """Whether both count towards the share that is used up."""
    if whose == "client":
        return run.client == waiting.client
    if whose == "address":
        return run.client.address == waiting.client.address
    return True
