"""Answers without a network: their scores against values worked out by hand."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from playground.catalogues.baselines import (
    NAMES,
    Baseline,
    baselines_of,
    label_of_token,
    majority,
    unbeaten,
)
from playground.catalogues.datasets import DATASETS
from playground.catalogues.datasets.base import Dataset, Split
from playground.catalogues.tasks import TASKS
from playground.results import train
from playground.ui.words import texts

from ..conftest import points

TEXT = texts()


def data_of(**settings: object) -> Dataset:
    return DATASETS.parse(settings)


def split_of(
    train_x: object, train_y: object, val_x: object, val_y: object, **facts: object
) -> Split:
    """A split of a few samples, not scaled."""
    one = np.ones(1, np.float32)
    parts = [torch.as_tensor(part) for part in (train_x, train_y, val_x, val_y)]
    nowhere = np.arange(0)
    settings = {"classes": (), "mean": 0 * one, "std": one, **facts}
    return Split(*parts, train_index=nowhere, val_index=nowhere, **settings)


def scores_of(task: str, split: Split) -> dict[str, dict[str, float]]:
    """By the name of the baseline, with a data set that adds none of its own."""
    baselines = baselines_of(data_of(dataset="xor"), TASKS[task], split)
    return {baseline.name: dict(baseline.scores) for baseline in baselines}


def test_the_most_frequent_class_of_the_training_part_is_always_said() -> None:
    x = torch.zeros(4, 2)
    split = split_of(x, [2, 0, 2, 1], x, [0, 2, 0, 0], classes=("a", "b", "c"))
    assert scores_of("classification", split) == {"majority": {"accuracy": 1 / 4}}
    assert majority(split).answer == "c"


def test_of_classes_as_frequent_as_each_other_the_first_is_said() -> None:
    x = torch.zeros(4, 2)
    split = split_of(x, [1, 0, 1, 0], x, [0, 0, 0, 1], classes=("a", "b"))
    assert majority(split).answer == "a"
    assert scores_of("classification", split) == {"majority": {"accuracy": 3 / 4}}


def test_the_mean_is_that_of_the_training_part_and_judged_in_the_targets_own_unit() -> None:
    # The targets were 10, 20, 30 with a spread of 5: in units of it from 20 they are −2, 0, 2.
    scale = {"target_mean": np.float32([20]), "target_std": np.float32([5])}
    x = torch.zeros(3, 2)
    split = split_of(x, [[-2.0], [0.0], [2.0]], x[:2], [[1.0], [3.0]], **scale)
    scores = scores_of("regression", split)["mean"]
    # 5 and 15 from the mean; R²: 250 missed of a spread of 2 · 5².
    assert scores["mae"] == pytest.approx(10)
    assert scores["r2"] == pytest.approx(1 - 250 / 50)


def test_the_mean_picture_is_the_mean_of_each_pixel() -> None:
    pictures = torch.tensor([[[[0.0, 2.0]]], [[[2.0, 4.0]]]])
    asked = torch.tensor([[[[1.0, 3.0]]], [[[1.0, 7.0]]]])
    scale = {"target_mean": np.float32([0]), "target_std": np.float32([1])}
    split = split_of(pictures, pictures, asked, asked, **scale)
    # The mean picture is 1, 3; one pixel of four is off by 4.
    assert scores_of("reconstruction", split)["mean"]["mae"] == pytest.approx(1)


def test_each_token_gets_the_label_that_it_most_often_had() -> None:
    train_x = torch.tensor([[2, 3, 2], [2, 4, 0]])
    train_y = torch.tensor([[1, 0, 1], [0, 0, -100]])
    val_x = torch.tensor([[2, 3, 5], [4, 0, 0]])
    val_y = torch.tensor([[1, 0, 0], [1, -100, -100]])
    split = split_of(train_x, train_y, val_x, val_y, classes=("x", "y"))
    scores = scores_of("labelling", split)
    # Labels 0, 0, 0, 1, 1: always 0 is right twice of four. Token 2 is mostly 1, 3 and 4 are 0, 5 was never seen.
    assert scores == {"majority": {"accuracy": 2 / 4}, "of_token": {"accuracy": 3 / 4}}


def test_numbers_have_no_label_of_their_own() -> None:
    x = torch.zeros(1, 3, 2)
    split = split_of(x, [[0, 1, 1]], x, [[0, 1, 1]], classes=("x", "y"))
    assert label_of_token(split) is None
    assert scores_of("labelling", split) == {"majority": {"accuracy": 2 / 3}}


def test_two_tasks_are_answered_by_the_class_and_the_mean() -> None:
    train_y = torch.tensor([[1.0, 0.0], [1.0, 4.0], [0.0, 2.0]])
    val_y = torch.tensor([[1.0, 3.0], [0.0, 1.0]])
    x = torch.zeros(3, 2)
    scale = {"target_mean": np.float32([0]), "target_std": np.float32([10])}
    split = split_of(x, train_y, x[:2], val_y, classes=("a", "b"), **scale)
    scores = scores_of("two_tasks", split)["majority_and_mean"]
    # The mean is 2: off by 1 twice, in units of 10.
    assert scores == {"accuracy": pytest.approx(1 / 2), "mae": pytest.approx(10)}


def test_an_embedding_must_beat_the_nearest_input() -> None:
    val_x = torch.tensor([[0.0], [1.0], [10.0], [10.5]])
    split = split_of(val_x, [0, 0, 1, 1], val_x, [0, 0, 1, 0], classes=("a", "b"))
    assert scores_of("embedding", split) == {"nearest_input": {"accuracy": 2 / 4}}


def test_a_series_is_compared_with_its_naive_forecasts_too() -> None:
    data = data_of(dataset="co2")
    names = [baseline.name for baseline in baselines_of(data, data.goal, data.split())]
    assert names == ["mean", "last", "season", "season_change"]
    of_data = {baseline.name: baseline.scores["mae"] for baseline in data.own_baselines()}
    assert of_data == data.naive()  # type: ignore[attr-defined]


def test_texts_that_are_made_are_compared_with_nothing() -> None:
    data = data_of(dataset="next_characters")
    x = torch.zeros(1, 3, dtype=torch.int64)
    split = split_of(x, x, x, x, classes=data.class_names())
    assert baselines_of(data, data.goal, split) == ()


def test_a_network_must_beat_the_best_of_them_by_the_metric_of_each() -> None:
    always = Baseline("majority", {"accuracy": 0.6}, "a")
    better = Baseline("linear", {"accuracy": 0.9})
    last = Baseline("last", {"mae": 2.0})
    nothing = Baseline("mean", {"mae": math.nan})
    assert unbeaten({"accuracy": 0.95, "mae": 1.0}, [always, better, last, nothing]) is None
    assert unbeaten({"accuracy": 0.5}, [always, better]) == (better, "accuracy")
    assert unbeaten({"accuracy": 0.6}, [always]) == (always, "accuracy")
    assert unbeaten({"mae": 2.5}, [always, last]) == (last, "mae")


def test_every_baseline_has_its_words_in_both_languages() -> None:
    for name, english in NAMES.items():
        assert TEXT[f"baseline.name.{name}"][0] == english


def test_a_finished_run_has_them_beside_its_own_scores() -> None:
    finished = train(points(epochs=3))
    assert [baseline.name for baseline in finished.baselines] == ["majority"]
    assert finished.history is not None
    last = float(finished.history.column("epochs", "val_accuracy")[-1])
    assert finished.scores() == {"accuracy": last}


def test_the_scores_of_a_run_that_keeps_its_best_epoch_are_those_of_that_epoch() -> None:
    finished = train(points(epochs=8, keep_best=True, optimizer={"optimizer": "sgd", "lr": 3.0}))
    assert finished.history is not None
    best = int(np.argmin(finished.history.column("epochs", "val_loss")))
    accuracy = finished.history.column("epochs", "val_accuracy")
    assert finished.scores() == {"accuracy": float(accuracy[best])}


def test_a_run_that_goes_on_from_a_checkpoint_has_them_at_once(tmp_path: Path) -> None:
    whole = train(points(epochs=2), checkpoint=tmp_path)
    resumed = train(points(epochs=2), checkpoint=tmp_path, resume=True)
    assert resumed.baselines == whole.baselines != ()
