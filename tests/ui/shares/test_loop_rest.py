"""The event loop sleeps where it has worked more than its share, and only while something trains."""

import asyncio
from collections.abc import Callable

import pytest

from playground.ui.shares.loop_rest import (
    BURST_S,
    DEEPEST_S,
    LATELY_S,
    LONGEST_S,
    SHARE,
    TOLERATED_S,
    LoopRest,
)

from ...event_loop import finished


class Machine:
    """A clock and a thread's work that a test moves; sleeping moves the clock."""

    def __init__(self) -> None:
        self.now = 100.0
        self.worked = 5.0
        self.slept: list[float] = []
        self.trains = True
        self.slept_now: Callable[[], object] = lambda: None
        self.rest = LoopRest(lambda: self.trains, lambda: self.now, lambda: self.worked, self.sleep)
        self.rest.rest()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        self.slept_now()

    def work(self, seconds: float) -> None:
        self.now += seconds
        self.worked += seconds
        self.rest.rest()


def test_a_short_burst_is_free() -> None:
    machine = Machine()
    machine.work(BURST_S)
    assert machine.slept == []


def test_work_without_end_takes_its_share_of_the_time_and_no_more() -> None:
    machine = Machine()
    began, worked = machine.now, machine.worked
    for _ in range(5_000):
        machine.work(0.002)
    share = (machine.worked - worked) / (machine.now - began)
    assert share == pytest.approx(SHARE, rel=0.02)
    assert max(machine.slept) <= LONGEST_S


def test_a_loop_that_does_little_never_sleeps() -> None:
    machine = Machine()
    for _ in range(500):
        machine.work(0.001)
        machine.now += 0.004
    assert machine.slept == []


def test_while_nothing_trains_it_works_on() -> None:
    machine = Machine()
    machine.trains = False
    for _ in range(100):
        machine.work(0.1)
    assert machine.slept == []


def test_what_is_owed_is_paid_within_half_a_second() -> None:
    machine = Machine()
    machine.work(60.0)
    while machine.rest._left_s < -TOLERATED_S - 1e-9:
        machine.rest.rest()
    assert sum(machine.slept) <= (DEEPEST_S - TOLERATED_S) / SHARE + 1e-9


def test_a_little_more_than_its_share_stops_nobody() -> None:
    machine = Machine()
    machine.work((BURST_S + TOLERATED_S / 2) / (1 - SHARE))  # it earns its share meanwhile
    assert machine.rest.is_due() and machine.slept == []
    machine.work(TOLERATED_S / (1 - SHARE))
    assert machine.slept == [pytest.approx(min(LONGEST_S, TOLERATED_S / 2 / SHARE))]


def test_it_rests_once_and_not_before_the_answers_of_the_round_have_gone() -> None:
    machine = Machine()

    async def story() -> list[float]:
        rested = asyncio.Event()
        machine.slept_now = rested.set
        machine.trains = False
        machine.work(1.0)
        machine.trains = True
        for _ in range(3):
            machine.rest.rest_soon()
        before = list(machine.slept)
        await rested.wait()
        return before

    assert finished(story()) == []
    assert machine.slept == [LONGEST_S]


def test_a_moment_after_a_rest_it_still_knows_that_there_is_too_much_to_do() -> None:
    machine = Machine()
    machine.trains = False  # so that nothing but the clock pays what is owed
    assert not machine.rest.was_due()
    machine.work(BURST_S + DEEPEST_S)
    machine.now += LATELY_S / 2
    assert machine.rest.was_due() and not machine.rest.is_due()
    assert not machine.rest.is_needed()  # nothing trains that would have the time
    machine.trains = True
    assert machine.rest.is_needed()
    machine.trains = False
    machine.now += LATELY_S
    assert not machine.rest.was_due()
