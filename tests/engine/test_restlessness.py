"""Who begins run after run gets less of the device."""

from playground.engine.restlessness import AT_EASE, FORGET_S, Restlessness


def test_time_is_charged_more_the_more_runs_an_address_began_and_a_minute_later_no_longer() -> None:
    now = 0.0
    restlessness = Restlessness(lambda: now)
    assert restlessness.of("here") == 1.0
    for _ in range(AT_EASE):
        restlessness.began("here")
    assert restlessness.of("here") == 1.0
    for _ in range(2 * AT_EASE):
        restlessness.began("here")
    assert restlessness.of("here") == 3.0
    assert restlessness.of("there") == 1.0
    now = FORGET_S + 1
    assert restlessness.of("here") == 1.0
