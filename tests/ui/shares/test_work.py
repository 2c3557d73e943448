"""Every route works in its client's share: it waits for its turn, and says so where too many wait."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from playground.catalogues.datasets import upload_names, uploads
from playground.engine.clients import Client
from playground.engine.engine import Engine
from playground.faults import ExperimentError
from playground.ui.apart.calculators import Calculated, Calculators
from playground.ui.routes import PREFIX, routes
from playground.ui.shares.kinds import KINDS, Kind
from playground.ui.shares.work import ClientGone, Share, Shares, place, wanted, work
from tests.event_loop import finished

from ...conftest import points

KIND = Kind("test", places=1)
EXPERIMENT = points().model_dump(mode="json")
PLAIN_PATHS = {
    "/static/{stamp}/{name:path}",
    "/data/{name}",
    "/runs/{run}/{verb}",
    "/health",
    "/boot",
    "/answering/{job}",
}
BODIES: dict[str, Any] = {"/runs/{run}/ask": {"question": "report"}}


def request_of(shares: Shares, receive: Callable[[], Any] | None = None) -> Request:
    async def nothing_more() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    request = Request({"type": "http", "state": {}}, receive or nothing_more)
    request.state.share = Share(shares, Client("ann", "10.0.0.1"), KIND)
    return request


def test_work_is_done_in_a_thread_of_its_kind() -> None:
    async def run() -> str:
        return await work(request_of(Shares((KIND,))), lambda: threading.current_thread().name)

    assert finished(run()).startswith("playground-test")


def test_what_goes_wrong_in_the_thread_goes_wrong_for_the_request_and_frees_the_place() -> None:
    shares = Shares((KIND,))

    def fail() -> None:
        raise ExperimentError.at("", "no_such_run")

    async def run() -> None:
        await work(request_of(shares), fail)

    for _ in range(3):
        with pytest.raises(ExperimentError):
            finished(run())
    assert shares.gates["test"].n_running == 0


def test_a_request_whose_client_has_gone_leaves_the_line() -> None:
    shares = Shares((KIND,))

    async def hang_up() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def run() -> None:
        async with place(request_of(shares)):
            with pytest.raises(ClientGone):
                await work(request_of(shares, hang_up), lambda: None)
            assert shares.gates["test"].n_waiting == 0

    finished(run())


def test_what_somebody_waits_for_is_told() -> None:
    async def run() -> str:
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(future.set_result, "the answer")
        return await wanted(future, request_of(Shares((KIND,))))

    assert finished(run()) == "the answer"


def test_what_goes_wrong_while_somebody_waits_is_raised() -> None:
    async def run() -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        future.set_exception(ZeroDivisionError())
        await wanted(future, request_of(Shares((KIND,))))

    with pytest.raises(ZeroDivisionError):
        finished(run())


def test_what_takes_too_long_is_cancelled() -> None:
    async def run() -> bool:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        with pytest.raises(TimeoutError):
            await wanted(future, request_of(Shares((KIND,))), timeout_s=0.001)
        return future.cancelled()

    assert finished(run())


@pytest.mark.parametrize("share_of_the_delay", [1.0, 0.5])
def test_a_request_that_waits_for_a_cooling_place_gets_it_though_timers_come_early(
    share_of_the_delay: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = Shares((replace(KIND, cools=1),))

    async def run() -> list[str]:
        loop = asyncio.get_running_loop()
        on_time = loop.call_later

        def early(delay: float, *what: Any) -> asyncio.TimerHandle:
            return on_time(delay * share_of_the_delay, *what)

        monkeypatch.setattr(loop, "call_later", early)
        request = request_of(shares)
        async with place(request) as taken:
            taken.took_s = 0.02
        return [await work(request_of(shares), lambda: "done") for _ in range(3)]

    assert finished(run()) == ["done"] * 3


@pytest.mark.parametrize("waits", [True, False])
def test_work_is_charged_by_the_processor_unless_it_is_done_elsewhere(waits: bool) -> None:
    kind = replace(KIND, waits=waits)
    shares = Shares((kind,))
    release = threading.Event()

    async def run() -> None:
        asyncio.get_running_loop().call_later(0.3, release.set)
        await work(request_of(shares), release.wait, kind=kind)

    finished(run())
    charged_s = shares.gates["test"]._usage.of(Client("ann", "10.0.0.1"))
    assert (charged_s > 0.2) == waits


def test_wrong_requests_cost_as_much_as_right_ones() -> None:
    shares = Shares((KIND,))

    async def run() -> None:
        async with place(request_of(shares)) as taken:
            taken.took_s = 3.0
            raise ExperimentError.at("", "bad_question", detail="")

    with pytest.raises(ExperimentError):
        finished(run())
    assert shares.gates["test"]._usage.of(Client("ann", "10.0.0.1")) == pytest.approx(3.0, rel=0.01)


class Elsewhere(Calculators):
    """A process whose answer took two seconds there, or that was stopped."""

    def __init__(self, is_stopped: bool):
        self._is_stopped = is_stopped

    def call(self, *_: object) -> Calculated:
        if self._is_stopped:
            raise ExperimentError.at("", "calculation_failed")
        return Calculated(200, b"{}", 2.0)


@pytest.mark.parametrize(("is_stopped", "least_s"), [(False, 2.0), (True, 0.0)])
def test_what_another_process_took_is_counted_to_the_client(
    is_stopped: bool, least_s: float
) -> None:
    shares = Shares((KIND,))

    async def run() -> None:
        async with place(request_of(shares)) as taken:
            await taken.calculate(Elsewhere(is_stopped), "check", {}, b"")

    if is_stopped:
        with pytest.raises(ExperimentError):
            finished(run())
    else:
        finished(run())
    used_s = shares.gates["test"]._usage.of(Client("ann", "10.0.0.1"))
    assert max(0.0, least_s - 0.1) < used_s < least_s + 1


@pytest.fixture
def closed(engine: Engine) -> TestClient:
    """A server all of whose places are taken, for good."""
    full = tuple(replace(kind, places=1, of_client=0, waiting_of_client=0) for kind in KINDS)
    return TestClient(Starlette(routes=routes(engine, Shares(full))))


@pytest.fixture
def file() -> Iterator[str]:
    """A file that a person handed in."""
    yield uploads.put(b"a,b\n1,2\n", "csv")
    uploads.STORE.clear()


def test_every_route_but_plain_ones_works_in_a_share(
    engine: Engine, closed: TestClient, file: str
) -> None:
    run = engine.start(points(epochs=10_000), paused=True)
    for route in routes(engine):
        path = route.path.removeprefix(PREFIX)
        if path in PLAIN_PATHS:
            continue
        address = path.format(run=run.id, dataset="mnist", file=file, lab="broadcasting")
        method = sorted(route.methods or ())[-1]
        body = BODIES.get(path, {"experiment": EXPERIMENT, "control": run.control})
        query = {"run": run.id, "key": upload_names.owner_key(file)}
        headers = {"x-control": run.control}
        response = closed.request(
            method, PREFIX + address, params=query, json=body, headers=headers
        )
        assert response.status_code == 429, path
        assert int(response.headers["Retry-After"]) >= 1
