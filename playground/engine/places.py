"""Who has a place for training, and who waits in line for one."""

from collections.abc import Callable, Sequence

from ..faults import ExperimentError, Fault
from ..settings import Settings
from .clients import Client
from .facts import Facts
from .giving_way import GivingWay
from .room import Of, Room
from .run import Run

SOONEST_S = 5  # that somebody is told to come back in

MakeRoom = Callable[
    [Facts], object
]  # forgets runs that nobody needs, until there is memory for one


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

    def room(self, facts: Sequence[Facts]) -> Room:
        """What is taken now."""
        return Room(self._settings, facts, self._held_since)

    def join(self, run: Run, now: float) -> None:
        """Goes to the end of the line; `fill` lets it begin at once if it can."""
        self._waits_since.setdefault(run.id, now)
        run.line_up(len(self._waits_since))

    def inherit(self, run: Run, earlier: Run) -> bool:
        """Takes over what an earlier run has, its place or where it stands in the line. Out: whether it has either."""
        held_since = self._held_since.pop(earlier.id, None)
        if held_since is not None:
            self._held_since.setdefault(run.id, held_since)
        waits_since = self._waits_since.pop(earlier.id, None)
        if waits_since is not None:
            self._waits_since[run.id] = waits_since
        return held_since is not None or waits_since is not None

    def leave(self, run: Run) -> None:
        """Neither has a place nor waits."""
        self._held_since.pop(run.id, None)
        self._waits_since.pop(run.id, None)
        run.leave_line()

    def check_line(self, client: Client, facts: Sequence[Facts], now: float) -> None:
        """Raises: ExperimentError where the line has grown too long, with the time after which it is worth a try."""
        waiting = self._waiting(facts)
        if not self._is_too_long(waiting, client):
            return
        longest_s = max(now - self._waits_since[run.run.id] for run in waiting)
        seconds = max(SOONEST_S, round(self._settings.max_wait_s - longest_s))
        raise ExperimentError.at("", "line_full", seconds=seconds)

    def fill(self, facts: Sequence[Facts], now: float) -> None:
        """Gives free places and memory to those who are next, and tells the others where they stand."""
        self._forget_who_left(facts)
        room = self.room(facts)
        reserved: set[str] = set()  # devices whose memory is kept for a run that has waited long
        for run in room.in_order(self._waiting(facts)):
            if self._giving_way.is_away(run) or run.device in reserved:
                continue
            lack = room.lacks(run)
            if lack is None:
                room.take(run)
                self._begin(run, now)
            elif lack == ("memory", "all") and self._has_waited_long(run, now):
                reserved.add(run.device)  # smaller networks would pass it for ever
        still_waiting = room.in_order(self._waiting(facts))
        for position, run in enumerate(still_waiting, start=1):
            run.run.line_up(position)

    def make_way(self, facts: Sequence[Facts], now: float) -> bool:
        """For each that waits, one that nobody watches gives way; after a long time, one whose turn is over.

        Out: whether any did.
        """
        room = self.room(facts)
        staying = list(facts)
        for run in room.in_order(self._waiting(facts)):
            lack = room.lacks(run)
            if lack is None or self._giving_way.is_away(run):
                continue
            what, whose = lack
            others = self._giving_way.who_could_help(run, what, whose, staying)
            away = self._giving_way.longest_away(others)
            if away is not None:
                staying.remove(away)
                _stop_unwatched(away)
                continue
            if self._has_waited_long(run, now):
                over = self._giving_way.turn_is_over(others, room, now)
                if over is not None:
                    staying.remove(over)
                    self._end_turn(over, what, now)
        return len(staying) < len(facts)

    def drop_absent(self, facts: Sequence[Facts]) -> None:
        """Who waits and has left the page does not lengthen the line."""
        grace_s = self._settings.line_grace_s
        for run in self._waiting(facts):
            if run.unwatched_s is not None and run.unwatched_s > grace_s:
                run.run.stop(Fault("", "left_line", {"seconds": round(grace_s)}))

    def _waiting(self, facts: Sequence[Facts]) -> list[Facts]:
        """First come first."""
        waiting = [run for run in facts if run.is_live and run.run.id in self._waits_since]
        waiting.sort(key=lambda run: self._waits_since[run.run.id])
        return waiting

    def _is_too_long(self, waiting: Sequence[Facts], client: Client) -> bool:
        settings = self._settings
        if len(waiting) > settings.max_waiting:
            return True
        if client.is_owner:
            return False
        of_client = sum(run.client == client for run in waiting)
        of_address = sum(run.client.address == client.address for run in waiting)
        is_client_over = of_client > settings.max_waiting_client
        return is_client_over or of_address > settings.max_waiting_address

    def _has_waited_long(self, run: Facts, now: float) -> bool:
        return now - self._waits_since[run.run.id] >= self._settings.max_wait_s

    def _begin(self, run: Facts, now: float) -> None:
        self._make_room(run)
        del self._waits_since[run.run.id]
        self._held_since.setdefault(run.run.id, now)
        run.run.leave_line()

    def _forget_who_left(self, facts: Sequence[Facts]) -> None:
        """Runs that ended or were paused before their first step have no place; who paused in the line has left it."""
        may_hold = {run.run.id for run in facts if run.is_live and not run.is_only_looked_at}
        may_wait = {run.run.id for run in facts if run.is_waiting}
        for run_id in self._held_since.keys() - may_hold:
            del self._held_since[run_id]
        for run_id in self._waits_since.keys() - may_wait:
            del self._waits_since[run_id]

    def _end_turn(self, run: Facts, what: Of, now: float) -> None:
        """Its place is free. Where memory is needed it ends; else it goes on when it is its turn again."""
        self._held_since.pop(run.run.id, None)
        if what == "memory":
            values = {"step": run.step}
            run.run.stop(Fault("", "gave_way_memory", values))
        elif not run.is_paused:
            self.join(run.run, now)


def _stop_unwatched(run: Facts) -> None:
    values = {"step": run.step, "seconds": round(run.unwatched_s or 0)}
    run.run.stop(Fault("", "gave_way_unwatched", values))
