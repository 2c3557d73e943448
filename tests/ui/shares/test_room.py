"""What there is only so much of, shared by client and by address."""

import pytest

from playground.engine.clients import Client
from playground.faults import ExperimentError
from playground.ui.shares.room import Room


def room(limit: int, of_client: int = 8) -> Room:
    return Room(limit, of_client, "too_busy")


def client(token: int, address: str = "10.0.0.1") -> Client:
    return Client(f"token{token}", address)


def test_one_browser_has_places_for_a_few_tabs() -> None:
    watchers = room(100, of_client=3)
    for _ in range(3):
        watchers.enter(client(1))
    with pytest.raises(ExperimentError):
        watchers.enter(client(1))
    watchers.enter(client(2))
    watchers.leave(client(1))
    watchers.enter(client(1))


def test_one_address_leaves_half_of_the_places_to_others_however_many_tokens_it_makes_up() -> None:
    watchers = room(10)
    n_in = 0
    for i in range(100):
        try:
            watchers.enter(client(i))
            n_in += 1
        except ExperimentError as error:
            assert error.faults[0].code == "too_busy"
    assert n_in == 5
    assert watchers.refused == 95
    for i in range(5):
        watchers.enter(client(i, "10.0.0.2"))
    with pytest.raises(ExperimentError):
        watchers.enter(client(0, "10.0.0.3"))


def test_who_has_left_is_not_remembered() -> None:
    watchers = room(4)
    for i in range(1_000):
        watchers.enter(client(i))
        watchers.leave(client(i))
    assert watchers.taken == 0
    assert not watchers._of_client and not watchers._of_address


def test_large_amounts_count_for_what_they_are() -> None:
    bytes_out = room(1_000, of_client=500)
    bytes_out.enter(client(1), 400)
    with pytest.raises(ExperimentError):
        bytes_out.enter(client(2), 101)
    bytes_out.enter(client(2), 100)
    bytes_out.leave(client(1), 400)
    bytes_out.enter(client(2), 400)
    assert bytes_out.taken == 500
