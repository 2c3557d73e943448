"""What version 0.2.0 wrote still opens: links, drafts, a saved run and its weights (`saved_by_0_2_0/`, made with it).

Checkpoints of that version have their own test, tests/training/test_old_checkpoints.py.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import playground
from playground.experiment import Experiment
from playground.network.builder import build_model
from playground.training.weights import compare, read_weights

FOLDER = Path(__file__).with_name("saved_by_0_2_0")
ROWS: list[dict[str, Any]] = json.loads((FOLDER / "experiments.json").read_text("utf-8"))
# What 0.3 adds when it opens version 1 with a warm-up: the warm-up multiplies the curve, as it did then.
ADDED = {"warmup_multiplies": True}


def without_version(experiment: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in experiment.items() if key != "version"}
    schedule = plain.get("training", {}).get("schedule", {})
    for name, value in ADDED.items():
        if schedule.get(name) == value:
            del schedule[name]
    return plain


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_link_and_a_draft_of_0_2_0_are_the_same_experiment(row: dict[str, Any]) -> None:
    from_link = Experiment.from_link(row["link"])
    from_draft = Experiment.from_dict(row["draft"])
    assert from_link == from_draft
    assert without_version(from_link.to_dict()) == without_version(row["draft"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["factors"]], ids=lambda row: row["id"])
def test_its_learning_rates_are_what_they_were(row: dict[str, Any]) -> None:
    experiment = Experiment.from_link(row["link"])
    per_epoch = experiment.data.steps_per_epoch()
    n_steps = experiment.training.epochs * per_epoch
    places = sorted({0, 1, 2, 5, n_steps // 3, n_steps // 2, n_steps - 1})
    places = [step for step in places if step < n_steps]
    schedule = experiment.training.schedule
    factors = [schedule.factor(step, n_steps, per_epoch, None) for step in places]
    assert factors == pytest.approx(row["factors"], rel=1e-12)


def test_a_run_saved_by_0_2_0_answers_as_it_did() -> None:
    saved = json.loads((FOLDER / "outputs.json").read_text())
    answer = playground.load(FOLDER / "run").predict(torch.tensor(saved["points"]))
    assert np.allclose(answer, saved["answer"], atol=1e-6)


def test_its_weights_fit_the_network_that_is_built_today() -> None:
    experiment = Experiment.load(FOLDER / "run" / "experiment.json")
    weights = read_weights((FOLDER / "run" / "model.safetensors").read_bytes())
    assert compare(weights, build_model(experiment)).fits
