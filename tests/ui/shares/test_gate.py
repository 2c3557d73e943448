"""Who goes in first, who waits, and who is sent away."""

import pytest

from playground.engine.clients import Client
from playground.faults import ExperimentError
from playground.ui.shares.gate import LONGEST_COOLING_S, LONGEST_REST_S, Gate, Ticket
from playground.ui.shares.kinds import Kind
from playground.ui.shares.newcomers import MOST_ARRIVING, NEW_S

ANN, BOB = Client("ann", "10.0.0.1"), Client("bob", "10.0.0.1")
CAT = Client("cat", "10.0.0.2")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def gate(clock: Clock | None = None, **options: float) -> Gate:
    kind = {"places": 1, "of_client": 1, "waiting_of_client": 8, **options}
    return Gate(Kind("test", **kind), clock=clock or Clock())  # type: ignore[arg-type]


def is_in(ticket: Ticket) -> bool:
    return ticket.admitted.done()


def test_there_is_a_place_for_the_first_and_the_next_one_waits_for_it() -> None:
    door = gate()
    first, second = door.enter(ANN), door.enter(BOB)
    assert is_in(first) and not is_in(second)
    door.leave(first)
    assert is_in(second)
    assert (door.n_running, door.n_waiting) == (1, 0)


def test_a_client_takes_no_more_than_its_places_even_where_others_are_free() -> None:
    door = gate(places=3, of_client=2)
    tickets = [door.enter(ANN) for _ in range(4)]
    assert [is_in(ticket) for ticket in tickets] == [True, True, False, False]
    assert is_in(door.enter(BOB))
    door.leave(tickets[1])
    assert [is_in(ticket) for ticket in tickets] == [True, True, True, False]


def test_the_client_that_used_least_goes_first_though_it_came_last() -> None:
    clock = Clock()
    door = gate(clock)
    door.charge(ANN, 0.0)
    door.charge(BOB, 0.0)
    clock.now += NEW_S
    busy = door.enter(ANN)
    waiting = [door.enter(ANN), door.enter(ANN), door.enter(BOB)]
    door.charge(ANN, 2.0)
    door.leave(busy)
    assert [is_in(ticket) for ticket in waiting] == [False, False, True]


def test_one_that_has_been_there_goes_before_tokens_that_are_new() -> None:
    clock = Clock()
    door = gate(clock)
    door.charge(ANN, 0.1)
    clock.now += NEW_S
    new = [door.enter(Client(f"token{i}", "10.0.0.1")) for i in range(MOST_ARRIVING + 5)]
    door.charge(new[0].client, 0.2)
    ann = door.enter(ANN)
    door.leave(new[0])
    assert is_in(ann)


def test_many_made_up_tokens_share_what_their_address_gets() -> None:
    door = gate()
    crowd = [door.enter(Client(f"token{i}", "10.0.0.1")) for i in range(20)]
    door.charge(crowd[0].client, 0.1)
    alone = door.enter(CAT)
    door.leave(crowd[0])
    assert is_in(alone)


def test_equals_go_in_the_order_in_which_they_came() -> None:
    door = gate()
    busy = door.enter(ANN)
    bob, dan = door.enter(BOB), door.enter(Client("dan", "10.0.0.1"))
    door.leave(busy)
    assert is_in(bob) and not is_in(dan)


def test_two_addresses_that_use_much_take_turns_by_what_they_use() -> None:
    clock = Clock()
    door = gate(clock, waiting_of_client=99, waiting=999)
    crowd = [door.enter(Client(f"token{i}", "10.0.0.1")) for i in range(50)]
    alone = [door.enter(CAT) for _ in range(50)]
    served = {"10.0.0.1": 0, "10.0.0.2": 0}
    for _ in range(30):
        running = next(ticket for ticket in (*crowd, *alone) if is_in(ticket) and ticket.since == 0)
        running.since = -1.0  # counted
        clock.now += 0.1
        served[running.client.address] += 1
        door.charge(running.client, 0.1 if running.client == CAT else 0.2)
        door.leave(running)
    assert served["10.0.0.2"] == pytest.approx(2 * served["10.0.0.1"], abs=2)


def test_one_that_asks_for_little_waits_for_one_turn_of_another_address_at_most() -> None:
    clock = Clock()
    door = gate(clock, waiting_of_client=99, waiting=999)
    crowd = [door.enter(Client(f"token{i}", "10.0.0.2")) for i in range(9)]
    own = [door.enter(BOB) for _ in range(9)]  # another program, at ann's address
    for ticket in (crowd[0], own[0]):
        for _ in range(20):
            door.charge(ticket.client, 1.0)
    clock.now += 8.0  # the crowd has waited for long
    ann = door.enter(ANN)
    door.leave(crowd[0])
    if not is_in(ann):
        running = next(ticket for ticket in (*crowd[1:], *own) if is_in(ticket))
        door.charge(running.client, 1.0)
        door.leave(running)
    assert is_in(ann)


def test_too_many_of_one_client_are_refused_and_others_are_not() -> None:
    door = gate(waiting_of_client=2)
    for _ in range(3):
        door.enter(ANN)
    with pytest.raises(ExperimentError) as refused:
        door.enter(ANN)
    assert refused.value.faults[0].code == "too_busy"
    assert door.refused == 1
    door.enter(BOB)


def test_too_many_in_all_are_refused() -> None:
    door = gate(waiting=3)
    for i in range(4):
        door.enter(Client(f"token{i}", "10.0.0.1"))
    with pytest.raises(ExperimentError):
        door.enter(CAT)


def test_a_refusal_says_when_to_come_again_by_what_waits() -> None:
    door = gate(waiting=3, waiting_of_client=1)
    for _ in range(200):
        door.charge(ANN, 10.0)  # what a piece of work usually takes
    for i in range(4):
        door.enter(Client(f"token{i}", "10.0.0.1"))
    with pytest.raises(ExperimentError) as refused:
        door.enter(CAT)
    assert refused.value.faults[0].values["seconds"] == 40


def test_one_that_gives_up_leaves_the_line() -> None:
    door = gate()
    busy, tired, last = door.enter(ANN), door.enter(BOB), door.enter(CAT)
    door.leave(tired)
    assert door.n_waiting == 1
    door.leave(busy)
    assert is_in(last)


def test_one_that_was_cancelled_while_it_waited_does_not_take_the_place() -> None:
    door = gate()
    busy, gone, last = door.enter(ANN), door.enter(BOB), door.enter(CAT)
    gone.admitted.cancel()
    door.leave(busy)
    assert is_in(last)
    door.leave(gone)
    assert (door.n_running, door.n_waiting) == (1, 0)


def test_a_client_over_its_share_rests_and_its_place_is_free_for_others() -> None:
    door = gate(share_s=5.0)
    busy = door.enter(ANN)
    assert door.charge(ANN, 4.0) == 0
    assert door.charge(ANN, 2.0) == pytest.approx(2.0 * 6 / 5)
    assert door.charge(ANN, 4.0) == pytest.approx(4.0 * 10 / 5)
    assert door.charge(ANN, 30.0) == LONGEST_REST_S
    door.rest(busy)
    own, other = door.enter(ANN), door.enter(BOB)
    assert is_in(other) and not is_in(own)
    door.leave(other)
    assert not is_in(own)
    door.leave(busy)
    assert is_in(own)


@pytest.mark.parametrize(
    ("times", "worked_s", "cools_s"),
    [
        (1, 0.3, 0.3),
        (3, 0.3, 0.9),
        (3, 1.0, LONGEST_COOLING_S),  # three times a long file would keep everybody out
        (3, 5.0, 5.0),
    ],
)
def test_a_place_that_cools_stays_free_for_a_while_after_the_work(
    times: float, worked_s: float, cools_s: float
) -> None:
    clock = Clock()
    door = gate(clock, cools=times)
    busy, next_one = door.enter(ANN), door.enter(BOB)
    door.charge(ANN, worked_s)
    door.leave(busy)
    clock.now += cools_s - 0.01
    door.look()
    assert not is_in(next_one)
    clock.now += 0.02
    door.look()
    assert is_in(next_one)


def test_one_who_used_a_little_does_not_wait_for_ever_behind_newcomers_who_used_nothing() -> None:
    clock = Clock()
    door = gate(clock, waiting=64)
    door.charge(ANN, 0.4)
    running = door.enter(BOB)
    ann = door.enter(ANN)
    n_before_her = 0
    while not is_in(ann):
        newcomer = door.enter(Client(f"new {n_before_her}", f"10.0.1.{n_before_her}"))
        clock.now += 0.1
        door.leave(running)
        running = newcomer
        n_before_her += 1
    assert 2 <= n_before_her <= 20  # 0.4 s of a fourth of the place are 1.6 s
