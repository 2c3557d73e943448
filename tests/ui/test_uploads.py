"""A table on its way through the page's addresses: handed in, looked at, trained, asked."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from playground.catalogues.datasets import uploads
from playground.engine.engine import Engine

from .test_routes import Page, page  # noqa: F401

TABLE = (
    "a,b,y\n" + "\n".join(f"{i % 7},{'xy'[i % 2]},{(i % 7) * 2.5 + i % 2}" for i in range(60))
).encode()


@pytest.fixture(autouse=True)
def _store() -> Iterator[None]:
    limits = uploads.STORE.max_bytes, uploads.STORE.max_total_bytes
    yield
    uploads.STORE.clear()
    uploads.STORE.max_bytes, uploads.STORE.max_total_bytes = limits


def test_a_file_is_known_by_its_content_and_looked_at(page: Page) -> None:  # noqa: F811
    status, answer = page.post("upload?kind=csv", TABLE)
    assert status == 200 and uploads.get(answer["id"]) == TABLE
    assert (answer["facts"]["rows"], answer["facts"]["columns"]) == (60, ["a", "b", "y"])
    data = {"dataset": "own_table", "file": answer["id"], "batch_size": 16}
    status, checked = page.post("check", {"experiment": {"data": data, "layers": []}})
    assert checked["data"]["data_task"] == "regression" and checked["data"]["targets"] == ["y"]
    status, shown = page.post("preview", {"data": data})
    assert status == 200 and [column["name"] for column in shown["columns"]] == ["a", "b", "y"]


def test_what_cannot_be_used_is_refused_and_not_kept(engines: Callable[..., Engine]) -> None:
    with (small := Page(engines(max_data_bytes=1_000))).client:
        status, answer = small.post("upload?kind=csv", b"a,b\n" + b"1,2\n" * 1_000)
        assert (status, answer["error"]["code"]) == (413, "data_too_large")
        for language, words in (
            ("en", "the file has 4.0 kB; at most 1.0 kB"),
            ("zh", "文件大小为 4.0 kB，至多接受 1.0 kB"),
        ):
            text = answer["error"]["message"][language]
            assert text.startswith(words) and "PLAYGROUND_MAX_DATA_BYTES" in text
        assert small.refused("upload?kind=csv", b"") == (422, "upload_empty")
        assert small.refused("upload?kind=<b>", b"x") == (422, "upload_kind")
        assert small.refused("upload", b"x") == (422, "upload_kind")
        assert small.refused("upload?kind=csv", bytes(500)) == (422, "table_binary")
        assert small.refused("upload?kind=csv", b"a\n1\n") == (422, "table_one_column")
    assert len(uploads.STORE) == 0


def test_a_missing_file_is_a_fault_at_its_place(page: Page) -> None:  # noqa: F811
    experiment = {"data": {"dataset": "own_table", "file": "f" * 64}, "layers": [{"layer": "relu"}]}
    status, answer = page.post("check", {"experiment": experiment})
    assert status == 200 and [each["place"] for each in answer["faults"]] == ["data.file"]
    assert answer["experiment"]["layers"] == [{"layer": "relu"}] and answer["link"]
    assert page.refused("preview", {"data": experiment["data"]}) == (422, "upload_missing")
    assert page.refused("runs", {"experiment": experiment}) == (422, "upload_missing")


def test_rows_are_asked_as_a_person_writes_them(page: Page) -> None:  # noqa: F811
    data = {"dataset": "own_table", "file": uploads.put(TABLE, "csv"), "batch_size": 16}
    training = {"loss": {"loss": "mse"}, "epochs": 2}
    run = page.start({"data": data, "layers": [], "training": training})["run"]

    def ask(question: str, sample: Any = None) -> tuple[int, Any]:
        return page.post(f"runs/{run}/ask", {"question": question, "sample": sample})

    status, answer = ask("sample", {"kind": "validation", "index": 3})
    assert status == 200 and set(answer["shown"]) == {"a", "b"} and answer["label"] is None
    assert answer["values"][0] == pytest.approx(
        float(answer["shown"]["a"]) * 2.5 + "xy".index(answer["shown"]["b"])
    )
    page.engine.get(run).wait(60)
    same = [
        ask("predict", {"kind": "validation", "index": 3}),
        ask("predict", {"kind": "raw", "value": answer["shown"]}),
    ]
    assert same[0][1]["step"] == same[1][1]["step"] == page.engine.get(run).view().total_steps
    assert same[0][1]["values"] == same[1][1]["values"]
    status, fit = ask("fit")
    assert status == 200 and len(fit["true"]) == len(fit["predicted"]) == fit["of"] == 12
    for bad in ({"a": "many"}, {"zzz": 1}, 5, [1, 2], {"a": [1]}, "text"):
        assert ask("predict", {"kind": "raw", "value": bad})[0] == 422


def test_only_values_are_compared_with_the_true_ones(page: Page) -> None:  # noqa: F811
    run = page.start()["run"]
    assert page.refused(f"runs/{run}/ask", {"question": "fit"}) == (422, "bad_question")


def test_an_own_file_keeps_its_name_and_comes_back_to_its_owner_alone(page: Page) -> None:  # noqa: F811
    _, answer = page.post("upload?kind=csv&name=..%2F..%2Fmy%20houses.csv", TABLE)
    assert answer["name"] == "my houses.csv"
    experiment = {"data": {"dataset": "own_table", "file": answer["id"], "batch_size": 16}}
    training = {"loss": {"loss": "mse"}}
    _, checked = page.post("check", {"experiment": {**experiment, "training": training}})
    assert (checked["data"]["own_file"], checked["data"]["files"]) == ("my houses.csv", {})
    assert checked["file_name"] == "own-table-network"
    assert "DATA_FILE = sys.argv[1] if len(sys.argv) > 1 else 'my houses.csv'" in checked["code"]
    address = f"/playground/files/{answer['id']}"
    back = page.client.get(f"{address}?key={answer['key']}")
    assert back.content == TABLE
    name = back.headers["content-disposition"]
    assert name == "attachment; filename*=UTF-8''my%20houses.csv"
    for wrong in ("", "?key=", "?key=" + "0" * 32, "?key=é"):
        assert page.client.get(address + wrong).status_code == 404
    nobodys = f"/playground/files/{'a' * 64}?key={answer['key']}"
    assert page.client.get(nobodys).status_code == 404


def test_the_notebook_comes_with_its_name(page: Page) -> None:  # noqa: F811
    experiment = {"name": "Häuser & Preise", "data": {"dataset": "house_prices"}}
    training = {"loss": {"loss": "mse"}}
    body = {"experiment": {**experiment, "training": training}}
    found = page.client.post("/playground/notebook", json=body)
    name = found.headers["content-disposition"]
    assert name == "attachment; filename*=UTF-8''h%C3%A4user-preise.ipynb"
