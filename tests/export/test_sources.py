"""Sources are read from their files once, by whichever thread comes first."""

import inspect
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from playground.catalogues import modules
from playground.export import sources
from playground.training.practice import Average, Patience


def test_the_source_is_what_stands_in_the_file() -> None:
    assert sources.read_source(Average) == inspect.getsource(Average).strip()


def test_many_threads_read_a_source_one_after_another_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    definitions: list[Any] = [Average, Patience, modules.Recurrent]
    reading: list[Any] = []
    read: list[Any] = []

    def one_at_a_time(definition: Any) -> str:
        assert not reading
        reading.append(definition)
        read.append(definition)
        reading.clear()
        return f"the source of {definition.__name__}\n"

    monkeypatch.setattr(inspect, "getsource", one_at_a_time)
    sources._read.cache_clear()
    together = Barrier(8)

    def read_all(_thread: int) -> list[str]:
        together.wait()
        return [sources.read_source(definition) for definition in definitions]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(read_all, range(8)))
    sources._read.cache_clear()
    assert read == definitions
    expected = [f"the source of {definition.__name__}" for definition in definitions]
    assert answers == [expected] * 8
