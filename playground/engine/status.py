"""Where a run stands: its state, why it ended, and a number that grows with everything there is to see."""

from threading import Condition

from ..faults import Fault
from .view import State

# "waiting" is none of them: it hides one of these as long as there is a position in the line.
LIVE = frozenset({"queued", "running", "paused"})


class Status:
    """The state of a run, and who may change it.

    waiting: it has a `position` in the line for a place, whatever it does after that (`line_up`, `leave_line`).
    queued → running: its worker, at the first turn (`begin`).
    running ↔ paused: the page that steers it (`rest`).
    waiting, queued, running, paused → done, stopped, failed: its worker (`end`). Nothing leads back from there.

    Every change is made under the worker's lock, and wakes all who wait for one.
    """

    def __init__(self, changed: Condition, paused: bool):
        self.position: int | None = None
        self._state: State = "paused" if paused else "queued"
        self.reason: Fault | None = None
        self.version = 0
        self._changed = changed
        self._has_begun = False

    @property
    def state(self) -> State:
        """Where it stands now."""
        return self._state if self.position is None else "waiting"

    @property
    def is_live(self) -> bool:
        """Whether it trains, or still may."""
        return self._state in LIVE

    def line_up(self, position: int) -> None:
        """Waits for a place; 1 is the next. What it was told to do comes after that."""
        with self._changed:
            if self.is_live and position != self.position:
                self.position = position
                self.show()

    def leave_line(self) -> None:
        """Goes on: there is a place, or none is wanted any more."""
        with self._changed:
            if self.position is not None:
                self.position = None
                self.show()

    def begin(self) -> None:
        """The network is built: from now on a run that does not rest is one that trains."""
        with self._changed:
            self._has_begun = True
            if self._state == "queued":
                self._state = "running"

    def rest(self, paused: bool) -> None:
        """Pauses, or goes on: with its first turn if that is still to come."""
        with self._changed:
            if not self.is_live:
                return
            going_on: State = "running" if self._has_begun else "queued"
            self._state = "paused" if paused else going_on
            self.show()

    def end(self, state: State, reason: Fault | None) -> None:
        """For good."""
        with self._changed:
            self.reason = reason
            self.position = None
            self._state = state
            self.show()

    def show(self) -> None:
        """There is something new to see."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()
