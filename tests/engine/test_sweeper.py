"""The thread that looks after abandoned runs."""

import time
from threading import Event
from typing import Any

import playground.engine.sweeper as sweeper_module
from playground.engine.sweeper import Sweeper

PATIENCE_S = 60


def test_a_sweep_that_fails_is_logged_and_the_next_one_comes(monkeypatch: Any, caplog: Any) -> None:
    monkeypatch.setattr(sweeper_module, "SWEEP_S", 0.0)
    failed, came_again = Event(), Event()

    def sweep() -> None:
        if failed.is_set():
            came_again.set()
            return
        failed.set()
        raise ZeroDivisionError("a speed of 0")

    sweeper = Sweeper(sweep)
    sweeper.thread.ensure()
    assert came_again.wait(PATIENCE_S)
    sweeper.close()
    sweeper.thread.join(PATIENCE_S)
    assert not sweeper.thread.is_alive()
    assert "a speed of 0" in caplog.text


class Closing(Event):
    """Notes how long the sweeper rests, and lets it go on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.rest_s = 0.0
        self.has_rested = Event()

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.rest_s = timeout
        self.has_rested.set()
        return super().wait(0)


def test_it_rests_ten_times_as_long_as_a_sweep_took() -> None:
    """Runs may end by the hundred: sweeping after each of them would take the interpreter from training."""

    def sweep() -> None:
        until = time.thread_time() + 0.01
        while time.thread_time() < until:
            pass

    sweeper = Sweeper(sweep)
    closing = sweeper._closing = Closing()
    sweeper.thread.ensure()
    sweeper.wake()
    assert closing.has_rested.wait(PATIENCE_S)
    sweeper.close()
    sweeper.thread.join(PATIENCE_S)
    assert sweeper_module.REST * 0.01 <= closing.rest_s <= sweeper_module.LONGEST_REST_S
