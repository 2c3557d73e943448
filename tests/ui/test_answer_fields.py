"""Whatever the server answers is read by the page: no field is sent for nobody."""

import json
import re
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.engine.engine import Engine
from playground.questions import QUESTIONS
from playground.settings import Settings
from playground.ui.charts import CHARTS
from playground.ui.routes import routes

PAGE = Path(__file__).parents[2] / "playground" / "ui" / "page"
SCRIPTS = "\n".join(path.read_text("utf-8") for path in sorted(PAGE.rglob("*.js")))
PATIENCE_S = 60
# Below these names stand names that are data: words, fields of an experiment, columns of a table, facts of a class.
NAMES_ARE_DATA = {
    "charts", "default", "experiment", "facts", "files", "labs", "live_settings", "shown", "shown_when", "terms",
    "text",
}  # fmt: skip
COLUMNS = {trace["y"] for chart in CHARTS.values() for trace in chart["traces"]} | {"train_r2"}
# Read through a variable: columns of the history, languages, the naive forecasts of a series.
BY_VARIABLE = COLUMNS | {"en", "zh", "season", "season_change"}
EXPERIMENTS: dict[str, Any] = {
    "points": {"data": {"dataset": "xor"}, "layers": [{"layer": "linear"}, {"layer": "relu"}]},
    "images": {
        "data": {"dataset": "digits", "augment": {"shift": 2}},
        "layers": [{"layer": "conv2d", "channels": 4, "stride": 4}, {"layer": "flatten"}],
    },
    "tables": {"data": {"dataset": "iris"}, "layers": [{"layer": "linear"}]},
    "values": {
        "data": {"dataset": "diabetes"},
        "layers": [{"layer": "linear"}],
        "training": {"loss": {"loss": "mse"}, "clip_norm": 1.0},
    },
    "embedding": {
        "data": {"dataset": "xor"},
        "layers": [{"layer": "linear"}],
        "training": {"loss": {"loss": "contrastive"}},
    },
    "texts": {
        "data": {"dataset": "reviews"},
        "layers": [{"layer": "embedding", "size": 4}, {"layer": "attention_pool"}],
    },
    "next tokens": {
        "data": {"dataset": "next_characters"},
        "layers": [{"layer": "embedding", "size": 4}],
    },
    "series": {
        "data": {"dataset": "sea_temperature"},
        "layers": [{"layer": "flatten"}],
        "training": {"loss": {"loss": "mse"}},
    },
    "a fault": {"data": {"dataset": "digits"}, "layers": [{"layer": "conv2d", "kernel": 99}]},
}


def names_in(answer: Any) -> set[str]:
    """The names of all fields, however deep; not those that are data themselves."""
    if isinstance(answer, list):
        return set().union(*map(names_in, answer)) if answer else set()
    if not isinstance(answer, dict):
        return set()
    names = set(answer)
    for name, value in answer.items():
        if name not in NAMES_ARE_DATA:
            names |= names_in(value)
    return names


def answers(client: TestClient, engine: Engine) -> dict[str, Any]:
    """One answer of every kind, by what was asked."""
    got: dict[str, Any] = {"boot": client.get("/playground/boot").json()}

    def post(path: str, body: Any) -> Any:
        return client.post(f"/playground/{path}", content=json.dumps(body).encode()).json()

    for kind, experiment in EXPERIMENTS.items():
        got[f"check of {kind}"] = post("check", {"experiment": experiment})
        got[f"preview of {kind}"] = post("preview", {"data": experiment["data"]})
        begun = post("runs", {"experiment": experiment, "paused": True})
        if "run" not in begun:
            got[f"refusal of {kind}"] = begun
            continue
        got["a start"] = begun
        run = begun["run"]
        got["a step"] = post(f"runs/{run}/step", {"control": begun["control"]})
        assert engine.get(run).wait_until(lambda run: run.view().step >= 1, PATIENCE_S)
        got[f"poll of {kind}"] = client.get("/playground/poll", params={"run": run}).json()
        got["opening"] = post("open", {"search": f"?run={run}"})
        for question in QUESTIONS:
            sample = {"kind": "validation", "index": 0}
            asked = {"question": question, "sample": sample, "path": "output"}
            got[f"{question} of {kind}"] = post(f"runs/{run}/ask", asked)
    return got


def test_the_page_reads_every_field_that_it_is_sent() -> None:
    engine = Engine(Settings())
    with TestClient(Starlette(routes=routes(engine))) as client:
        got = answers(client, engine)
    engine.close()
    unread: dict[str, str] = {}
    for what, answer in got.items():
        for name in names_in(answer) - BY_VARIABLE:
            if not re.search(rf"\b{re.escape(name)}\b", SCRIPTS):
                unread[name] = what
    assert unread == {}
