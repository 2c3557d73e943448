"""What was used of late: forgotten little by little, and never a table without end."""

import math

import pytest

from playground.ui.shares.usage import FORGET_S, MOST_USERS, Usage


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_work_is_forgotten_little_by_little() -> None:
    clock = Clock()
    usage = Usage(clock)
    usage.add("ann", 6)
    assert usage.of("ann") == 6
    clock.now += FORGET_S
    assert usage.of("ann") == pytest.approx(6 / math.e)
    usage.add("ann", 1)
    assert usage.of("ann") == pytest.approx(6 / math.e + 1)
    assert usage.of("bob") == 0


def test_a_user_who_always_works_comes_to_a_minute() -> None:
    clock = Clock()
    usage = Usage(clock)
    for _ in range(1_000):
        clock.now += 1
        usage.add("ann", 1)
    assert usage.of("ann") == pytest.approx(FORGET_S, rel=0.02)


def test_many_made_up_names_do_not_fill_the_memory() -> None:
    clock = Clock()
    usage = Usage(clock)
    usage.add("ann", 1_000)
    for i in range(20 * MOST_USERS):
        clock.now += 0.001
        usage.add(i, 0.01)
    assert len(usage._used) <= MOST_USERS + 1


def test_names_that_used_nothing_of_late_go_first() -> None:
    clock = Clock()
    usage = Usage(clock)
    for i in range(MOST_USERS):
        usage.add(i, 0.01)
    clock.now += 10 * FORGET_S
    usage.add("ann", 5)
    assert usage.of("ann") == 5
    assert len(usage._used) == 1
