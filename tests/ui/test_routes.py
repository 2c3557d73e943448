"""Our own addresses: what each answers, and what it refuses. Nothing that is sent may end in a 500."""

import base64
import io
import itertools
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.preset_files import preset, presets
from playground.questions import QUESTIONS, PageQuestion
from playground.ui.handlers.feed import Feed
from playground.ui.handlers.intervals import Intervals
from playground.ui.handlers.stream import PADDING, events
from playground.ui.page import stamp
from playground.ui.routes import routes
from tests.event_loop import finished

from ..conftest import points

PATIENCE_S = 60
LONG = points(epochs=10_000).model_dump(mode="json")
CNN: dict[str, Any] = {
    "data": {"dataset": "digits"},
    "layers": [
        {"layer": "conv2d", "channels": 4, "stride": 4},
        {"layer": "relu"},
        {"layer": "flatten"},
    ],
}
DRAWN = {"kind": "drawn", "pixels": base64.b64encode(bytes(784)).decode()}
POINT = {"kind": "point", "x": [0.5, -0.5]}


class Page:
    """A browser page of the tests: JSON in, JSON out, and never a 500."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.client = TestClient(Starlette(routes=routes(engine)), raise_server_exceptions=False)

    def get(self, path: str, **query: str) -> tuple[int, Any]:
        response = self.client.get(f"/playground/{path}", params=query)
        assert response.status_code < 500
        return response.status_code, response.json()

    def post(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.client.post(f"/playground/{path}", content=data, headers=headers)
        assert response.status_code < 500, (path, data[:200])
        return response.status_code, response.json() if response.content else None

    def refused(self, path: str, body: Any, **headers: str) -> tuple[int, str]:
        """Status and code of the error; its message stands in both languages."""
        status, answer = self.post(path, body, **headers)
        assert status >= 400 and set(answer["error"]["message"]) == {"en", "zh"}
        assert all(answer["error"]["message"].values())
        return status, answer["error"]["code"]

    def start(self, experiment: Any = LONG, **more: Any) -> dict[str, Any]:
        status, answer = self.post("runs", {"experiment": experiment, **more})
        assert status == 200
        return answer


@pytest.fixture
def page(engine: Engine) -> Iterator[Page]:
    with (made := Page(engine)).client:
        yield made


JSON_ROUTES = ["open", "check", "preview", "linear", "lab", "runs", "runs/x/ask", "runs/x/stop"]
BODIES: list[tuple[bytes, int]] = [
    (b"", 422), (b"{", 422), (b"[]", 422), (b"5", 422), (b"null", 422), (b'"x"', 422), (b'{"a": NaN}', 422),
    (b"\xff\xfe", 422), (b"[" * 100_000, 422), (b'{"a": ' + b"9" * 5_000 + b"}", 422), (b" " * 200_000, 413),
]  # fmt: skip


@pytest.mark.parametrize("path", JSON_ROUTES)
@pytest.mark.parametrize(("body", "status"), BODIES, ids=[repr(body[:8]) for body, _ in BODIES])
def test_a_body_that_is_no_small_json_object_is_refused(
    page: Page, path: str, body: bytes, status: int
) -> None:
    assert page.refused(path, body)[0] == status


HALF = "\ud800"  # half of a character: JSON may hold it, UTF-8 may not
WILD: list[Any] = [
    None,
    True,
    5,
    -1,
    10**400,
    "x",
    HALF,
    [],
    [[]],
    {},
    {"kind": HALF},
    {"data": {"dataset": HALF}},
]
KEYS = {
    "open": ["search", "draft"], "check": ["experiment"], "preview": ["data"], "lab": ["lab", "state"],
    "runs": ["experiment", "device", "replaces", "paused"],
}  # fmt: skip


@pytest.mark.parametrize("value", WILD, ids=[ascii(value)[:12] for value in WILD])
def test_no_value_is_too_strange_to_be_answered(page: Page, value: Any) -> None:
    good = {"experiment": LONG, "data": LONG["data"]}
    for path, keys in KEYS.items():
        for key in keys:
            page.post(path, {**good, key: value})
    run = page.start(paused=True)
    for verb in ("pause", "resume", "step", "stop", "set", "nonsense"):
        assert page.post(f"runs/{run['run']}/{verb}", {"control": value})[0] in (403, 404)
    for name in ("lr", "clip_norm", value):
        page.post(
            f"runs/{run['run']}/set", {"control": run["control"], "name": name, "value": value}
        )
    for question in ("predict", "feature_maps", "flow", "boundary", value):
        body = {
            "question": question,
            "path": value,
            "sample": value,
            "limit": value,
            "resolution": value,
        }
        page.post(f"runs/{run['run']}/ask", body)
        page.post(
            f"runs/{run['run']}/ask", {**body, "sample": {"kind": "validation", "index": value}}
        )
        page.post(f"runs/{run['run']}/ask", {**body, "sample": {"kind": "point", "x": value}})
        page.post(f"runs/{run['run']}/ask", {**body, "sample": {"kind": "drawn", "pixels": value}})


def test_boot_gives_the_page_all_that_it_shows(page: Page) -> None:
    status, found = page.get("boot", v="1")
    assert status == 200
    assert set(found["text"]["en"]) == set(found["text"]["zh"])
    assert {"layer", "loss", "optimizer", "schedule", "dataset", "training_fields"} <= set(
        found["catalogue"]
    )
    assert [each["id"] for each in found["presets"]] == list(presets())
    assert found["default_preset"] in presets()
    assert found["devices"][0]["id"] == "cpu"
    assert found["terms"]["chart.loss"] == "loss" and "term.loss" in found["text"]["en"]


def test_files_are_kept_long_only_under_the_present_stamp(page: Page) -> None:
    get = page.client.get
    start = get(f"/playground/static/{stamp()}/start.js")
    assert "immutable" in start.headers["cache-control"]
    assert start.headers["content-type"].startswith("text/javascript")
    style = get(f"/playground/static/{stamp()}/theme.css")
    assert style.headers["content-type"].startswith("text/css")
    assert get(f"/playground/static/{stamp()}/plotly.min.js").status_code == 200


def test_a_page_of_before_an_update_gets_the_present_files_and_keeps_none(page: Page) -> None:
    old = page.client.get("/playground/static/0123456789ab/cards/flow.js")
    assert old.status_code == 200 and old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "__init__.py",
        "cards",
        "cards/",
        "../routes.py",
        "..%2froutes.py",
        "%2e%2e%2froutes.py",
        "cards/..%2f..%2froutes.py",
        "%2fetc%2fpasswd",
    ],
)
def test_nothing_but_modules_and_styles_is_served(page: Page, name: str) -> None:
    assert page.client.get(f"/playground/static/{stamp()}/{name}").status_code == 404


def test_an_address_opens_what_it_names(page: Page) -> None:
    spiral = preset("points-spiral").experiment
    for search in (
        f"?x={spiral.to_link()}",
        "?preset=points-spiral",
        f"x={spiral.to_link()}&preset=nonsense",
    ):
        status, found = page.post("open", {"search": search, "draft": None})
        assert status == 200 and found["notice"] is None
        assert found["experiment"] == spiral.model_dump(mode="json")
    run = page.start(paused=True)
    found = page.post("open", {"search": f"?run={run['run']}"})[1]
    assert found["run"]["id"] == run["run"] and found["experiment"] == LONG
    assert run["control"] not in json.dumps(found)
    assert (found["run"]["data"]["kind"], found["run"]["data"]["n_classes"]) == ("points", 2)
    assert page.post("open", {"search": "", "draft": LONG})[1]["experiment"] == LONG


@pytest.mark.parametrize(
    ("search", "code"),
    [
        ("?x=zzzz", "broken_link"),
        ("?x=%ff%00", "broken_link"),
        ("?preset=nope", "no_such_preset"),
        ("?run=gone", "no_such_run"),
    ],
)
def test_what_cannot_be_opened_becomes_the_default_with_a_notice(
    page: Page, search: str, code: str
) -> None:
    status, found = page.post("open", {"search": search, "draft": None})
    assert (status, found["notice"]["code"]) == (200, code)
    assert found["experiment"] == preset(found["preset"]).experiment.model_dump(mode="json")


def test_a_draft_with_a_fault_is_given_back_as_it_was(page: Page) -> None:
    draft = {"data": {"dataset": "digits"}, "layers": [{"layer": "linear", "units": 0}]}
    assert page.post("open", {"search": "", "draft": draft})[1]["experiment"] == draft


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"search": "?" + "a=1&" * 500}),
        '{"search": "", "draft": {"a": 1e999}}',
        '{"search": "", "draft": {"name": "\\ud800"}}',
        '{"search": "", "draft": "text"}',
        '{"search": "", "draft": ' + "[" * 300 + "]" * 300 + "}",
        '{"search": "?run=\\ud800"}',
    ],
    ids=["many fields", "overflow", "half a character", "text", "deep", "half a character as run"],
)
def test_an_address_or_a_draft_that_makes_no_sense_does_not_keep_the_page_from_opening(
    page: Page, body: str
) -> None:
    status, found = page.post("open", body.encode())
    assert status == 200 and found["experiment"] is not None


def test_check_shows_shapes_cost_link_and_code(page: Page) -> None:
    experiment = preset("digits-basic-cnn").experiment
    status, found = page.post("check", {"experiment": experiment.to_dict()})
    assert status == 200 and found["faults"] == []
    assert found["experiment"] == experiment.model_dump(mode="json")
    assert found["rows"][0]["shape"] == [32, 28, 28] and found["output"]["shape"] == [10]
    assert sum(row["share"] for row in found["rows"]) + found["output"]["share"] == pytest.approx(1)
    assert found["totals"]["model"] == "CNN" and found["link"] == f"x={experiment.to_link()}"
    assert len(found["schedule"]["step"]) == len(found["schedule"]["lr"]) <= 300
    compile(found["code"], "script.py", "exec")


def test_check_names_the_fault_and_its_repairs_build(page: Page) -> None:
    layers = [{"layer": "conv2d"}, {"layer": "linear"}]
    found = page.post("check", {"experiment": {**CNN, "layers": layers}})[1]
    assert [(fault["place"], fault["code"]) for fault in found["faults"]] == [
        ("layers[1]", "needs_flat")
    ]
    assert (found["totals"], found["code"]) == (None, "")
    for repair in found["faults"][0]["repairs"]:
        assert set(repair["label"]) == {"en", "zh"}
        assert (
            page.post("check", {"experiment": {**CNN, "layers": repair["layers"]}})[1]["faults"]
            == []
        )


def test_a_preview_shows_every_class_or_every_point(page: Page) -> None:
    digits = page.post("preview", {"data": {"dataset": "digits"}})[1]
    assert [len(row) for row in digits["thumbs"]] == [6] * 10
    assert len(base64.b64decode(digits["thumbs"][0][0])) == 784
    moons = page.post("preview", {"data": {"dataset": "moons", "size": 100}})[1]
    assert (len(moons["x"]), sum(moons["part"])) == (100, 20)
    assert page.refused("preview", {"data": {"dataset": "moons", "size": 10**9}}) == (
        422,
        "too_large",
    )


def png(side: int, colour: int = 255) -> bytes:
    out = io.BytesIO()
    Image.new("L", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def test_a_drawing_becomes_what_the_network_sees(page: Page) -> None:
    ink = np.zeros((112, 112), np.uint8)
    ink[20:90, 50:60] = 255
    status, found = page.post("see", ink.tobytes(), **{"x-kind": "pad"})
    pixels = np.frombuffer(base64.b64decode(found["pixels"]), np.uint8).reshape(28, 28)
    assert (status, found["empty"]) == (200, False)
    assert np.flatnonzero(pixels.max(1)).size == 20
    assert page.post("see", bytes(112 * 112), **{"x-kind": "pad"})[1]["empty"]


def test_pictures_that_are_none_or_too_large_are_refused(page: Page) -> None:
    assert page.refused("see", b"", **{"x-kind": "pad"}) == (422, "bad_question")
    for data in (b"", b"no picture", png(40)[:60], b"GIF89a" + bytes(20), b"<svg/>"):
        assert page.refused("see", data, **{"x-kind": "photo"})[1] == "not_an_image"
    assert page.refused("see", png(3_000), **{"x-kind": "photo"})[1] == "image_too_large"
    assert page.refused("see", bytes(10 * 2**20 + 1), **{"x-kind": "photo"}) == (
        413,
        "upload_too_large",
    )


def test_a_run_is_started_steered_and_asked(page: Page) -> None:
    run = page.start(paused=True)
    url, control = f"runs/{run['run']}", {"control": run["control"]}
    assert page.post(f"{url}/ask", {"question": "predict", "sample": POINT})[1]["step"] == 0
    assert page.post(f"{url}/step", control)[0] == 200
    live = page.engine.get(run["run"])
    assert live.wait_until(lambda each: each.view().step == 1, PATIENCE_S)
    assert page.post(f"{url}/resume", control)[1]["state"] == "running"
    assert page.post(f"{url}/set", {**control, "name": "lr", "value": 0.5})[0] == 200
    assert live.wait_until(lambda each: bool(each.history.events), PATIENCE_S)
    assert page.post(f"{url}/pause", control)[1]["state"] == "paused"
    page.post(f"{url}/stop", control)
    assert live.wait(PATIENCE_S) == "stopped"
    assert page.post(f"{url}/ask", {"question": "predict", "sample": POINT})[0] == 200


def test_watching_is_not_controlling(page: Page) -> None:
    run, other = page.start(paused=True), page.start(paused=True)
    for control in (None, "", run["run"], other["control"], 5, "é"):
        for verb in ("pause", "resume", "step", "stop", "set"):
            assert page.refused(f"runs/{run['run']}/{verb}", {"control": control}) == (
                403,
                "not_yours",
            )
    assert page.refused("runs/gone/stop", {"control": run["control"]}) == (404, "no_such_run")
    assert page.post(f"runs/{run['run']}/explode", {"control": run["control"]})[0] == 404
    assert page.get("poll", run=run["run"])[1]["state"] in ("queued", "paused")


def test_training_again_replaces_the_pages_own_run_and_nobody_elses(page: Page) -> None:
    mine, other = page.start(), page.start()
    newer = page.start(replaces=mine["control"])
    newest = page.start(replaces=newer["control"])
    for old in (mine, newer):
        assert page.engine.get(old["run"]).wait(PATIENCE_S) == "stopped"
    assert page.engine.get(newest["run"]).is_live and page.engine.get(other["run"]).is_live


def test_what_cannot_be_trained_is_refused_with_its_place(page: Page) -> None:
    def start(**changes: Any) -> tuple[int, Any]:
        return page.post(
            "runs", {"experiment": {**LONG, **changes.pop("experiment", {})}, **changes}
        )

    status, answer = start(experiment={"data": {**LONG["data"], "batch_size": 4_000}})
    assert (status, answer["error"]["place"]) == (422, "data.batch_size")
    status, answer = start(experiment={"layers": [{"layer": "linear", "units": 10**9}]})
    assert (status, answer["error"]["place"]) == (422, "layers[0].units")
    assert start(device="cuda:99")[1]["error"]["code"] == "no_such_device"
    assert start(device=5)[0] == 422
    assert page.engine.runs() == []


def test_in_a_full_house_a_run_waits_and_too_long_a_line_says_when_to_come_again(
    engines: Callable[..., Engine],
) -> None:
    with (page := Page(engines(max_live_runs=1, max_waiting_client=1))).client:
        first, waits = page.start(), page.start()
        assert (waits["state"], waits["position"]) == ("waiting", 1)
        watched = page.get("poll", run=waits["run"])[1]
        assert (watched["state"], watched["position"]) == ("waiting", 1)
        assert page.refused("runs", {"experiment": LONG}) == (429, "line_full")
        question = {"question": "predict", "sample": POINT}
        assert page.refused(f"runs/{waits['run']}/ask", question) == (429, "waits_in_line")
        page.post(f"runs/{first['run']}/stop", {"control": first["control"]})
        run = page.engine.get(waits["run"])
        assert run.wait_until(lambda run: run.view().step > 0, PATIENCE_S)


IMAGE_QUESTIONS: list[dict[str, Any]] = [
    {"question": "predict", "sample": DRAWN},
    {"question": "predict", "sample": {"kind": "validation", "index": 0}},
    {"question": "feature_maps", "path": "layers[0]", "sample": DRAWN, "limit": 2},
    {"question": "flow", "sample": DRAWN}, {"question": "kernels"}, {"question": "histograms"},
    {"question": "dead_units"}, {"question": "sample", "sample": {"kind": "validation", "index": 0}},
]  # fmt: skip


def test_every_question_is_answered_in_json_with_the_step(page: Page) -> None:
    run = page.start(CNN, paused=True)
    answers = {}
    for question in IMAGE_QUESTIONS:
        status, answer = page.post(f"runs/{run['run']}/ask", question)
        assert status == 200 and answer["step"] == 0 and answer["run"] == run["run"]
        answers[question["question"]] = answer
    assert sum(answers["predict"]["probabilities"]) == pytest.approx(1, abs=1e-4)
    maps = answers["feature_maps"]["maps"]
    assert maps["shape"] == [2, 7, 7] and len(base64.b64decode(maps["b64"])) == 98
    assert answers["feature_maps"]["of"] == 4
    paths = [block["path"] for block in answers["flow"]["blocks"]]
    assert paths == ["input", "layers[0]", "layers[1]", "layers[2]", "output"]
    assert answers["kernels"]["kernels"]["shape"] == [4, 3, 3]
    assert [layer["gradients"] for layer in answers["histograms"]["layers"]] == [None, None]
    assert answers["sample"]["label"] in "0123456789" and answers["sample"]["n"] == 1_000
    plane = page.start(paused=True)
    boundary = page.post(f"runs/{plane['run']}/ask", {"question": "boundary", "resolution": 16})[1]
    assert boundary["probabilities"]["shape"] == [2, 16, 16] and len(boundary["extent"]) == 4


@pytest.mark.parametrize(
    "question",
    [
        {}, {"question": "weights"}, {"question": None}, {"question": ["predict"]}, {"question": "predict"},
        {"question": "predict", "sample": {"kind": "drawn", "pixels": "AAAA"}},
        {"question": "predict", "sample": {"kind": "drawn", "pixels": "é" * 900}},
        {"question": "predict", "sample": {"kind": "validation", "index": True}},
        {"question": "predict", "sample": {"kind": "validation", "index": 10**400}},
        {"question": "predict", "sample": POINT}, {"question": "boundary"},
        {"question": "feature_maps", "path": "layers[99]", "sample": DRAWN},
        {"question": "feature_maps", "path": "\ud800", "sample": DRAWN},
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_in_words(page: Page, question: Any) -> None:
    run = page.start(CNN, paused=True)
    assert page.refused(f"runs/{run['run']}/ask", question)[0] == 422
    assert page.refused("runs/gone/ask", {"question": "kernels"}) == (404, "no_such_run")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 3e38, 1e20, 0.0])
def test_a_broken_network_still_answers(page: Page, value: float) -> None:
    run = page.start(CNN, paused=True)

    def spoil(trainer: Any) -> None:
        with torch.no_grad():
            for parameter in trainer.model.parameters():
                parameter.fill_(value)

    page.engine.get(run["run"]).ask(spoil)
    for question in IMAGE_QUESTIONS:
        page.post(f"runs/{run['run']}/ask", question)
    assert page.post(f"runs/{run['run']}/ask", {"question": "histograms"})[0] == 200


def test_an_answer_names_the_step_that_it_was_given_at(page: Page, monkeypatch: Any) -> None:
    run = page.start()
    watched = page.engine.get(run["run"])

    class When(PageQuestion[int]):
        def __call__(self, trainer: Any) -> int:
            return int(trainer.step)

        def tell(self, found: int, experiment: Experiment) -> dict[str, Any]:
            # training goes on while the answer is written
            assert watched.wait_until(lambda run: run.view().step > found, PATIENCE_S)
            return {"asked_at": found}

    monkeypatch.setitem(QUESTIONS, "when", When)
    status, answer = page.post(f"runs/{run['run']}/ask", {"question": "when"})
    assert status == 200 and answer["step"] == answer["asked_at"]


def test_a_question_that_crashes_is_an_error_in_words(page: Page, monkeypatch: Any) -> None:
    def crash(*rest: Any) -> Any:
        raise RuntimeError("the device is on fire")

    run = page.start(CNN, paused=True)
    monkeypatch.setattr("playground.questions.weights.Kernels.__call__", crash)
    page.refused(f"runs/{run['run']}/ask", {"question": "kernels"})


def test_polling_gives_every_row_once(page: Page) -> None:
    run = page.start(points().model_dump(mode="json"))
    page.engine.get(run["run"]).wait(PATIENCE_S)
    first = page.get("poll", run=run["run"])[1]
    assert first["steps"]["step"] == [1] * 24 and first["state"] == "done"
    assert len(first["layers"]["grad_norm"][0]) == len(first["layer_names"]) == 2
    again = page.get("poll", run=run["run"], cursor=first["cursor"])[1]
    assert "steps" not in again and again["cursor"] == first["cursor"]
    for cursor in (
        "nonsense",
        "\ud800".encode("utf-8", "replace").decode(),
        "9" * 500,
        "-1.-1.-1.0",
        "1e9.0.0.0",
    ):
        assert page.get("poll", run=run["run"], cursor=cursor)[0] == 200
    assert page.get("poll", run="gone")[0] == 404


def test_a_page_hears_what_a_run_is_compared_with_once_it_has_a_score(page: Page) -> None:
    waiting = page.start(paused=True)
    assert page.get("poll", run=waiting["run"])[1]["baselines"] == []
    run = page.start(points().model_dump(mode="json"), replaces=waiting["run"])
    page.engine.get(run["run"]).wait(PATIENCE_S)
    [majority] = page.get("poll", run=run["run"])[1]["baselines"]
    # Of 200 points, 40 judge; xor has as many of either class.
    assert majority == {
        "name": "majority",
        "answer": majority["answer"],
        "metric": "accuracy",
        "lower_is_better": False,
        "scores": {"accuracy": 0.5},
    }


def test_a_linear_model_is_fitted_to_the_samples_of_an_experiment(page: Page) -> None:
    status, answer = page.post("linear", {"experiment": {"data": {"dataset": "iris"}}})
    assert status == 200
    assert (answer["n"], answer["of"], answer["features"]) == (120, 120, 4)
    assert answer["name"] == "linear" and answer["metric"] == "accuracy"
    assert answer["converged"] and answer["scores"]["accuracy"] >= 0.9
    copy = {"data": {"dataset": "digits_copy"}, "training": {"loss": {"loss": "mse"}}}
    assert page.refused("linear", {"experiment": copy}) == (422, "no_linear_model")
    assert page.refused("linear", {"experiment": None})[0] == 422


def parsed(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Server-sent events -> (id, data)."""
    found = []
    for event in text.removeprefix(PADDING.decode()).split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in event.splitlines() if not line.startswith(":")
        )
        if "data" in fields:
            found.append((fields["id"], json.loads(fields["data"])))
    return found


def test_a_stream_ends_with_the_run_and_goes_on_from_its_cursor(page: Page) -> None:
    run = page.start(points().model_dump(mode="json"))
    page.engine.get(run["run"]).wait(PATIENCE_S)
    response = page.client.get(f"/playground/stream?run={run['run']}")
    assert response.headers["content-type"].startswith("text/event-stream")
    ((cursor, data),) = parsed(response.text)
    assert data["steps"]["step"] == [1] * 24 and data["state"] == "done"
    resumed = page.client.get(
        f"/playground/stream?run={run['run']}", headers={"last-event-id": cursor}
    )
    ((_, rest),) = parsed(resumed.text)
    assert not any(isinstance(rest.get(table), dict) for table in ("steps", "layers", "epochs"))
    assert page.get("stream", run="gone")[0] == 404
    assert page.engine.get(run["run"]).watchers == 0


def test_a_stream_cut_off_and_resumed_has_no_gap_and_no_row_twice(engine: Engine) -> None:
    run = engine.start(points(epochs=40))
    steps: list[int] = []

    feed, threads = Feed(Intervals(100)), ThreadPoolExecutor(1)

    async def watch(cursor: str, n_events: int) -> str:
        look = feed.look(run)
        first = look, await feed.news(run, look, cursor, threads)
        async for text in events(run, feed, first, threads):
            for event_id, data in parsed(text.decode()):
                cursor = event_id
                steps.extend(itertools.accumulate(data.get("steps", {}).get("step", [])))
                n_events -= 1
            if n_events <= 0:
                break
        return cursor

    async def on_and_off() -> None:
        cursor = ""
        while run.is_live:
            cursor = await watch(cursor, 2)
        await watch(cursor, 100)

    finished(on_and_off())
    assert steps == list(range(1, 321))


def test_only_so_many_pages_may_watch(engines: Callable[..., Engine]) -> None:
    with (page := Page(engines(max_watchers=0))).client:
        run = page.start(paused=True)
        assert page.get("stream", run=run["run"])[0] == 429
        assert page.engine.get(run["run"]).watchers == 0
