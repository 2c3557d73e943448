"""The report's figures: against scikit-learn's definitions worked by hand, and over whole runs."""

import math
import subprocess
import sys

import numpy as np
import pytest
import torch

from playground.experiment import Experiment
from playground.questions.places import NEIGHBOURS, Embeddings, neighbour_shares, plane_of
from playground.questions.predictions import Predict
from playground.questions.report import Report, class_figures, value_figures
from playground.questions.sample import Sample
from playground.training.trainer import Trainer

from ..conftest import points

LABELS = torch.tensor([0, 0, 0, 1, 1, 2])
GUESSES = torch.tensor([0, 0, 1, 1, 1, 0])


def trained(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment)
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    trainer.model.eval()
    return trainer


def of(dataset: str, loss: str, layers: int = 8, **data: object) -> Experiment:
    value = {"dataset": dataset, **data}
    hidden = [{"layer": "linear", "units": layers}, {"layer": "relu"}]
    return Experiment.from_dict(
        {"data": value, "layers": hidden, "training": {"loss": {"loss": loss}, "epochs": 1}}
    )


def test_figures_of_classes_worked_by_hand() -> None:
    found = class_figures(torch.eye(3)[GUESSES], LABELS)
    assert found.confusion is not None
    assert found.confusion.tolist() == [[2, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.recall.tolist() == pytest.approx([2 / 3, 1, 0])
    assert found.precision[:2].tolist() == pytest.approx([2 / 3, 2 / 3]) and math.isnan(
        found.precision[2]
    )
    assert found.balanced_accuracy == pytest.approx((2 / 3 + 1 + 0) / 3)
    assert found.macro_f1 == pytest.approx((2 / 3 + 4 / 5 + 0) / 3)
    assert found.support.tolist() == [3, 2, 1]
    assert math.isnan(found.top3)  # of three classes one is always among the first three


def test_the_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    second = torch.tensor([0.1, 0.4, 0.35, 0.8])
    found = class_figures(torch.stack([1 - second, second], 1), torch.tensor([0, 0, 1, 1]))
    assert found.auc == pytest.approx(3 / 4)


def test_top_three_of_five() -> None:
    scores = torch.tensor([[0.5, 0.2, 0.15, 0.1, 0.05], [0.5, 0.2, 0.15, 0.1, 0.05]])
    assert class_figures(scores, torch.tensor([2, 3])).top3 == pytest.approx(0.5)


@pytest.mark.filterwarnings("error")
def test_a_class_without_samples_has_no_recall_and_does_not_count() -> None:
    found = class_figures(torch.eye(3)[torch.tensor([0, 1])], torch.tensor([0, 1]))
    assert (
        math.isnan(found.recall[2])
        and found.balanced_accuracy == 1
        and found.macro_f1 == 1
        and found.auc == 1
    )


def test_figures_of_values_worked_by_hand() -> None:
    found = value_figures("price", torch.tensor([1.0, 2.0, 6.0]), torch.tensor([1.0, 4.0, 4.0]))
    assert (found.mae, found.rmse) == pytest.approx((4 / 3, math.sqrt(8 / 3)))
    assert found.r2 == pytest.approx(1 - 8 / 6)
    assert math.isnan(value_figures("", torch.ones(3), torch.ones(3)).r2)


def test_a_report_says_what_the_history_says() -> None:
    trainer = trained(points("gaussians", epochs=8, loss={"loss": "bce_with_logits"}))
    found = Report()(trainer).figures()
    assert found.classes is not None and found.classes.confusion is not None
    assert found.classes.accuracy == pytest.approx(
        trainer.history.column("epochs", "val_accuracy")[-1]
    )
    assert (found.n, found.of) == (40, 40) and found.classes.confusion.sum() == 40
    assert found.guesses is not None and found.labels is not None
    assert (found.guesses == found.labels).mean() == pytest.approx(found.classes.accuracy)


def test_a_report_of_two_tasks_has_both_in_their_own_units() -> None:
    trainer = trained(of("digits_two_tasks", "two_tasks", validation=0.9))
    found = Report()(trainer).figures()
    assert found.classes is not None
    epochs = trainer.history.table("epochs")
    assert found.n == 4_096 and found.of == 4_500
    assert found.classes.accuracy == pytest.approx(epochs["val_accuracy"][-1], abs=0.02)
    assert found.values[0].name == "slant, °"
    assert found.values[0].mae == pytest.approx(epochs["val_mae"][-1], rel=0.05)
    answer = Predict(Sample(index=0))(trainer)
    assert answer.shape == (11,) and answer[:-1].sum() == pytest.approx(1, abs=1e-5)


def test_a_report_of_pictures_given_back_has_the_histories_error() -> None:
    trainer = trained(of("digits_copy", "mse", validation=0.5))
    found = Report()(trainer).figures()
    assert found.classes is None and found.guesses is None
    (figures,) = found.values
    epochs = trainer.history.table("epochs")
    assert figures.mae == pytest.approx(epochs["val_mae"][-1], rel=1e-4)
    assert figures.r2 == pytest.approx(epochs["val_r2"][-1], rel=1e-4)


def test_neighbours_answer_for_an_embedding() -> None:
    known = torch.tensor([[0.0], [0.1], [0.2], [9.0]])
    shares = neighbour_shares(torch.tensor([[0.05]]), known, torch.tensor([0, 0, 1, 1]), 3)
    assert shares[0].tolist() == pytest.approx(
        [12 / 15, 3 / 15, 0]
    )  # fewer than ten: all, with 8, 4, 2 and 1 votes
    alone = neighbour_shares(known, known, torch.tensor([0, 0, 1, 1]), 2, themselves=True)
    assert alone[0].tolist() == pytest.approx([4 / 7, 3 / 7])  # the nearest outvotes all others


def test_the_nearest_outvotes_nine_others_of_one_class() -> None:
    known = torch.arange(1.0, 11)[:, None]
    shares = neighbour_shares(torch.zeros(1, 1), known, torch.tensor([0] + [1] * 9), 2)
    assert shares[0].tolist() == pytest.approx([512 / 1023, 511 / 1023]) and shares[0].argmax() == 0


@pytest.mark.parametrize("loss", ["triplet_margin", "contrastive"])
def test_the_report_of_an_embedding_has_the_accuracy_that_the_run_is_judged_by(loss: str) -> None:
    trainer = trained(of("digits", loss, validation=0.2))
    accuracy = trainer.history.table("epochs")["val_accuracy"][-1]
    found = Report()(trainer).figures()
    assert found.classes is not None and found.n == found.of == 1_000 and 0.2 < accuracy < 1
    assert found.classes.accuracy == pytest.approx(accuracy, abs=1e-6)


@pytest.mark.parametrize("dimensions", [1, 2, 6])
def test_an_embedding_is_shown_in_the_plane(dimensions: int) -> None:
    layers = [{"layer": "linear", "units": 16}, {"layer": "relu"}]
    loss = {"loss": "contrastive", "dimensions": dimensions}
    trainer = trained(
        points("xor", layers, loss=loss, epochs=10, optimizer={"optimizer": "adam", "lr": 0.01})
    )
    found = Embeddings(Sample(index=3))(trainer)
    assert found.places.shape == (40, 2) and found.labels.shape == (40,)
    assert found.asked is not None
    np.testing.assert_allclose(found.asked, found.places[3], atol=1e-4)
    assert found.dimensions == dimensions and (found.shown == 1 or dimensions > 2)
    shares = Predict(Sample(index=3))(trainer)
    assert shares.shape == (2,) and shares.sum() == pytest.approx(1)
    votes = shares * (2**NEIGHBOURS - 1)
    assert votes.tolist() == pytest.approx(votes.round().tolist(), abs=1e-3)
    figures = Report()(trainer).figures()
    assert figures.by_neighbours and figures.classes is not None


def test_the_plane_shows_the_two_axes_of_most_variance() -> None:
    x = torch.randn(200, 4, generator=torch.Generator().manual_seed(0)) * torch.tensor(
        [0.1, 5.0, 0.1, 2.0]
    )
    flat, axes, shown = plane_of(x)
    assert axes is not None and axes.abs().argmax(0).tolist() == [1, 3]
    variance = x.var(0, correction=0)
    assert shown == pytest.approx(float((variance[1] + variance[3]) / variance.sum()), rel=0.05)
    assert flat.var(0, correction=0).tolist() == pytest.approx([25, 4], rel=0.3)


@pytest.mark.long
def test_torchmetrics_is_not_loaded_at_start() -> None:
    text = (
        "import sys, playground, playground.questions.report; print('torchmetrics' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
