"""Questions about texts and series over our own addresses; the files that a script needs."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.catalogues.datasets import DATASETS, bundled_files
from playground.engine.engine import Engine
from playground.settings import Settings
from playground.ui.routes import routes

LAYERS = [{"layer": "embedding", "size": 4}]


class Asker:
    """Asks one paused run."""

    def __init__(self, client: TestClient, data: dict[str, Any], layers: list[Any], loss: str):
        self.client = client
        spec = {"data": data, "layers": layers, "training": {"loss": {"loss": loss}}}
        self.run = self._post("runs", {"experiment": spec, "paused": True})[1]["run"]

    def _post(self, path: str, body: Any) -> tuple[int, Any]:
        response = self.client.post(f"/playground/{path}", content=json.dumps(body).encode())
        assert response.status_code < 500
        return response.status_code, response.json()

    def __call__(self, question: str, **body: Any) -> tuple[int, Any]:
        return self._post(f"runs/{self.run}/ask", {"question": question, **body})


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    engine = Engine(Settings())
    yield TestClient(Starlette(routes=routes(engine)), raise_server_exceptions=False)
    engine.close()


@pytest.fixture(scope="module")
def words(client: TestClient) -> Asker:
    layers = [*LAYERS, {"layer": "time_pool", "how": "mean"}]
    return Asker(client, {"dataset": "reviews"}, layers, "cross_entropy")


@pytest.fixture(scope="module")
def names(client: TestClient) -> Asker:
    return Asker(client, {"dataset": "next_characters"}, LAYERS, "cross_entropy")


@pytest.fixture(scope="module")
def months(client: TestClient) -> Asker:
    return Asker(client, {"dataset": "sea_temperature"}, [{"layer": "flatten"}], "mse")


def raw(value: Any) -> dict[str, Any]:
    return {"sample": {"kind": "raw", "value": value}}


def test_a_text_is_read_word_by_word(words: Asker) -> None:
    status, answer = words("read", **raw("I like the zeppelin!"))
    assert status == 200
    assert answer["tokens"] == ["i", "like", "the", "zeppelin", "!"]
    assert answer["known"] == [True, True, True, False, True] and answer["truth"] is None
    assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-3)
    assert words("read", sample={"kind": "validation", "index": 3})[1]["truth"] in (0, 1)


@pytest.mark.parametrize("text", ["", "🎉", "x" * 50_000, "\ud800", "a\x00b", "<b>bold</b>"])
def test_any_text_gets_an_answer(words: Asker, text: str) -> None:
    assert words("read", **raw(text))[0] == 200
    assert words("predict", **raw(text))[0] == 200


@pytest.mark.parametrize("value", [7, None, [], ["a"], {}, True])
def test_what_is_no_text_is_refused(words: Asker, value: Any) -> None:
    assert words("read", **raw(value))[0] == 422


def test_a_line_of_a_megabyte_is_refused_by_its_size(words: Asker) -> None:
    assert words("read", **raw("x" * 1_000_000))[0] == 413


def test_names_are_made_up(names: Asker) -> None:
    status, answer = names("generate", prompt="Sa", temperature=1, seed=1, count=3, length=10)
    assert status == 200 and answer["prompt"] == "Sa" and len(answer["texts"]) == 3
    assert names("generate")[0] == 200
    labelled = names("read", **raw("Ulm"))[1]
    assert labelled["tokens"] == ["\n", "U", "l", "m"] and len(labelled["labels"]) == 4


@pytest.mark.parametrize(
    "bad",
    [
        {"temperature": "hot"},
        {"temperature": -1},
        {"temperature": 1e9},
        {"prompt": 7},
        {"seed": 0.5},
        {"count": "a"},
    ],
)
def test_strange_wishes_are_refused(names: Asker, bad: dict[str, Any]) -> None:
    assert names("generate", **bad)[0] == 422


def test_far_too_much_is_cut(names: Asker) -> None:
    status, answer = names(
        "generate", prompt="a" * 10_000, seed=-(10**30), count=10**9, length=10**9
    )
    assert status == 200 and len(answer["texts"]) == 16


def test_the_next_months_are_foretold(months: Asker) -> None:
    status, answer = months("forecast", sample={"kind": "validation", "index": 0})
    assert status == 200
    assert (len(answer["window"]), len(answer["values"]), len(answer["future"])) == (24, 6, 6)
    again = months("forecast", **raw(answer["window"]))[1]
    assert again["values"] == pytest.approx(answer["values"], abs=1e-3) and again["future"] is None


def test_a_question_for_other_data_is_refused(words: Asker, months: Asker) -> None:
    assert words("forecast", sample={"kind": "validation", "index": 0})[0] == 422
    assert words("generate")[0] == 422
    assert months("read", sample={"kind": "validation", "index": 0})[0] == 422
    assert months("forecast", **raw([1, 2]))[0] == 422


def test_every_bundled_file_can_be_fetched_and_no_other(client: TestClient) -> None:
    assert {"digits.npz", "place_names.tsv", "co2_weekly.csv"} <= bundled_files().keys()
    for entry in DATASETS:
        for name in entry().files:
            if name in bundled_files():
                found = client.get(f"/playground/data/{name}")
                assert found.content == bundled_files()[name].read_bytes()
    for name in ("README.md", "make_digits.py", "..%2Fbase.py", "table.csv"):
        assert client.get(f"/playground/data/{name}").status_code == 404
