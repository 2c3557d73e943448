"""The interpreter's time: who uses little passes, who uses much waits, and who used least goes first."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground.engine.clients import Client
from playground.faults import ExperimentError
from playground.ui.shares.budget import (
    BURST_S,
    COUNTED_S,
    DEEPEST_S,
    EXPECTED_S,
    LIGHT_S,
    MOST_A_SECOND,
    RATE,
    WAITING_OF_CLIENT,
    Budget,
)
from playground.ui.shares.newcomers import MOST_ARRIVING, NEW_S

from ...event_loop import finished

ANN, BOB, CAT = Client("ann", "10.0.0.1"), Client("bob", "10.0.0.1"), Client("cat", "10.0.0.2")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run(story: Callable[[Budget, Clock], Awaitable[Any]], trains: bool = True) -> Any:
    """A story on an event loop, whose people have all been there for a while."""
    clock = Clock()
    budget = Budget(lambda: trains, clock)
    for client in (ANN, BOB, CAT):
        budget.spend(0.0, client)
    clock.now += NEW_S

    async def told() -> Any:
        return await story(budget, clock)

    return finished(told())


def admitted(turn: asyncio.Future[None] | None) -> bool:
    return turn is None or turn.done()


def test_what_a_quiet_while_has_saved_may_be_used_at_once_and_then_one_who_used_much_waits() -> (
    None
):
    async def story(budget: Budget, clock: Clock) -> None:
        assert budget.turn(ANN) is None
        budget.spend(BURST_S + 0.1, ANN)
        budget.spend(0.0, ANN)
        budget._usage.add(ANN, LIGHT_S)
        turn = budget.turn(ANN)
        assert turn is not None and not turn.done()
        clock.now += 0.9 * 0.1 / RATE
        budget._look()
        assert not turn.done()
        clock.now += 0.2 * 0.1 / RATE
        budget._look()
        assert turn.done()

    run(story)


def test_who_uses_little_passes_however_much_another_one_has_used() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        budget.spend(BURST_S + DEEPEST_S, ANN)
        assert not admitted(budget.turn(ANN))
        assert admitted(budget.turn(BOB)) and admitted(budget.turn(CAT))

    run(story)


def test_what_is_under_way_counts_before_it_has_ended() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        budget.spend(BURST_S + DEEPEST_S, ANN)
        n_admitted = 0
        while admitted(budget.turn(BOB, EXPECTED_S)):
            n_admitted += 1
        assert n_admitted == pytest.approx(LIGHT_S / EXPECTED_S, abs=1)
        for _ in range(10):
            budget.ended(BOB, EXPECTED_S)
        assert admitted(budget.turn(BOB, EXPECTED_S))

    run(story)


def test_of_those_who_wait_the_one_who_used_least_goes_first() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        budget.spend(BURST_S + 0.1, ANN)
        budget._usage.add(ANN, 3 * LIGHT_S)
        budget._usage.add(BOB, 2 * LIGHT_S)
        ann, bob = budget.turn(ANN), budget.turn(BOB)
        clock.now += 0.11 / RATE
        budget._look()
        assert admitted(bob) and not admitted(ann)

    run(story)


def test_more_new_tokens_than_a_class_brings_count_as_one_and_wait() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        budget.spend(BURST_S + DEEPEST_S, ANN)
        for number in range(MOST_ARRIVING - 5):
            assert admitted(budget.turn(Client(f"learner{number}", "10.0.0.2")))
        for number in range(200):
            budget.spend(0.01, Client(f"token{number}", "10.0.0.2"))
        assert not admitted(budget.turn(Client("another", "10.0.0.2")))
        assert admitted(budget.turn(CAT))
        assert admitted(budget.turn(Client("elsewhere", "10.0.0.3")))

    run(story)


def test_too_many_of_one_client_are_refused_with_when_to_come_again() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        budget.spend(BURST_S + 0.3, ANN)
        budget._usage.add(ANN, LIGHT_S)
        for _ in range(WAITING_OF_CLIENT):
            budget.turn(ANN)
        with pytest.raises(ExperimentError) as refused:
            budget.turn(ANN)
        assert refused.value.faults[0].code == "too_busy"
        assert refused.value.faults[0].values["seconds"] >= 1

    run(story)


def test_one_that_goes_away_leaves_its_place_to_the_next() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        budget.spend(BURST_S + 0.1, ANN)
        budget._usage.add(ANN, 2 * LIGHT_S)
        budget._usage.add(BOB, 2 * LIGHT_S)
        gone, bob = budget.turn(ANN), budget.turn(BOB)
        assert gone is not None
        gone.cancel()
        clock.now += 0.2 / RATE
        budget._look()
        assert admitted(bob)

    run(story)


def test_while_nothing_trains_there_is_more_time_for_everything_else() -> None:
    async def story(budget: Budget, clock: Clock) -> bool:
        budget.spend(BURST_S + 0.3, ANN)
        budget._usage.add(ANN, LIGHT_S)
        turn = budget.turn(ANN)
        clock.now += 0.4
        budget._look()
        return admitted(turn)

    assert run(story, trains=False)
    assert not run(story, trains=True)


def test_who_asks_faster_than_a_page_does_comes_too_early() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        n_free = round(MOST_A_SECOND * COUNTED_S)
        for _ in range(n_free):
            budget.spend_loop(ANN)
            assert budget.rush_s(ANN) == 0
        for _ in range(MOST_A_SECOND):
            budget.spend_loop(ANN)
        assert budget.rush_s(ANN) == pytest.approx(1.0)
        assert budget.rush_s(BOB) == 0  # of the same address
        clock.now += COUNTED_S * math.log(1.5)  # two thirds of them still count
        assert budget.rush_s(ANN) == pytest.approx(0.0)

    run(story)


def test_a_page_that_asks_ten_times_a_second_never_comes_too_early() -> None:
    async def story(budget: Budget, clock: Clock) -> None:
        for _ in range(300):
            clock.now += 1 / MOST_A_SECOND
            budget.spend_loop(ANN)
            assert budget.rush_s(ANN) < 0.1

    run(story)
