"""Requests that are under way at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tests.reading.handed_in import until

Answer = TypeVar("Answer")


def at_once(
    asks: Sequence[Callable[[], Answer]],
    are_there: Callable[[], bool],
    go_on: Callable[[], object],
) -> list[Answer]:
    """The answers. In: each request; whether all of them have arrived; what lets the server answer then."""
    with ThreadPoolExecutor(len(asks)) as threads:
        answers = [threads.submit(ask) for ask in asks]
        try:
            until(are_there)
        finally:
            go_on()
        return [answer.result() for answer in answers]
