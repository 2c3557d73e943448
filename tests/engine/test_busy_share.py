"""Which part of the time a device works for one run."""

from playground.engine.busy_share import BusyShare


def test_a_run_alone_has_its_device_to_itself() -> None:
    assert BusyShare().value == 1.0


def test_the_share_is_the_time_at_work_over_the_time_that_passed() -> None:
    share = BusyShare()
    share.measure(True, now=1_000.0, busy_s=7.0)
    share.measure(True, now=1_000.5, busy_s=7.4)  # not yet long enough
    assert share.value == 1.0
    share.measure(True, now=1_002.0, busy_s=7.5)
    assert share.value == 0.25


def test_a_pause_does_not_count() -> None:
    share = BusyShare()
    share.measure(True, now=0.0, busy_s=0.0)
    share.measure(False, now=50.0, busy_s=0.0)
    share.measure(True, now=100.0, busy_s=0.0)
    share.measure(True, now=102.0, busy_s=2.0)
    assert share.value == 1.0
