"""Each broken training shows what its fault is known for; the healthy one beside it learns."""

import math

import pytest

from playground.labs import run
from playground.labs.broken_trainings import CASES, FAULTS, _curves_of, curves
from playground.ui.words.labs import words_of

NUMBERS = {case.fault: number for number, case in enumerate(CASES, start=1)}


def broken(fault: str) -> dict:
    return curves(NUMBERS[fault], True)


def healthy(fault: str) -> dict:
    return curves(NUMBERS[fault], False)


def test_there_are_ten_different_faults_each_with_its_words() -> None:
    text = words_of("find_the_fault")["text"]
    assert len(set(FAULTS)) == len(CASES) == 10
    for fault in FAULTS:
        assert {f"choice.{fault}", f"not.{fault}", f"why.{fault}"} <= set(text)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_healthy_training_learns(fault: str) -> None:
    numbers = healthy(fault)
    assert numbers["losses"][-1] < 0.5 * numbers["losses"][0]
    assert numbers["accuracies"][-1] > 0.7


@pytest.mark.parametrize("fault", FAULTS)
def test_both_scripts_differ_in_one_line(fault: str) -> None:
    case = CASES[NUMBERS[fault] - 1]
    # The last line only names what was measured.
    wrong = case.text(True, is_marked=False).splitlines()[:-1]
    right = case.text(False, is_marked=False).splitlines()[:-1]
    assert len(set(right) - set(wrong)) == 1
    assert len(set(wrong) - set(right)) == (1 if case.wrong_line else 0)
    assert case.text(True, is_marked=True).count("# ← here") == 1


def test_gradients_that_are_never_zeroed_swing_further_and_further() -> None:
    assert max(broken("zero_grad")["gradients"]) > 50 * max(healthy("zero_grad")["gradients"])


def test_after_two_softmaxes_the_loss_stays_above_its_bound() -> None:
    losses = broken("softmax")["losses"]
    assert min(losses) > math.log(1 + math.exp(-1)) > healthy("softmax")["losses"][-1]
    assert broken("softmax")["accuracies"][-1] > 0.9


def test_a_low_rate_falls_steadily_and_hardly() -> None:
    losses = broken("rate_low")["losses"]
    assert sorted(losses, reverse=True) == losses and losses[0] - losses[-1] < 0.05


def test_a_high_rate_begins_as_the_healthy_one_and_jumps() -> None:
    losses = broken("rate_high")["losses"]
    assert losses[0] == healthy("rate_high")["losses"][0] and max(losses[:10]) > 3


def test_what_leaked_scores_well_only_where_it_leaked() -> None:
    numbers = broken("leakage")
    assert numbers["accuracies"][-1] - numbers["new_accuracy"] > 0.15
    assert abs(healthy("leakage")["accuracies"][-1] - healthy("leakage")["new_accuracy"]) < 0.1


def test_dead_units_leave_the_loss_at_the_logarithm_of_two() -> None:
    numbers = broken("dead_relus")
    assert numbers["losses"][-1] == pytest.approx(math.log(2), abs=1e-3)
    assert numbers["gradients"][-1] < 1e-3


def test_what_is_not_clipped_becomes_nan() -> None:
    assert math.isnan(broken("no_clipping")["losses"][-1])
    assert broken("no_clipping")["losses"][0] == healthy("no_clipping")["losses"][0]


def test_shuffled_labels_leave_nothing_to_learn() -> None:
    assert broken("labels_shuffled")["losses"][-1] > 0.6
    assert broken("labels_shuffled")["accuracies"][-1] < 0.8


def test_without_eval_the_loss_is_the_same_and_the_score_is_worse() -> None:
    losses = broken("no_eval")["losses"][-1], healthy("no_eval")["losses"][-1]
    assert losses[0] == pytest.approx(losses[1], abs=0.1)
    assert broken("no_eval")["accuracies"][-1] < healthy("no_eval")["accuracies"][-1] - 0.05


def test_millimetres_make_the_first_loss_and_gradient_huge() -> None:
    numbers = broken("no_normalisation")
    assert numbers["losses"][0] > 10 and numbers["gradients"][0] > 100


@pytest.mark.parametrize(("guess", "right"), [("", None), ("softmax", True), ("leakage", False)])
def test_a_guess_is_right_or_not_and_the_fault_is_told_only_then(
    guess: str, right: bool | None
) -> None:
    answer = run("find_the_fault", case=NUMBERS["softmax"], guess=guess)
    assert answer["values"]["right"] is right
    assert answer["values"]["fault"] == ("softmax" if right else None)
    assert ("# ← here" in answer["code"]) is (right is True)


def test_what_is_put_right_shows_the_healthy_code() -> None:
    code = run("find_the_fault", case=NUMBERS["zero_grad"], shown="fixed")["code"]
    assert "optimizer.zero_grad()  # ← here" in code


def test_global_random_numbers_are_left_as_they_were() -> None:
    import torch

    _curves_of.cache_clear()
    before = torch.get_rng_state()
    curves(1, True)
    assert torch.equal(torch.get_rng_state(), before)
