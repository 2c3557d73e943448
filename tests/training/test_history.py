"""What a run measured: tables, cursors, thinning."""

import numpy as np
import pytest

from playground.training.history import (
    CAPACITY,
    FIRST_ROWS,
    WIRE_ROWS,
    EventRecord,
    History,
    thin_rows,
)


def add(history: History, start: int, stop: int, spike: int = -1) -> None:
    rows = [
        {"step": s, "train_loss": 99.0 if s == spike else 1 / s, "lr": 0.1}
        for s in range(start, stop)
    ]
    history.append("steps", rows)


def test_a_cursor_gives_what_is_new_and_nothing_twice() -> None:
    history = History(["a"])
    add(history, 1, 11)
    first, cursor = history.since("")
    assert first["steps"]["step"].tolist() == list(range(1, 11))
    assert history.since(cursor) == ({}, cursor)
    add(history, 11, 13)
    history.append_event(EventRecord(12, "lr", 0.5))
    second, cursor = history.since(cursor)
    assert second["steps"]["step"].tolist() == [11, 12]
    assert second["events"] == [EventRecord(12, "lr", 0.5)]
    assert history.since(cursor)[0] == {}


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.2.3.4.5", "-", "1.x.3.4", "9" * 50])
def test_an_unreadable_cursor_counts_as_the_beginning(cursor: str) -> None:
    history = History()
    add(history, 1, 4)
    assert history.since(cursor)[0]["steps"]["step"].tolist() == [1, 2, 3]


def test_a_million_steps_stay_bounded_and_keep_their_spike_and_their_end() -> None:
    history = History()
    for start in range(1, 1_000_001, 10_000):
        add(history, start, start + 10_000, spike=123_456)
    steps = history.table("steps")
    assert len(steps["step"]) <= CAPACITY
    assert steps["step"][-1] == 1_000_000
    assert 123_456 in steps["step"] and steps["train_loss"].max() == 99.0
    assert np.all(np.diff(steps["step"]) > 0)
    every = np.searchsorted(steps["step"], np.linspace(1, 1_000_000, 100))
    assert np.all(np.diff(every) > 0)  # no stretch of the run is without rows


def test_a_page_that_is_up_to_date_gets_every_row_however_much_is_thinned() -> None:
    history, cursor, seen = History(), "", []
    for start in range(1, 30_001, 50):
        add(history, start, start + 50)
        news, cursor = history.since(cursor)
        seen += news["steps"]["step"].tolist()
    assert seen == list(range(1, 30_001))


def test_what_is_sent_at_once_is_bounded() -> None:
    history = History()
    add(history, 1, 7_000, spike=1_234)
    news, cursor = history.since("")
    assert WIRE_ROWS < len(news["steps"]["step"]) <= FIRST_ROWS
    assert 1_234 in news["steps"]["step"] and news["steps"]["step"][-1] == 6_999
    add(history, 7_000, 9_000, spike=8_000)
    news, _ = history.since(cursor)
    assert len(news["steps"]["step"]) <= WIRE_ROWS
    assert 8_000 in news["steps"]["step"] and news["steps"]["step"][-1] == 8_999


def test_a_wide_table_is_sent_first_in_fewer_rows() -> None:
    narrow, wide = (
        History([f"layers[{i}]" for i in range(n)])._tables["layers"].first_rows for n in (4, 40)
    )
    assert (narrow, wide) == (4_000, 40_000 // 82)


def test_thinning_keeps_lowest_and_highest_of_equal_stretches() -> None:
    step = np.arange(12.0)
    key = np.array([5, 1, 9, 4, 4, 0, 7, 3, 2, 2, 8, 6.0])
    kept = thin_rows(step, key, 5)
    assert kept.tolist() == [2, 5, 8, 10, 11]


def test_thinning_survives_gaps_in_the_numbers() -> None:
    key = np.array([np.nan, 1.0, np.inf, 2.0] * 25)
    kept = thin_rows(np.arange(100.0), key, 21)
    assert len(kept) <= 21 and kept[-1] == 99


def test_times_do_not_count_when_two_histories_are_compared() -> None:
    a, b = History(["x"]), History(["x"])
    row = {
        "epoch": 1,
        "step": 5,
        "train_loss": 1.0,
        "val_loss": 2.0,
        "val_accuracy": 0.5,
        "lr": 0.1,
    }
    a.append("epochs", [{**row, "seconds": 1.0, "samples_per_s": 10.0}])
    b.append("epochs", [{**row, "seconds": 2.0, "samples_per_s": 20.0}])
    assert a.equals(b)
    add(a, 1, 2)
    assert not a.equals(b)
