"""Who begins one run after the other gets less of the device than who lets one train."""

from collections import deque

from .work import Clock

FORGET_S = 60.0
AT_EASE = 12  # runs that an address may begin in that time at no cost: one every five seconds
MOST_ADDRESSES = 4_096
MOST_STARTS = 400  # of an address that are remembered


class Restlessness:
    """How many runs each address began of late.

    A new run builds its network and reads its data in the time of the device, and is thrown away by the next: without
    this, an address that does nothing but begin would take half of it.
    """

    def __init__(self, clock: Clock):
        self._clock = clock
        self._starts: dict[str, deque[float]] = {}

    def began(self, address: str) -> None:
        """A run of this address begins."""
        if len(self._starts) > MOST_ADDRESSES:
            self._starts.clear()  # costs nobody more than a minute
        starts = self._starts.setdefault(address, deque(maxlen=MOST_STARTS))
        starts.append(self._clock())

    def of(self, address: str) -> float:
        """How many times its time on the device is charged: 1 for one that begins a run now and then."""
        starts = self._starts.get(address)
        if not starts:
            return 1.0
        since = self._clock() - FORGET_S
        while starts and starts[0] < since:
            starts.popleft()
        return max(1.0, len(starts) / AT_EASE)
