"""Who has a place for training, and who waits in line for one.

The times in `Settings`, and what happens then:
gives_way_after_s  nobody watches the run: it stops as soon as another one waits for its place (`gave_way_unwatched`)
unwatched_grace_s  nobody watches the run: it stops in any case (`unwatched`, in the engine)
line_grace_s       nobody watches a run that waits: it leaves the line (`left_line`)
max_wait_s         a run has waited so long: one whose turn is over gives way, though somebody watches it
turn_s             a run has had its place so long: its turn is over. One that is paused need not have had it so long
"""

from collections.abc import Callable, Sequence

from ..faults import ExperimentError, Fault
from ..settings import Settings
from .clients import Client
from .giving_way import GivingWay
from .room import Lack, Resource, Room
from .run import Run
from .run_facts import RunFacts

# Nobody is told to come back sooner.
SOONEST_S = 5

# Forgets runs that nobody needs, until there is memory for this one.
MakeRoom = Callable[[RunFacts], object]


class Places:
    """The places by run, and the line. Everything is called under the engine's lock.

    A run that trains has a place, and keeps it while it is paused. One that was never asked to train has none.
    """

    def __init__(self, settings: Settings, make_room: MakeRoom):
        self._settings = settings
        self._make_room = make_room
        self._held_since: dict[str, float] = {}
        self._waits_since: dict[str, float] = {}
        self._giving_way = GivingWay(settings, self._held_since)

    def has_place(self, run: Run) -> bool:
        """Whether it may train."""
        return run.id in self._held_since

    def room(self, all_facts: Sequence[RunFacts]) -> Room:
        """What is taken now."""
        return Room(self._settings, all_facts, self._held_since)

    def join(self, run: Run, now: float) -> None:
        """Goes to the end of the line, or keeps its position in it; `fill` lets it begin at once if it can."""
        self._waits_since.setdefault(run.id, now)
        # Until `fill` says better: in any case it must not train from here on.
        run.line_up(len(self._waits_since))

    def inherit(self, run: Run, earlier: Run) -> bool:
        """Takes over what an earlier run has, its place or its position in the line. Out: whether it had either."""
        held_since = self._held_since.pop(earlier.id, None)
        if held_since is not None:
            self._held_since[run.id] = held_since
        waits_since = self._waits_since.pop(earlier.id, None)
        if waits_since is not None:
            self._waits_since[run.id] = waits_since
        return held_since is not None or waits_since is not None

    def leave(self, run: Run) -> None:
        """Neither has a place nor waits."""
        self._held_since.pop(run.id, None)
        self._waits_since.pop(run.id, None)
        run.leave_line()

    def check_line(self, client: Client, all_facts: Sequence[RunFacts], now: float) -> None:
        """Where the line has grown too long, one that nobody watches leaves it.

        Raises: ExperimentError where there is none, with the time after which it is worth a try.
        """
        waiting = self._waiting(all_facts)
        too_many = self._too_many(waiting, client)
        if not too_many:
            return
        absent = [facts for facts in too_many if not facts.is_watched_now]
        if absent:
            _drop(max(absent, key=lambda facts: facts.unwatched_s or 0.0))
            return
        longest_s = max(now - self._waits_since[facts.id] for facts in waiting)
        seconds = max(SOONEST_S, round(self._settings.max_wait_s - longest_s))
        raise ExperimentError.at("", "line_full", seconds=seconds)

    def fill(self, all_facts: Sequence[RunFacts], now: float) -> bool:
        """Gives free places and memory to those who are next, and tells the others where they stand.

        Out: whether anybody began.
        """
        self._forget_who_left(all_facts)
        room = self.room(all_facts)
        reserved: set[str] = set()  # devices whose memory is kept for a run that has waited long
        in_order = room.in_order(self._waiting(all_facts))
        for facts in in_order:
            if self._giving_way.is_away(facts) or facts.device in reserved:
                continue
            lack = room.lack(facts)
            if lack is None:
                room.take(facts)
                self._begin(facts, now)
            elif lack == Lack("memory", "all") and self._has_waited_long(facts, now):
                reserved.add(facts.device)  # smaller networks would pass it for ever
        still_waiting = self._waiting(all_facts)
        has_begun = len(still_waiting) < len(in_order)
        if has_begun:
            in_order = room.in_order(still_waiting)
        for position, facts in enumerate(in_order, start=1):
            facts.run.line_up(position)
        return has_begun

    def make_way(self, all_facts: Sequence[RunFacts], now: float) -> bool:
        """For each that waits, one that nobody watches gives way; after a long time, one whose turn is over.

        Out: whether any did.
        """
        # Few have a place or memory, and hundreds may wait.
        holders = [facts for facts in all_facts if self._giving_way.has_any(facts)]
        n_holders = len(holders)
        is_any_away = self._giving_way.longest_away(holders) is not None
        waiting = self._waiting(all_facts)
        if not is_any_away and not any(self._has_waited_long(facts, now) for facts in waiting):
            return False
        room = self.room(all_facts)
        for facts in room.in_order(waiting):
            lack = room.lack(facts)
            if lack is None or self._giving_way.is_away(facts):
                continue
            others = self._giving_way.who_could_help(facts, lack, holders)
            away = self._giving_way.longest_away(others)
            if away is not None:
                holders.remove(away)
                _stop_unwatched(away)
                continue
            if self._has_waited_long(facts, now):
                over = self._giving_way.whose_turn_is_over(others, room, now)
                if over is not None:
                    holders.remove(over)
                    self._end_turn(over, lack.resource, now)
        return len(holders) < n_holders

    def drop_absent(self, all_facts: Sequence[RunFacts]) -> None:
        """Who waits and has left the page does not lengthen the line."""
        grace_s = self._settings.line_grace_s
        for facts in self._waiting(all_facts):
            if facts.unwatched_s is not None and facts.unwatched_s > grace_s:
                _drop(facts)

    def _waiting(self, all_facts: Sequence[RunFacts]) -> list[RunFacts]:
        """First come first."""
        waiting = []
        for facts in all_facts:
            if facts.is_live and facts.id in self._waits_since:
                waiting.append(facts)
        waiting.sort(key=lambda facts: self._waits_since[facts.id])
        return waiting

    def _too_many(self, waiting: Sequence[RunFacts], client: Client) -> list[RunFacts]:
        """Those of whom there is one too many: all that wait, those of an address, or a client's; else nobody."""
        settings = self._settings
        if len(waiting) > settings.max_waiting:
            return list(waiting)
        if client.is_owner:
            return []
        of_client = [facts for facts in waiting if facts.client == client]
        if len(of_client) > settings.max_waiting_client:
            return of_client
        of_address = [facts for facts in waiting if facts.client.address == client.address]
        return of_address if len(of_address) > settings.max_waiting_address else []

    def _has_waited_long(self, facts: RunFacts, now: float) -> bool:
        return now - self._waits_since[facts.id] >= self._settings.max_wait_s

    def _begin(self, facts: RunFacts, now: float) -> None:
        self._make_room(facts)
        del self._waits_since[facts.id]
        # One that took over a place has had it for longer.
        self._held_since.setdefault(facts.id, now)
        facts.run.leave_line()

    def _forget_who_left(self, all_facts: Sequence[RunFacts]) -> None:
        """Runs that ended or were paused before their first step have no place; who paused in the line has left it."""
        may_hold, may_wait = set(), set()
        for facts in all_facts:
            if facts.is_live and not facts.is_only_looked_at:
                may_hold.add(facts.id)
            if facts.is_waiting:
                may_wait.add(facts.id)
        for run_id in self._held_since.keys() - may_hold:
            del self._held_since[run_id]
        for run_id in self._waits_since.keys() - may_wait:
            del self._waits_since[run_id]

    def _end_turn(self, facts: RunFacts, resource: Resource, now: float) -> None:
        """Its place is free. Where memory is needed it ends; else it goes on when it is its turn again."""
        self._held_since.pop(facts.id, None)
        if resource == "memory":
            facts.run.stop(Fault("", "gave_way_memory", {"step": facts.step}))
        elif not facts.is_paused:
            self.join(facts.run, now)


def _drop(facts: RunFacts) -> None:
    """Out of the line."""
    values = {"seconds": round(facts.unwatched_s or 0)}
    facts.run.stop(Fault("", "left_line", values))


def _stop_unwatched(facts: RunFacts) -> None:
    values = {"step": facts.step, "seconds": round(facts.unwatched_s or 0)}
    facts.run.stop(Fault("", "gave_way_unwatched", values))
