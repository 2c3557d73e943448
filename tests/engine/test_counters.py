"""What is counted, and how seldom the log speaks of it."""

import logging

import pytest

from playground.engine.counters import QUIET_S, Counters


def test_each_name_has_a_number() -> None:
    counters = Counters()
    for name in ("b", "a", "b"):
        counters.count(name)
    counters.refused("busy")
    assert counters.view() == {"a": 1, "b": 2, "refused.busy": 1}


def test_a_flood_of_refusals_is_logged_once_a_minute_for_each_kind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = 0.0
    counters = Counters(clock=lambda: now)
    with caplog.at_level(logging.WARNING):
        for _ in range(1000):
            counters.refused("busy")
        counters.refused("slow")
        now += QUIET_S
        counters.refused("busy")
    assert [record.getMessage() for record in caplog.records] == [
        "refused: busy (1 since this was last said, 1 in all)",
        "refused: slow (1 since this was last said, 1 in all)",
        "refused: busy (1000 since this was last said, 1001 in all)",
    ]
