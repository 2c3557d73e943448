"""Our own addresses: what a page gets, and what anybody else is told."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.engine import Engine
from playground.experiment import Experiment
from playground.presets import DEFAULT, presets
from playground.ui.routes import PREFIX, routes

from .conftest import points

LONG = points(epochs=10_000).model_dump(mode="json")
PATIENCE_S = 60


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(engine)), raise_server_exceptions=True) as made:
        yield made


@pytest.fixture
def post(client: TestClient) -> Callable[..., Any]:
    """(status, answer) of a request."""

    def posted(path: str, body: Any, **headers: str) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = client.post(f"{PREFIX}/{path}", content=content, headers=headers)
        return answer.status_code, answer.json()

    return posted


def test_everything_a_page_needs_at_first_is_there(client: TestClient) -> None:
    boot = client.get(f"{PREFIX}/boot").json()
    assert [each["id"] for each in boot["presets"]] == list(presets())
    assert boot["default_preset"] == DEFAULT and boot["devices"][0]["id"] == "cpu"
    assert set(boot["text"]["en"]) == set(boot["text"]["zh"])
    channels = next(each for each in boot["catalogue"]["layer"] if each["id"] == "conv2d")["fields"][0]
    assert (channels["min"], channels["max"], channels["control"]) == (1, 4_096, "integer")


def test_files_are_served_by_name_and_nothing_else(client: TestClient) -> None:
    assert "window.pg" in client.get(f"{PREFIX}/static/page.js?v=1").text
    assert "immutable" in client.get(f"{PREFIX}/static/plotly.min.js?v=1").headers["cache-control"]
    for name in ("app.py", "..%2Froutes.py", "page.py", "%2e%2e/settings.py"):
        assert client.get(f"{PREFIX}/static/{name}").status_code == 404


@pytest.mark.parametrize(
    ("search", "name", "code"),
    [
        ("", "Digits · BasicCNN", None),
        ("?preset=points-xor", "XOR · one hidden layer", None),
        (f"?x={points().model_copy(update={'name': 'Mine'}).to_link()}", "Mine", None),
        ("?preset=nope", "Digits · BasicCNN", "no_such_preset"),
        ("?x=zzzz", "Digits · BasicCNN", "broken_link"),
        ("?x=", "Digits · BasicCNN", None),
        ("?run=gone", "Digits · BasicCNN", "no_such_run"),
    ],
)
def test_an_address_opens_its_experiment_or_the_default_with_a_notice(
    post: Any, search: str, name: str, code: str | None
) -> None:
    status, answer = post("open", {"search": search, "draft": None})
    assert (status, answer["experiment"]["name"]) == (200, name)
    assert (answer["notice"] or {}).get("code") == code


def test_a_draft_is_kept_even_when_it_is_broken(post: Any) -> None:
    draft = {**LONG, "layers": [{"layer": "linear", "units": "many"}]}
    _, answer = post("open", {"search": "", "draft": draft})
    assert answer["experiment"] == draft


def test_a_check_gives_shapes_costs_link_and_script(post: Any) -> None:
    status, answer = post("check", {"experiment": presets()["digits-basic-cnn"].experiment.model_dump(mode="json")})
    assert status == 200 and answer["faults"] == []
    assert answer["rows"][0]["shape"] == [32, 28, 28] and answer["output"]["shape"] == [10]
    assert sum(row["share"] for row in answer["rows"]) + answer["output"]["share"] == pytest.approx(1)
    assert answer["totals"]["model"] == "CNN" and "nn.Conv2d(1, 32, 3, padding=1)" in answer["code"]
    assert Experiment.from_link(answer["link"][2:]) == presets()["digits-basic-cnn"].experiment


def test_a_faulty_check_names_the_row_and_offers_repairs_that_work(post: Any) -> None:
    layers = [{"layer": "conv2d"}, {"layer": "linear"}]
    _, answer = post("check", {"experiment": {"data": {"dataset": "digits"}, "layers": layers}})
    fault = answer["faults"][0]
    assert fault["place"] == "layers[1]" and fault["repairs"][0]["label"]["en"] == "Insert Flatten"
    assert "需要一维向量" in fault["message"]["zh"]
    _, mended = post("check", {"experiment": {"data": {"dataset": "digits"}, "layers": fault["repairs"][0]["layers"]}})
    assert mended["faults"] == []


def test_previews_show_every_class(post: Any) -> None:
    _, images = post("preview", {"data": {"dataset": "digits"}})
    assert len(images["thumbs"]) == 10 and len(base64.b64decode(images["thumbs"][3][0])) == 784
    _, plane = post("preview", {"data": {"dataset": "moons", "size": 100}})
    assert len(plane["x"]) == 100 and sum(plane["part"]) == 20


def test_a_run_is_started_watched_steered_and_asked(post: Any, engine: Engine) -> None:
    _, run = post("runs", {"experiment": LONG, "device": "cpu"})
    path = f"runs/{run['run']}"
    started = engine.get(run["run"])
    assert started.wait_until(lambda r: r.view().step >= 5, PATIENCE_S)
    assert post(f"{path}/pause", {"control": run["control"]}) == (200, {"state": "paused"})
    step = started.ask(lambda trainer: trainer.step)
    _, answer = post(f"{path}/ask", {"question": "predict", "sample": {"kind": "point", "x": [0.5, -0.5]}})
    assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-3) and answer["step"] == step
    assert post(f"{path}/set", {"control": run["control"], "lr": 0.5})[0] == 200
    assert post(f"{path}/set", {"control": run["control"], "lr": "fast"})[0] == 422
    assert post(f"{path}/stop", {"control": run["control"]})[0] == 200
    assert started.wait(PATIENCE_S) == "stopped"


def test_watchers_may_ask_but_not_steer(post: Any) -> None:
    _, run = post("runs", {"experiment": LONG, "device": "cpu", "paused": True})
    path = f"runs/{run['run']}"
    assert post(f"{path}/ask", {"question": "boundary", "resolution": 8})[0] == 200
    for control in (None, run["run"], 7, ["x"]):
        status, answer = post(f"{path}/stop", {"control": control})
        assert (status, answer["error"]["code"]) == (403, "not_yours")


def test_a_page_that_starts_anew_stops_its_earlier_run(post: Any, engine: Engine) -> None:
    _, first = post("runs", {"experiment": LONG, "device": "cpu"})
    _, second = post("runs", {"experiment": LONG, "device": "cpu", "replaces": first["control"]})
    assert engine.get(first["run"]).wait(PATIENCE_S) == "stopped"
    assert engine.get(second["run"]).is_live


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("check", b"{", 422),
        ("check", b"[1]", 422),
        ("check", b'{"experiment": NaN}', 422),
        ("check", b"[" * 100_000, 422),
        ("check", b" " * 300_000, 413),
        ("open", b'"x"', 422),
        ("preview", {"data": {"dataset": "cats"}}, 422),
        ("preview", {}, 422),
        ("runs", {"experiment": None}, 422),
        ("runs", {"experiment": LONG, "device": ["cpu"]}, 422),
        ("runs", {"experiment": LONG, "device": "cuda:9"}, 422),
        ("runs/none/ask", {"question": "kernels"}, 404),
        ("runs/none/stop", {"control": "x"}, 404),
    ],
)
def test_a_bad_request_gets_a_sentence_in_both_languages(post: Any, path: str, body: Any, status: int) -> None:
    found, answer = post(path, body)
    assert found == status
    assert answer["error"]["message"]["en"] and answer["error"]["message"]["zh"]


@pytest.mark.parametrize(
    "question",
    [
        {}, {"question": "why"}, {"question": ["predict"]}, {"question": "predict"},
        {"question": "predict", "sample": {"kind": "drawn", "pixels": "AAAA"}},
        {"question": "predict", "sample": {"kind": "drawn", "pixels": "!" * 1_500}},
        {"question": "predict", "sample": {"kind": "point", "x": [1, "2"]}},
        {"question": "predict", "sample": {"kind": "point", "x": [1, 10**400]}},
        {"question": "predict", "sample": {"kind": "validation", "index": True}},
        {"question": "predict", "sample": {"kind": "validation", "index": 10**9}},
        {"question": "feature_maps", "path": 5, "sample": {"kind": "point", "x": [0, 0]}},
        {"question": "feature_maps", "path": "layers[44]", "sample": {"kind": "point", "x": [0, 0]}},
        {"question": "boundary", "resolution": 2.5},
    ],
)  # fmt: skip
def test_a_bad_question_is_refused_in_words(post: Any, question: dict[str, Any]) -> None:
    _, run = post("runs", {"experiment": LONG, "device": "cpu", "paused": True})
    status, answer = post(f"runs/{run['run']}/ask", question)
    assert status == 422 and answer["error"]["message"]["zh"]


def png(size: tuple[int, int], mode: str = "L", ink: bool = True) -> bytes:
    image = Image.new(mode, size, 0 if mode == "1" else 255)
    if ink:
        image.paste(0, (size[0] // 2 - 4, size[1] // 4, size[0] // 2 + 4, 3 * size[1] // 4))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_drawing_becomes_what_the_network_sees(post: Any) -> None:
    ink = np.zeros((112, 112), np.uint8)
    ink[20:90, 50:60] = 255
    _, seen = post("see", ink.tobytes(), **{"X-Kind": "pad"})
    pixels = np.frombuffer(base64.b64decode(seen["pixels"]), np.uint8).reshape(28, 28)
    assert not seen["empty"] and pixels[14, 14] > 200 and pixels[:, 0].max() == 0
    _, empty = post("see", bytes(112 * 112), **{"X-Kind": "pad"})
    assert empty["empty"]
    _, photo = post("see", png((200, 200)), **{"X-Kind": "photo"})
    assert not photo["empty"]


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"no picture", "photo", "not_an_image"),
        (b"", "photo", "not_an_image"),
        (png((20_000, 20_000), "1", ink=False), "photo", "image_too_large"),
        (png((64, 64))[:80], "photo", "not_an_image"),
        (b"short", "pad", "bad_question"),
        (bytes(11 * 2**20), "photo", "upload_too_large"),
    ],
    ids=["text", "nothing", "20000 x 20000", "truncated", "short", "11 MiB"],
)
def test_what_is_no_picture_is_refused_in_words(post: Any, body: bytes, kind: str, code: str) -> None:
    status, answer = post("see", body, **{"X-Kind": kind})
    assert status in (413, 422) and answer["error"]["code"] == code


def rows_of(text: str) -> tuple[list[int], str, str]:
    """(steps, last cursor, last state) of an event stream."""
    steps, cursor, state = [], "", ""
    for line in text.splitlines():
        if line.startswith("id: "):
            cursor = line[4:]
        if line.startswith("data: "):
            payload = json.loads(line[6:])
            steps += payload.get("steps", {}).get("step", [])
            state = payload["state"]
    return steps, cursor, state


def test_the_stream_gives_every_row_once_and_ends_with_the_run(client: TestClient, post: Any, engine: Engine) -> None:
    experiment = points(epochs=5).model_dump(mode="json")
    _, run = post("runs", {"experiment": experiment, "device": "cpu"})
    with client.stream("GET", f"{PREFIX}/stream?run={run['run']}") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        steps, cursor, state = rows_of("".join(stream.iter_text()))
    assert (steps, state) == (list(range(1, 41)), "done")
    again = client.get(f"{PREFIX}/stream?run={run['run']}&cursor={cursor}")
    assert rows_of(again.text)[0] == []
    resumed = client.get(f"{PREFIX}/stream?run={run['run']}", headers={"Last-Event-ID": "30.30.1.0"})
    assert rows_of(resumed.text)[0] == list(range(31, 41))
    polled = client.get(f"{PREFIX}/poll?run={run['run']}").json()
    assert polled["steps"]["step"] == list(range(1, 41)) and polled["epochs"]["epoch"] == [1, 2, 3, 4, 5]
    assert engine.get(run["run"]).watchers == 0


def test_a_stream_of_no_run_is_a_404(client: TestClient) -> None:
    assert client.get(f"{PREFIX}/stream?run=none").status_code == 404
