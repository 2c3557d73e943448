"""When a pool of processes starts another one, and when not."""

import threading
from typing import Any

from playground.reading.messages import Message
from playground.reading.pool import Pool
from tests.reading.handed_in import until


class Started:
    """Stands for a process. `seen`: whether its pool said that it had one whenever it was looked at."""

    jobs = 0
    grown_bytes = 0

    def __init__(self, pool: list[Pool]):
        self._pool = pool
        self.seen: list[bool] = []

    @property
    def is_sound(self) -> bool:
        """Asked between two calls, when the process is no longer idle and not yet at work."""
        self.seen.append(self._pool[0].is_warm)
        self._pool[0].warm()
        return True

    def call(self, *told: object) -> Message:
        self._pool[0].warm()
        return Message({"answer": "done"})

    def end(self) -> None:
        """Nothing is to be ended."""

    kill = end


def test_a_busy_process_is_not_taken_for_a_missing_one() -> None:
    """Each that is started in vain loads torch: seven seconds of a core, again and again beside a busy class."""
    pools: list[Pool] = []
    started: list[Started] = []

    def start_one(memory_bytes: int) -> Any:
        started.append(Started(pools))
        return started[-1]

    pools.append(Pool(1, start=start_one))
    for _ in range(3):
        assert pools[0].call("any", {}).value == "done"
    assert len(started) == 1
    assert started[0].seen == [True, True]


def test_a_call_waits_for_the_process_that_comes_up() -> None:
    pools: list[Pool] = []
    begun: list[Started] = []
    may_end = threading.Event()

    def start_one(memory_bytes: int) -> Any:
        begun.append(Started(pools))
        may_end.wait(30)
        return begun[-1]

    pools.append(Pool(1, start=start_one))
    warming = threading.Thread(target=pools[0].warm)
    warming.start()
    until(lambda: bool(begun))
    calling = threading.Thread(target=lambda: pools[0].call("any", {}))
    calling.start()
    until(lambda: pools[0].calls == 1)
    may_end.set()
    calling.join(30)
    warming.join(30)
    assert len(begun) == 1 and not calling.is_alive()
