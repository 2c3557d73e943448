"""What people want of a run. Any thread may put something in, under the worker's lock; the worker takes it out."""

from typing import Any

from ..faults import Fault


class Inbox:
    """Commands: whether to rest, single steps to make, settings to change, and whether to stop and why."""

    def __init__(self, paused: bool):
        self.paused = paused
        self.steps_owed = 0
        self.changes: dict[str, Any] = {}
        self.must_stop = False
        self.stop_reason: Fault | None = None

    @property
    def has_orders(self) -> bool:
        """Whether there is something to do for a run even while it rests."""
        return self.must_stop or bool(self.changes) or self.steps_owed > 0

    def owe_step(self) -> None:
        """One more step, and a rest after it."""
        self.paused = True
        self.steps_owed += 1

    def stop(self, reason: Fault | None) -> None:
        """The last of several reasons counts."""
        self.must_stop, self.stop_reason = True, reason

    def take_change(self) -> tuple[str, Any] | None:
        """The name and new value of one setting, in any order: each stands here once. None where there is none left."""
        return self.changes.popitem() if self.changes else None
