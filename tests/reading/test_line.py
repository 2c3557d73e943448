"""Places in turn: by address, inside an address by client, for one client in order of arrival."""

import threading
from contextlib import ExitStack

import pytest

from playground.reading.line import NOBODY, Line, LineFull
from tests.reading.handed_in import until

SOON = 30.0


def order_of(wishes: list[tuple[str, str]], held_by: tuple[str, str] = NOBODY) -> list[int]:
    """In which order the wishes get the only place, which was taken until all of them had come."""
    line = Line(1, most_waiting=100, most_of_client=100)
    began: list[int] = []

    def wish(number: int) -> None:
        with line.place(wishes[number], SOON):
            began.append(number)

    threads = []
    with line.place(held_by, SOON):
        for number in range(len(wishes)):
            thread = threading.Thread(target=wish, args=(number,))
            thread.start()
            threads.append(thread)
            until(lambda number=number: len(line) == number + 1)
    for thread in threads:
        thread.join(SOON)
    return began


def test_a_single_client_is_served_in_order() -> None:
    assert order_of([("1", "a")] * 4) == [0, 1, 2, 3]


def test_a_client_with_one_wish_does_not_wait_behind_ten_of_another() -> None:
    wishes = [("1", "a")] * 10 + [("1", "b")]
    assert order_of(wishes, held_by=("1", "a")) == [10, *range(10)]


def test_an_address_of_many_names_does_not_keep_another_waiting() -> None:
    wishes = [("1", f"name {number}") for number in range(10)] + [("2", "b")]
    assert order_of(wishes, held_by=("1", "name"))[0] == 10


def test_addresses_take_turns() -> None:
    wishes = [("1", "a"), ("1", "b"), ("1", "c"), ("2", "a"), ("2", "b")]
    assert order_of(wishes, held_by=("3", "x")) == [0, 3, 1, 4, 2]


def test_one_place_stays_out_of_reach_of_a_client_that_has_the_others() -> None:
    line = Line(3, most_waiting=9, most_of_client=9)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(line.place(("1", "a"), SOON))
        with pytest.raises(LineFull), line.place(("1", "a"), 0):
            pass
        with line.place(("1", "b"), SOON):
            assert len(line) == 0


def test_the_machine_s_own_programs_share_nothing_out() -> None:
    line = Line(2, most_waiting=9, most_of_client=0)
    with line.place(NOBODY, SOON), line.place(NOBODY, SOON):
        assert len(line) == 0


def test_what_took_too_long_leaves_the_line() -> None:
    line = Line(1, most_waiting=9, most_of_client=9)
    with line.place(("1", "a"), SOON):
        with pytest.raises(LineFull, match="too long"), line.place(("2", "b"), 0.01):
            pass
        assert len(line) == 0


@pytest.mark.parametrize(("most_waiting", "most_of_client"), [(2, 9), (9, 2)])
def test_where_too_many_wait_the_next_is_refused(most_waiting: int, most_of_client: int) -> None:
    line = Line(1, most_waiting, most_of_client)
    client = ("1", "a")
    threads = []
    with line.place(client, SOON):
        for _ in range(2):
            thread = threading.Thread(target=lambda: line.place(client, SOON).__enter__())
            thread.daemon = True
            threads.append(thread)
            thread.start()
        until(lambda: len(line) == 2)
        with pytest.raises(LineFull, match="too many"), line.place(client, SOON):
            pass
