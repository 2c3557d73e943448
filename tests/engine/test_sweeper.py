"""The thread that looks after abandoned runs."""

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
