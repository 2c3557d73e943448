"""Challenges are judged by training: what keeps to the limits and reaches the targets passes, whatever anybody says."""

from typing import Any

import pytest
import torch

from playground.challenges import Challenge, begin, bundled, judge, verdict
from playground.challenges.scores import calibration_error
from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.questions.report import Outcome

from ..lanes import long_except
from .solutions import changed, solution, with_rate

PATIENCE_S = 600.0
QUICK = ["calibrated_forecast"]

SMALL = {
    "title": {"en": "Four clouds"},
    "data": {"dataset": "gaussians", "size": 200, "n_classes": 4, "batch_size": 16},
    "limits": {"epochs": 5, "parameters": 100},
    "targets": [{"metric": "accuracy", "at_least": 0.9}],
    "start": {"training": {"epochs": 1, "optimizer": {"optimizer": "adam", "lr": 1e-6}}},
}
PASSES = {"training": {"epochs": 5, "optimizer": {"optimizer": "adam", "lr": 0.1}}}


def small(**changes: Any) -> Challenge:
    return Challenge.from_dict({**SMALL, **changes})


@pytest.mark.parametrize("challenge_id", long_except(QUICK, bundled()))
def test_a_solution_of_each_challenge_passes(challenge_id: str, engine: Engine) -> None:
    found = judge(bundled()[challenge_id], solution(challenge_id), engine, PATIENCE_S)
    assert found.is_passed, found.to_json()


@pytest.mark.parametrize("challenge_id", long_except(QUICK, bundled()))
def test_what_people_begin_with_keeps_to_the_limits_and_does_not_pass(
    challenge_id: str, engine: Engine
) -> None:
    challenge = bundled()[challenge_id]
    found = judge(challenge, [challenge.experiment()], engine, PATIENCE_S)
    assert not found.is_passed
    assert all(check.is_met for check in found.attempts[0].checks)


def test_the_same_network_passes_again_with_the_same_scores(engine: Engine) -> None:
    experiment = changed(small(), **PASSES)
    first = judge(small(), [experiment], engine, PATIENCE_S).to_json()
    assert first["passed"] and first["scores"]["accuracy"] >= 0.9
    assert judge(small(), [experiment], engine, PATIENCE_S).to_json() == first


def test_the_best_of_several_tries_counts_and_one_that_diverges_counts_as_nothing(
    engine: Engine,
) -> None:
    challenge = small(limits={"epochs": 5, "tries": 3})
    tries = [
        with_rate(challenge, 1e-6),
        changed(
            challenge,
            layers=[{"layer": "linear", "units": 8}] * 3,
            training={"optimizer": {"optimizer": "sgd", "lr": 1000.0}},
        ),
        changed(challenge, **PASSES),
    ]
    found = judge(challenge, tries, engine, PATIENCE_S)
    assert [attempt.is_passed for attempt in found.attempts] == [False, False, True]
    diverged = found.attempts[1].reason
    assert diverged is not None and diverged.code.startswith("nan_")
    assert found.is_passed and found.best is found.attempts[2]


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"training": {"epochs": 6}}, "challenge_epochs", "training.epochs"),
        ({"data": {"dataset": "moons"}}, "challenge_data", "data"),
        ({"data": {"noise": 0.0}}, "challenge_data", "data.noise"),
        ({"data": {"seed": 1}}, "challenge_data", "data.seed"),
        ({"data": {"validation": 0.05}}, "challenge_data", "data.validation"),
        ({"layers": [{"layer": "linear", "units": 50}]}, "challenge_parameters", "layers"),
    ],
)
def test_what_breaks_a_limit_is_refused_before_anything_is_trained(
    changes: dict, code: str, place: str, engine: Engine
) -> None:
    with pytest.raises(ExperimentError) as refused:
        begin(small(), [changed(small(), **changes)], engine)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [(code, place)]
    assert engine.runs() == []


def test_hidden_layers_are_counted_in_blocks_too_and_the_output_is_none(engine: Engine) -> None:
    challenge = small(limits={"hidden_layers": 1})
    one = {"layer": "linear", "units": 4}
    block = {"layer": "residual", "body": [{"layer": "linear", "units": 2}, {"layer": "tanh"}]}
    norm = {"layer": "batchnorm1d"}
    begin(challenge, [changed(challenge, layers=[one, {"layer": "relu"}, norm])], engine)
    begin(challenge, [changed(challenge, layers=[block])], engine)
    with pytest.raises(ExperimentError, match="2 hidden layers are too many"):
        begin(challenge, [changed(challenge, layers=[one, one])], engine)
    with pytest.raises(ExperimentError, match="2 hidden layers are too many"):
        begin(challenge, [changed(challenge, layers=[block, {"layer": "tanh"}, one])], engine)


def test_layers_that_are_not_allowed_are_named_wherever_they_stand(engine: Engine) -> None:
    challenge = small(limits={"layers": ["residual", "linear"]})
    block = {"layer": "residual", "body": [{"layer": "tanh"}]}
    with pytest.raises(ExperimentError, match=r"layers\[0\]: “tanh” is not allowed"):
        begin(challenge, [changed(challenge, layers=[block])], engine)


def test_where_only_the_rate_may_change_nothing_else_may(engine: Engine) -> None:
    challenge = small(limits={"only": ["training.optimizer.lr"]})
    begin(challenge, [with_rate(challenge, 0.1)], engine)
    for changes in (
        {"training": {"seed": 1}},
        {"data": {"batch_size": 8}},
        {"layers": [{"layer": "tanh"}]},
    ):
        with pytest.raises(ExperimentError, match="may not be changed in this challenge"):
            begin(challenge, [changed(challenge, **changes)], engine)


def test_a_training_of_many_epochs_is_too_slow_by_prediction(engine: Engine) -> None:
    challenge = small(limits={"epochs": 500, "seconds": 0.1})
    with pytest.raises(ExperimentError, match=r"training would take about .* allows 0.1 s"):
        begin(challenge, [changed(challenge, training={"epochs": 500})], engine)


@pytest.mark.parametrize("n", [0, 2])
def test_more_trainings_than_tries_are_refused(n: int, engine: Engine) -> None:
    with pytest.raises(ExperimentError, match=f"{n} trainings were handed in"):
        begin(small(), [small().experiment()] * n, engine)


def test_a_run_that_was_changed_while_it_trained_does_not_count(engine: Engine) -> None:
    run = engine.start(small().experiment(), paused=True)
    run.set("lr", 0.1)
    run.resume()
    run.wait(PATIENCE_S)
    with pytest.raises(ExperimentError, match="this run does not count"):
        verdict(small(), [run], engine)


def test_a_run_that_began_with_loaded_weights_does_not_count(engine: Engine) -> None:
    run = engine.start(small().experiment(), begin=lambda trainer: None)
    run.wait(PATIENCE_S)
    with pytest.raises(ExperimentError, match="this run does not count"):
        verdict(small(), [run], engine)


def test_a_run_that_has_not_ended_has_no_verdict(engine: Engine) -> None:
    run = engine.start(small().experiment(), paused=True)
    with pytest.raises(ExperimentError, match="has not ended yet"):
        verdict(small(), [run], engine)


def test_a_run_that_was_stopped_reaches_nothing(engine: Engine) -> None:
    run = engine.start(small().experiment(), paused=True)
    run.stop()
    run.wait(PATIENCE_S)
    assert not verdict(small(), [run], engine).is_passed


def test_a_target_may_be_a_baseline_of_the_data(engine: Engine) -> None:
    challenge = small(targets=[{"metric": "accuracy", "better_than": "majority"}])
    assert judge(challenge, [changed(challenge, **PASSES)], engine, PATIENCE_S).is_passed
    other = small(targets=[{"metric": "accuracy", "better_than": "season"}])
    with pytest.raises(ExperimentError, match=r"“season” has no accuracy .* known: majority"):
        judge(other, [changed(other, **PASSES)], engine, PATIENCE_S)


def test_answers_that_are_as_sure_as_they_are_right_are_calibrated() -> None:
    scores = torch.tensor([[0.5, 0.5], [0.5, 0.5], [1.0, 0.0], [1.0, 0.0]])
    labels = torch.tensor([0, 1, 0, 0])
    # Four groups of one: |0.5 − 1|, |0.5 − 0|, 0 and 0, a quarter each.
    assert calibration_error(Outcome({}, scores, labels)) == pytest.approx(0.25)


def test_values_are_calibrated_where_the_answers_are_right_on_average() -> None:
    answers = torch.arange(20.0)
    truth = answers + torch.tensor([1.0, -1.0]).repeat(10)
    assert calibration_error(Outcome({}, values=(("t", answers, truth),))) == pytest.approx(0)
    assert calibration_error(Outcome({}, values=(("t", answers, truth + 2),))) == pytest.approx(2)


def test_answers_that_are_not_finite_have_no_calibration() -> None:
    nowhere = torch.tensor([float("nan"), 1.0])
    assert calibration_error(Outcome({}, values=(("t", nowhere, nowhere),))) is None


def test_an_experiment_is_judged_by_what_it_says_not_by_what_it_is_called(engine: Engine) -> None:
    named = Experiment.from_dict({**small().experiment().to_dict(), "name": "accuracy 100 %"})
    assert not judge(small(), [named], engine, PATIENCE_S).is_passed
