"""Who begins run after run gets less of the device."""

from playground.engine import worker as worker_module
from playground.engine.clients import Client
from playground.engine.engine import Engine
from playground.engine.restlessness import AT_EASE, FORGET_S, Restlessness

from ..conftest import points

PATIENCE_S = 60
HERE = "10.0.0.1"


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


def test_a_run_that_has_trained_for_a_while_does_not_pay_for_its_neighbours(engine: Engine) -> None:
    long = points(epochs=10_000)
    stays = engine.start(long, client=Client("stays", HERE))
    assert stays.wait_until(lambda run: run.view().step > 0, PATIENCE_S)
    stays.pause()
    comes = engine.start(long, client=Client("comes", HERE), paused=True)
    worker = stays._worker
    with worker.condition:
        assert worker.condition.wait_for(lambda: stays.state == "paused", PATIENCE_S)
        stays.device_s = worker_module.NEW_S
        for _ in range(3 * AT_EASE):
            worker._restlessness.began(HERE)
        charged: list[float] = []
        worker._training_turns.charge = lambda _path, seconds: charged.append(seconds)  # type: ignore[method-assign]
        assert comes.device_s == 0.0
        for run in (stays, comes):
            worker._count(run, ("there", HERE, run.client.token, run.client.token), 1.0, 0.0, False)
    assert charged[0] == 1.0
    assert charged[1] >= 3.0
