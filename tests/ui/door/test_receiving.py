"""How much is received at a time, of one client, of one address and of all."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from playground.engine.clients import Client
from playground.faults import ExperimentError
from playground.ui.door.receiving import Receiving

ANNA, BEN = Client("anna", "203.0.113.1"), Client("ben", "203.0.113.1")
CLARA = Client("clara", "203.0.113.2")


def refused(call: Callable[[int], None], size: int) -> bool:
    try:
        call(size)
    except ExperimentError as error:
        assert error.faults[0].code == "too_many_bodies"
        return True
    return False


def test_the_only_body_of_a_client_may_be_longer_than_a_share() -> None:
    receiving = Receiving(most=100, most_of_client=10)
    with receiving.body(ANNA) as body:
        body.check(90)
        body.take(90)
        assert receiving.total == 90


def test_several_bodies_of_a_client_have_one_share_together() -> None:
    receiving = Receiving(most=100, most_of_client=10)
    with receiving.body(ANNA) as first, receiving.body(ANNA) as second:
        first.take(6)
        second.take(4)
        assert refused(second.take, 1) and refused(first.take, 1) and refused(second.check, 1)


def test_all_behind_one_address_have_half_of_the_whole() -> None:
    receiving = Receiving(most=100, most_of_client=40)
    with ExitStack() as stack:
        for client in (ANNA, BEN):
            stack.enter_context(receiving.body(client)).take(25)
        assert refused(stack.enter_context(receiving.body(BEN)).take, 1)
        stack.enter_context(receiving.body(CLARA)).take(40)


def test_no_more_than_the_whole_is_received_by_anybody() -> None:
    receiving = Receiving(most=100, most_of_client=40)
    with receiving.body(ANNA) as first, receiving.body(CLARA) as second:
        first.take(60)
        assert refused(second.take, 41)
        second.take(40)


def test_what_was_received_is_free_again_at_the_end_whatever_happened() -> None:
    receiving = Receiving(most=100, most_of_client=10)
    with pytest.raises(ZeroDivisionError), receiving.body(ANNA) as body:
        body.take(100)
        raise ZeroDivisionError
    assert receiving.total == 0
    with receiving.body(ANNA) as body:
        body.take(100)


def test_bodies_of_an_address_count_from_their_first_byte_to_their_end() -> None:
    receiving = Receiving(most=100, most_of_client=100)
    with receiving.body(ANNA) as first, receiving.body(CLARA) as of_another:
        of_another.take(1)
        assert first.n_of_address == 0
        first.take(1)
        first.take(1)
        with receiving.body(BEN) as second:
            assert second.n_of_address == 1
            second.take(1)
            assert first.n_of_address == second.n_of_address == 2
        assert (first.n_of_address, of_another.n_of_address) == (1, 1)
    assert receiving.n_of(ANNA.address) == receiving.n_of(CLARA.address) == 0
