"""Who may take a network along: who trains it, and those who watch where its owner lets them."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from playground.engine.engine import Engine
from playground.ui.shares.sending import PIECE_BYTES, Sending

from ...conftest import points
from ..test_routes import Page

FILES = ["weights", "weights?format=pt", "checkpoint", "onnx"]


@pytest.fixture
def page(engine: Engine) -> Iterator[Page]:
    with (made := Page(engine)).client:
        yield made


@pytest.fixture
def run(page: Page) -> dict[str, str]:
    return page.start(points().model_dump(mode="json"), paused=True)


def taken(page: Page, run: dict[str, str], file: str, control: str | None = None) -> int:
    """The status of the answer."""
    headers = {} if control is None else {"x-control": control}
    address = f"/playground/runs/{run['run']}/{file}"
    response = page.client.get(address, headers=headers)
    if response.status_code == 403:
        assert response.json()["error"]["code"] == "not_shared"
    return response.status_code


def share(page: Page, run: dict[str, str], on: bool, control: str | None = None) -> int:
    body = {"control": control or run["control"], "on": on}
    return page.post(f"runs/{run['run']}/share", body)[0]


@pytest.mark.parametrize("file", FILES)
def test_a_watcher_gets_no_file_unless_the_owner_shares_them(
    page: Page, run: dict[str, str], file: str
) -> None:
    assert taken(page, run, file) == 403
    assert taken(page, run, file, control="guessed") == 403
    assert taken(page, run, file, control=run["control"]) == 200
    assert share(page, run, on=True) == 200
    assert taken(page, run, file) == 200
    assert share(page, run, on=False) == 200
    assert taken(page, run, file) == 403


def test_a_watcher_cannot_share_what_is_not_theirs(page: Page, run: dict[str, str]) -> None:
    assert share(page, run, on=True, control="guessed") == 403
    assert taken(page, run, "weights") == 403


def test_watchers_are_told_whether_they_may_download(page: Page, run: dict[str, str]) -> None:
    def told() -> bool:
        return bool(page.get("poll", run=run["run"])[1]["shares_files"])

    assert not told()
    version = page.engine.get(run["run"]).version
    share(page, run, on=True)
    assert page.engine.get(run["run"]).version > version


def test_seeing_and_asking_need_no_control(page: Page, run: dict[str, str]) -> None:
    assert page.get("poll", run=run["run"])[0] == 200
    assert page.post(f"runs/{run['run']}/ask", {"question": "histograms"})[0] == 200


def test_a_file_goes_in_pieces_and_gives_its_memory_back_at_last() -> None:
    left = []
    data = bytes(range(256)) * (PIECE_BYTES // 100)
    answer = Sending(data, {"X-More": "yes"}, lambda: left.append(1))
    response = TestClient(answer).get("/")
    assert response.content == data
    assert response.headers["content-length"] == str(len(data))
    assert response.headers["x-more"] == "yes"
    assert left == [1]
