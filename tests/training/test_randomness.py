"""The global generators are lent to one run at a time, and come back as they were."""

from threading import Event, Thread

import pytest
import torch

from playground.training.randomness import CPU, RandomState

PATIENCE_S = 60


def numbers(seed: int, n: int) -> torch.Tensor:
    return torch.rand(n, generator=torch.Generator().manual_seed(seed))


def test_building_and_training_continue_one_stream_of_numbers() -> None:
    state = RandomState(3, CPU)
    with state.building():
        first = torch.rand(4)
    with state.swapped_in():
        second = torch.rand(4)
    assert torch.equal(torch.cat([first, second]), numbers(3, 8))


def test_two_runs_by_turns_have_each_its_own_numbers() -> None:
    states, found = [RandomState(seed, CPU) for seed in (1, 2)], [[], []]
    for _ in range(4):
        for state, mine in zip(states, found, strict=True):
            with state.swapped_in():
                mine.append(torch.rand(2))
    for seed, mine in zip((1, 2), found, strict=True):
        assert torch.equal(torch.cat(mine), numbers(seed, 8))


def test_making_and_lending_leave_the_global_state_as_it_was() -> None:
    before = torch.get_rng_state()
    state = RandomState(5, CPU)
    assert torch.equal(before, torch.get_rng_state())
    with pytest.raises(ZeroDivisionError), state.swapped_in():
        torch.rand(3)
        raise ZeroDivisionError
    assert torch.equal(before, torch.get_rng_state())
    with state.swapped_in():
        assert torch.equal(torch.rand(2), numbers(5, 5)[3:])


def test_a_turn_within_a_turn_is_the_same_thread_and_does_not_wait() -> None:
    outer, inner = RandomState(1, CPU), RandomState(2, CPU)
    with outer.swapped_in():
        a = torch.rand(1)
        with inner.swapped_in():
            assert torch.equal(torch.rand(3), numbers(2, 3))
        b = torch.rand(1)
    assert torch.equal(torch.cat([a, b]), numbers(1, 2))


def test_another_thread_waits_for_the_end_of_the_turn() -> None:
    mine, theirs = RandomState(1, CPU), RandomState(2, CPU)
    ready, found = Event(), []

    def other() -> None:
        ready.set()
        with theirs.swapped_in():
            found.append(torch.rand(3))

    thread = Thread(target=other)
    with mine.swapped_in():
        thread.start()
        ready.wait(PATIENCE_S)
        assert torch.equal(torch.rand(3), numbers(1, 3))
        assert found == []
    thread.join(PATIENCE_S)
    assert torch.equal(found[0], numbers(2, 3))
