"""Adding something takes as few places as the table of `docs/adding.md` says.

What is added (`tests/additions`) is found in the description for the page, in the JSON and in the script; that it is
on the screen, too, is seen in `tests/browser/test_adding.py`.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from playground.__main__ import main
from playground.catalogues.base import Catalogue, Entry
from playground.catalogues.datasets import DATASETS
from playground.catalogues.initializers import INITIALIZERS
from playground.catalogues.layers import LAYERS
from playground.catalogues.losses import LOSSES
from playground.catalogues.optimizers import OPTIMIZERS
from playground.catalogues.schedules import SCHEDULES
from playground.experiment import Experiment
from playground.export.script import script
from playground.labs import LABS
from playground.questions.base import QUESTIONS, question_of
from playground.results import train
from playground.settings import Settings
from playground.training.live_settings import live_setting
from playground.training.trainer import Trainer
from playground.ui.answers.asked import ASKED
from playground.ui.answers.boot import fixed_boot
from playground.ui.answers.check import check_answer
from playground.ui.answers.labs import about_text, index_text
from playground.ui.app import build_app
from playground.ui.charts import CHARTS
from playground.ui.fields import describe_catalogue

from .additions import a_larger_page, one_more_task, registered
from .additions.entries import (
    Alternating,
    Averaged,
    Halves,
    Scale,
    SquaredHinge,
    Stripes,
    make_powers,
)
from .additions.lab import Doubling
from .conftest import points


def boot_entry(kind: str, entry_id: str) -> dict[str, Any]:
    """An entry as the page gets it when it opens."""
    entries: list[dict[str, Any]] = fixed_boot()["catalogue"][kind]
    return next(entry for entry in entries if entry["id"] == entry_id)


LINEAR = {"layer": "linear", "units": 3}
CASES: list[tuple[Catalogue[Any], type[Entry], dict[str, Any], str]] = [
    (
        LAYERS,
        Scale,
        {"layers": [LINEAR, {"layer": "test_scale", "eps": 0.5}]},
        "nn.RMSNorm(3, eps=0.5)",
    ),
    (
        LOSSES,
        SquaredHinge,
        {"loss": {"loss": "test_margin", "margin": 2.0}},
        "nn.MultiMarginLoss(p=2, margin=2.0)",
    ),
    (
        OPTIMIZERS,
        Averaged,
        {"optimizer": {"optimizer": "test_averaged", "lr": 0.5}},
        "torch.optim.ASGD(",
    ),
    (
        INITIALIZERS,
        Alternating,
        {"init": {"init": "test_alternating", "value": 0.5}},
        '(fill_alternating, {"value": 0.5})',
    ),
    (SCHEDULES, Halves, {"schedule": {"schedule": "test_halves", "late": 0.5}}, "late=0.5"),
    (
        DATASETS,
        Stripes,
        {"data": {"dataset": "test_stripes", "size": 300}},
        "x, y = make_stripes(300)",
    ),
]


@pytest.mark.parametrize(
    ("catalogue", "entry", "change", "line"), CASES, ids=[case[1].id for case in CASES]
)
def test_one_class_is_enough(
    catalogue: Catalogue[Any], entry: type[Entry], change: dict[str, Any], line: str
) -> None:
    training = {name: value for name, value in change.items() if name not in ("data", "layers")}
    whole = {
        "data": change.get("data", {"dataset": "xor", "size": 100}),
        "layers": change.get("layers", [LINEAR]),
        "training": {"epochs": 1, **training},
    }
    with registered(catalogue, entry):
        experiment = Experiment.from_dict(whole)
        assert (
            entry.id in experiment.to_json()
            and Experiment.from_json(experiment.to_json()) == experiment
        )
        assert Experiment.from_link(experiment.to_link()) == experiment
        assert line in script(experiment)
        shown = boot_entry(catalogue.kind, entry.id)
        assert shown in describe_catalogue(catalogue)
        chosen = change.get(catalogue.kind, {})
        names = {field["name"] for field in shown["fields"]}
        assert chosen.keys() - {catalogue.kind} <= names
        history = train(experiment).history
        assert history is not None and np.isfinite(history.column("epochs", "val_loss")).all()
    assert entry.id not in [each["id"] for each in fixed_boot()["catalogue"][catalogue.kind]]


def test_what_a_card_must_know_of_a_new_layer_is_in_its_description() -> None:
    with registered(LAYERS, Scale):
        facts = boot_entry("layer", "test_scale")["facts"]
    assert facts["takes_init"] is False and facts["ends_features"] is False


@pytest.fixture
def magnitude() -> Iterator[None]:
    with one_more_task():
        yield


MAGNITUDE = {
    "data": {"dataset": "test_powers", "size": 300, "batch_size": 20},
    "layers": [{"layer": "linear", "units": 16}, {"layer": "tanh"}],
    "training": {"loss": {"loss": "mse"}, "epochs": 20},
}


@pytest.mark.usefixtures("magnitude")
def test_a_task_is_one_class_for_the_page() -> None:
    task = boot_entry("task", "test_magnitude")
    assert task["facts"]["answer"] == "value" and task["facts"]["charts"] == ["mae", "r2"]
    assert task["data_note"]["en"] == "predicts how large {targets} is"
    assert boot_entry("dataset", "test_powers")["task"] == "test_magnitude"
    # A loss need not know it: the task names the one that suits.
    assert "test_magnitude" in boot_entry("loss", "mse")["tasks"]
    assert "test_magnitude" not in boot_entry("loss", "l1")["tasks"]
    checked = check_answer(MAGNITUDE, Settings())
    assert (checked["faults"], checked["data"]["metrics"]) == ([], ("mae", "r2"))


@pytest.mark.usefixtures("magnitude")
def test_a_task_is_one_class_for_the_run_and_the_script(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = Experiment.from_dict(MAGNITUDE)
    finished = train(experiment)
    x, y = make_powers(300)
    off = np.abs(np.log10(finished.predict(x)) - np.log10(y))
    assert np.median(off) < 0.2
    monkeypatch.chdir(tmp_path)
    exec(compile(script(experiment), "script.py", "exec"), {})
    last = capsys.readouterr().out.splitlines()[-1]
    history = finished.history
    assert history is not None
    assert f"val_loss {history.column('epochs', 'val_loss')[-1]:.9g}" in last


@pytest.mark.usefixtures("magnitude")
def test_a_task_is_one_class_for_the_questions() -> None:
    experiment = Experiment.from_dict({**MAGNITUDE, "training": {"loss": {"loss": "mse"}}})
    trainer = Trainer(experiment)
    sample = {"kind": "validation", "index": 0}
    for name, key in (("predict", "values"), ("report", "values"), ("fit", "predicted")):
        question = QUESTIONS[name].read({"question": name, "sample": sample})
        answer = question.tell(question(trainer), experiment)
        assert len(answer[key]) > 0, name


@pytest.fixture
def larger_page() -> Iterator[None]:
    with a_larger_page():
        yield


@pytest.mark.usefixtures("larger_page")
def test_a_question_is_one_class_for_the_server() -> None:
    experiment = points()
    trainer = Trainer(experiment)
    question = question_of({"question": "largest_weight"})
    answer = question.tell(question(trainer), experiment)
    largest = max(float(weight.detach().abs().max()) for weight in trainer.model.parameters())
    assert answer["finite"] and answer["largest"] == pytest.approx(largest, rel=1e-5)


@pytest.mark.usefixtures("larger_page")
def test_a_measurement_is_recorded_and_drawn_by_its_two_entries() -> None:
    history = train(points()).history
    assert history is not None
    norms = history.column("layers", "test_weight_norm")
    assert norms.shape[1] == len(history.layer_names) and (norms > 0).all()
    fresh = Trainer(points()).model
    first = next(weight for weight in fresh.parameters() if weight.dim() > 1)
    assert norms[0, 0] == pytest.approx(float(first.norm()), rel=1e-6)
    boot = fixed_boot()
    chart = boot["charts"]["charts"]["test_weight_norm"]
    assert chart["traces"][0]["y"] == "test_weight_norm"
    assert boot["text"]["zh"][chart["title"]] == "各层权重范数"


@pytest.mark.usefixtures("larger_page")
def test_a_live_setting_is_one_entry() -> None:
    experiment = points(optimizer={"optimizer": "sgd"})
    place = fixed_boot()["live_settings"]["test_momentum"]
    assert place == ["training", "optimizer", "momentum"]
    trainer = Trainer(experiment)
    trainer.set("test_momentum", live_setting("test_momentum").checked(experiment, 0.5))
    assert [group["momentum"] for group in trainer.optimizer.param_groups] == [0.5]
    assert [(event.kind, event.value) for event in trainer.history.events] == [
        ("test_momentum", 0.5)
    ]


@pytest.mark.usefixtures("larger_page")
def test_a_tab_is_one_file_and_its_line_in_the_table() -> None:
    components = build_app(Settings()).get_config_file()["components"]
    tabs = [each["props"] for each in components if each["type"] == "tabitem"]
    assert [tab["id"] for tab in tabs][-1] == "notes" and tabs[-1]["label"] == "Notes"
    assert fixed_boot()["text"]["zh"]["tab.notes"] == "笔记"


@pytest.mark.usefixtures("larger_page")
def test_every_chart_of_the_table_has_its_place_on_the_train_tab() -> None:
    components = build_app(Settings()).get_config_file()["components"]
    places = {each["props"].get("elem_id") for each in components}
    assert {f"chart-{name}" for name in CHARTS} <= places
    assert "chart-test_weight_norm" in places


def test_a_lab_is_one_class_for_the_page_the_command_line_and_the_link(capsys: Any) -> None:
    with registered(LABS, Doubling):
        card = json.loads(index_text())["labs"][-1]
        assert card["id"] == "test_doubling" and card["title"]["en"] == "Doubling"
        assert card["preview"]["cells"] == [2.0, 5.0]
        told = json.loads(about_text("test_doubling"))
        assert [field["control"] for field in told["fields"]] == ["json"]
        assert told["text"]["notice"]["zh"] == "Twice as large, number by number."
        assert told["surprises"] == {"nothing": {"numbers": []}}
        assert [door["id"] for door in told["leads_to"]] == ["broadcasting"]
        # a link names the lab and its field as JSON, as the command line does
        assert main(["labs"]) == 0
        assert capsys.readouterr().out.split()[-1] == "test_doubling"
        assert main(["lab", "test_doubling", "--set", "numbers=[4]", "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["values"] == {"result": [8], "count": 1}
        assert (
            ASKED["lab"]({"lab": "test_doubling", "state": {"numbers": [4]}}, Settings()) == answer
        )
    assert "test_doubling" not in [card["id"] for card in json.loads(index_text())["labs"]]
