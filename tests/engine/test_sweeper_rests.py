"""Runs may end by the hundred: sweeping after each of them is not to take the interpreter from training."""

import threading
import time
from collections.abc import Iterator

import pytest

from playground.engine.sweeper import LONGEST_REST_S, REST, Sweeper

SWEEPS_S = 0.01


class Closing(threading.Event):
    """Notes how long the sweeper rests, and lets it go on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.rests: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.rests.append(timeout)
        return super().wait(0)


@pytest.fixture
def swept() -> Iterator[tuple[Sweeper, Closing, threading.Event]]:
    swept = threading.Event()

    def sweep() -> None:
        until = time.thread_time() + SWEEPS_S
        while time.thread_time() < until:
            pass
        swept.set()

    sweeper = Sweeper(sweep)
    closing = sweeper._closing = Closing()
    sweeper.thread.ensure()
    yield sweeper, closing, swept
    sweeper.close()
    sweeper.thread.join(10)


def test_it_rests_ten_times_as_long_as_a_sweep_took(
    swept: tuple[Sweeper, Closing, threading.Event],
) -> None:
    sweeper, closing, has_swept = swept
    for n_sweeps in (1, 2):
        has_swept.clear()
        sweeper.wake()
        assert has_swept.wait(10)
        while len(closing.rests) < n_sweeps:
            pass
    assert all(REST * SWEEPS_S <= rest <= LONGEST_REST_S for rest in closing.rests)
