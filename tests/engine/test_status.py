"""Where a run stands, and what may follow what."""

from threading import Condition

import pytest

from playground.engine.status import Status
from playground.faults import Fault

WHY = Fault("", "busy", {"limit": 1})


def test_a_run_waits_in_line_until_its_worker_begins_it() -> None:
    status = Status(Condition(), paused=False)
    assert status.state == "queued"
    status.begin()
    assert status.state == "running"


def test_a_run_that_rests_before_its_first_turn_goes_back_into_the_line() -> None:
    status = Status(Condition(), paused=True)
    status.rest(False)
    assert status.state == "queued"


def test_a_run_that_was_asked_while_it_rested_goes_on_at_once() -> None:
    status = Status(Condition(), paused=True)
    status.begin()
    assert status.state == "paused"
    status.rest(False)
    assert status.state == "running"


@pytest.mark.parametrize("ended", ["done", "stopped", "failed"])
def test_nothing_leads_back_from_an_ending(ended: str) -> None:
    status = Status(Condition(), paused=False)
    status.end(ended, WHY)  # type: ignore[arg-type]
    status.rest(False)
    status.begin()
    assert status.state == ended and status.reason is WHY and not status.is_live


def test_whatever_can_be_seen_makes_the_version_grow() -> None:
    status = Status(Condition(), paused=False)
    versions = [status.version]
    for change in (status.show, lambda: status.rest(True), lambda: status.end("done", None)):
        change()
        versions.append(status.version)
    assert versions == sorted(set(versions))
