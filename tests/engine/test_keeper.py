"""The thread that looks after abandoned runs."""

from threading import Event
from typing import Any

import playground.engine.keeper as keeper_module
from playground.engine.keeper import Keeper

PATIENCE_S = 60


def test_a_sweep_that_fails_is_logged_and_the_next_one_comes(monkeypatch: Any, caplog: Any) -> None:
    monkeypatch.setattr(keeper_module, "SWEEP_S", 0.0)
    failed, came_again = Event(), Event()

    def sweep() -> None:
        if failed.is_set():
            came_again.set()
            return
        failed.set()
        raise ZeroDivisionError("a speed of 0")

    keeper = Keeper(sweep)
    keeper.thread.ensure()
    assert came_again.wait(PATIENCE_S)
    keeper.close()
    keeper.thread.join(PATIENCE_S)
    assert not keeper.thread.is_alive()
    assert "a speed of 0" in caplog.text
