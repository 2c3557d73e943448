"""Who gives up a place or memory for somebody who waits."""

from collections.abc import Mapping, Sequence

from ..settings import Settings
from .room import Lack, Resource, Room
from .run_facts import RunFacts
from .shares import Whose


class GivingWay:
    """Picks one run. In: `held_since`, when each run with a place got it, by id."""

    def __init__(self, settings: Settings, held_since: Mapping[str, float]):
        self._settings = settings
        self._held_since = held_since

    def has_any(self, facts: RunFacts) -> bool:
        """Whether it has a place or memory that it could give up."""
        return facts.is_live and (facts.id in self._held_since or facts.firm_bytes > 0)

    def who_could_help(
        self, waiting: RunFacts, lack: Lack, holders: Sequence[RunFacts]
    ) -> list[RunFacts]:
        """Runs without which the one that waits would have what it lacks. In: those that have any of it."""
        able = []
        for facts in holders:
            if facts.run is waiting.run:
                continue
            has_it = self._has(facts, lack.resource, waiting.device)
            if has_it and _counts_towards(facts, waiting, lack.whose):
                able.append(facts)
        return able

    def is_away(self, facts: RunFacts) -> bool:
        """Whether everybody left its page, so long ago that no reload explains it."""
        unwatched_s = facts.unwatched_s
        return unwatched_s is not None and unwatched_s > self._settings.gives_way_after_s

    def longest_away(self, others: Sequence[RunFacts]) -> RunFacts | None:
        """The one that has been without anybody to watch it for the longest time."""
        away = [facts for facts in others if self.is_away(facts)]
        return max(away, key=lambda facts: facts.unwatched_s or 0.0, default=None)

    def whose_turn_is_over(
        self, others: Sequence[RunFacts], room: Room, now: float
    ) -> RunFacts | None:
        """Of the client with most places: a paused run first, then the one that has had its place longest."""
        ready = []
        for facts in others:
            is_over = facts.is_paused or self._held_s(facts, now) >= self._settings.turn_s
            if is_over and not facts.client.is_owner:
                ready.append(facts)

        def claim(facts: RunFacts) -> tuple[int, bool, float]:
            return room.places_of(facts.client), facts.is_paused, self._held_s(facts, now)

        return max(ready, key=claim, default=None)

    def _has(self, facts: RunFacts, resource: Resource, device: str) -> bool:
        if resource == "place":
            return facts.id in self._held_since
        return facts.device == device and facts.firm_bytes > 0

    def _held_s(self, facts: RunFacts, now: float) -> float:
        return now - self._held_since.get(facts.id, now)


def _counts_towards(facts: RunFacts, waiting: RunFacts, whose: Whose) -> bool:
    """Whether a run takes from the share that is used up."""
    if whose == "client":
        return facts.client == waiting.client
    if whose == "address":
        return facts.client.address == waiting.client.address
    return True
