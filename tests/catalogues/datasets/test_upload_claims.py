"""Uploads are shared by client: nobody's file goes for another's flood."""

from collections.abc import Iterator
from typing import Any

import pytest

from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.upload_claims import MOST_FILES
from playground.catalogues.datasets.uploads import UNUSED_S, Store

ANN, BOB = ("10.0.0.1", "ann"), ("10.0.0.1", "bob")
CAT = ("10.0.0.2", "cat")
DAN = ("10.0.0.3", "dan")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _kind(monkeypatch: Any) -> None:
    monkeypatch.setitem(uploads.KINDS, "test", lambda data: {})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    made = Store(max_bytes=100, max_total_bytes=400, clock=clock)
    yield made
    made.clear()


def file(store: Store, owner: tuple[str, str], letter: str, size: int = 50) -> str:
    return store.put(letter.encode() * size, "test", owner=owner)


def test_beyond_its_share_a_client_pushes_out_its_own_oldest(store: Store) -> None:
    other = file(store, CAT, "c")
    first, second = file(store, ANN, "a"), file(store, ANN, "b")
    third = file(store, ANN, "d")  # a quarter of 400 bytes is two files of 50
    assert [name in store for name in (other, first, second, third)] == [True, False, True, True]


def test_what_was_used_lately_goes_last(store: Store) -> None:
    first, second = file(store, ANN, "a"), file(store, ANN, "b")
    store.get(first)
    file(store, ANN, "d")
    assert first in store and second not in store


def test_one_client_has_so_many_files_however_small(store: Store) -> None:
    files = [store.put(str(i).encode(), "test", owner=ANN) for i in range(MOST_FILES + 5)]
    assert len(store) == MOST_FILES
    assert all(name in store for name in files[5:])


def test_made_up_tokens_of_one_address_get_half_of_all(store: Store) -> None:
    other = file(store, CAT, "c")
    for i in range(12):
        file(store, ("10.0.0.1", f"token{i}"), chr(ord("k") + i))
    assert other in store
    assert len(store) == 1 + 4


def test_a_full_store_takes_from_the_one_who_has_most(store: Store) -> None:
    for owner, letters in ((ANN, "ab"), (BOB, "de"), (CAT, "fg")):
        for letter in letters:
            file(store, owner, letter)
    oldest_of_dan = file(store, DAN, "h")
    file(store, DAN, "i")
    last = file(store, ("10.0.0.4", "eve"), "j")
    assert last in store and oldest_of_dan in store
    assert len(store) == 8


def test_a_file_that_two_handed_in_stays_as_long_as_one_of_them_keeps_it(store: Store) -> None:
    shared = file(store, ANN, "a")
    assert file(store, CAT, "a") == shared
    file(store, ANN, "b")
    file(store, ANN, "d")
    assert shared in store
    file(store, CAT, "e")
    file(store, CAT, "f")
    assert shared not in store


def test_handing_in_the_same_file_again_costs_nothing(store: Store) -> None:
    first, second = file(store, ANN, "a"), file(store, ANN, "b")
    for _ in range(10):
        assert file(store, ANN, "a") == first
    assert first in store and second in store


def test_a_file_that_nobody_used_for_hours_goes_at_the_next_upload(
    store: Store, clock: Clock
) -> None:
    unused, used = file(store, ANN, "a"), file(store, ANN, "b")
    clock.now += 0.6 * UNUSED_S
    store.get(used)
    clock.now += 0.6 * UNUSED_S
    file(store, CAT, "c")
    assert unused not in store and used in store


def test_the_machines_own_files_are_bounded_by_the_whole_alone() -> None:
    store = Store(max_bytes=100, max_total_bytes=400)
    for letter in "abcdefghij":
        store.put(letter.encode() * 50, "test")
    assert len(store) == 8
    store.clear()
