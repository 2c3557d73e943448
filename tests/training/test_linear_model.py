"""The linear model beside a network: the scores of scikit-learn itself on the same split."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression, Ridge

from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.training import linear_model as module
from playground.training.linear_model import linear_model, token_counts


def experiment_of(loss: str = "cross_entropy", **data: object) -> Experiment:
    return Experiment.from_dict({"data": data, "training": {"loss": {"loss": loss}}})


@pytest.mark.parametrize("dataset", ["iris", "wine", "breast_cancer"])
def test_classes_are_told_apart_as_by_scikit_learn(dataset: str) -> None:
    experiment = experiment_of(dataset=dataset)
    split = experiment.data.split()
    theirs = LogisticRegression(max_iter=1_000)
    theirs.fit(split.train_x.double().numpy(), split.train_y.numpy())
    accuracy = theirs.score(split.val_x.double().numpy(), split.val_y.numpy())
    found = linear_model(experiment)
    assert found.scores == {"accuracy": pytest.approx(accuracy)}
    assert found.converged and found.n == found.of == len(split.train_x)
    assert found.n_features == split.train_x.shape[1]


@pytest.mark.parametrize("dataset", ["diabetes", "house_prices"])
def test_values_are_predicted_as_by_scikit_learn(dataset: str) -> None:
    experiment = experiment_of("mse", dataset=dataset)
    split = experiment.data.split()
    theirs = Ridge().fit(split.train_x.double().numpy(), split.train_y.numpy())
    r2 = theirs.score(split.val_x.double().numpy(), split.val_y.numpy())
    predicted = split.natural(theirs.predict(split.val_x.double().numpy()).reshape(-1, 1))
    off = np.abs(predicted - split.natural(split.val_y.numpy())).mean()
    assert linear_model(experiment).scores == {
        "mae": pytest.approx(off, rel=1e-5),
        "r2": pytest.approx(r2, abs=1e-5),
    }


def test_the_same_experiment_gives_the_same_scores() -> None:
    experiment = experiment_of(dataset="wine")
    assert linear_model(experiment) == linear_model(experiment)


def test_tokens_are_counted_without_the_padding() -> None:
    counts = token_counts(np.array([[2, 3, 2, 0], [1, 0, 0, 0]]), 4)
    assert counts.toarray().tolist() == [[0, 0, 2, 1], [0, 1, 0, 0]]


def test_texts_series_and_pictures_have_a_linear_model_too() -> None:
    reviews = linear_model(experiment_of(dataset="reviews"))
    assert reviews.scores["accuracy"] > 0.7
    series = linear_model(experiment_of("mse", dataset="co2"))
    assert series.n_features == 52 and series.scores["r2"] > 0.5
    digits = linear_model(experiment_of(dataset="digits"))
    assert digits.n_features == 784 and digits.scores["accuracy"] > 0.85


def test_a_class_and_a_value_are_fitted_apart() -> None:
    found = linear_model(experiment_of("two_tasks", dataset="digits_two_tasks"))
    assert set(found.scores) == {"accuracy", "mae"} and found.scores["accuracy"] > 0.8


def test_what_gives_back_a_picture_has_none() -> None:
    with pytest.raises(ExperimentError) as error:
        linear_model(experiment_of("mse", dataset="digits_copy"))
    assert error.value.faults[0].code == "no_linear_model"


def test_a_large_fit_learns_from_fewer_samples_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 4 * 60)
    found = linear_model(experiment_of(dataset="iris"))
    assert (found.n, found.of) == (60, 120)


def test_a_fit_that_is_not_over_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two iterations over 30 numbers of 455 samples and two classes.
    monkeypatch.setattr(module, "MOST_FLOP", 2 * 4 * 30 * 455 * 2)
    assert not linear_model(experiment_of(dataset="breast_cancer")).converged


def test_more_weights_than_a_server_can_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WEIGHTS", 11)
    with pytest.raises(ExperimentError) as error:
        linear_model(experiment_of(dataset="iris"))
    fault = error.value.faults[0]
    assert fault.code == "linear_too_large" and fault.values == {"given": 4, "classes": 3}


def test_a_class_that_is_not_among_the_samples_is_never_answered() -> None:
    features = np.array([[0.0], [1.0], [4.0], [5.0]])
    fitted = module._fit_classes(features, np.array([0, 0, 2, 2]), 3)
    outputs = torch.from_numpy(fitted.outputs(features))
    assert outputs.shape == (4, 3) and outputs.argmax(1).tolist() == [0, 0, 2, 2]
