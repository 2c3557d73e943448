"""The learning-rate range test: a rate that works, the same every time, and nobody disturbed."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import torch

from playground.training.range_test import _steepest, lr_range_test
from playground.training.trainer import Trainer

from ..conftest import points, short


@pytest.mark.parametrize("preset_id", ["points-spiral", "digits-basic-net"])
def test_the_suggestion_is_a_rate_that_trains(preset_id: str) -> None:
    found = lr_range_test(short(preset_id))
    assert found.suggestion is not None and 1e-4 < found.suggestion < 0.5
    assert len(found.lr) == len(found.loss) and np.isfinite(found.loss).all()
    assert (np.diff(found.lr) > 0).all()


def test_it_is_the_same_every_time_and_leaves_the_global_numbers_alone() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    first, second = lr_range_test(points()), lr_range_test(points())
    np.testing.assert_array_equal(first.loss, second.loss)
    assert torch.equal(before, torch.get_rng_state())


def test_the_steepest_place_lies_before_the_least_loss() -> None:
    rates = [10.0**k for k in range(-5, 1)]
    assert _steepest(rates, [2.0, 2.0, 1.0, 0.6, 0.5, 3.0]) == 1e-3
    assert _steepest(rates, [1.0, 1.1, 1.2, 1.3, 1.4, 1.5]) is None
    assert _steepest(rates[:2], [1.0, 0.5]) is None


def test_what_there_was_no_time_for_is_said() -> None:
    cut = lr_range_test(points(), limit_s=-1)
    assert cut.cut_short and not len(cut.lr) and cut.suggestion is None
    assert not lr_range_test(points()).cut_short


def test_no_time_is_spent_on_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    def validate(_trainer: Trainer) -> None:
        raise AssertionError("validated")

    monkeypatch.setattr(Trainer, "_validate", validate)
    assert len(lr_range_test(points()).lr) > 3 * 8  # several epochs of eight steps


def test_other_runs_have_the_device_between_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps_in_a_turn: list[int] = []
    turn = Trainer.turn

    @contextmanager
    def counted(trainer: Trainer) -> Iterator[None]:
        before = trainer.step
        with turn(trainer):
            yield
        steps_in_a_turn.append(trainer.step - before)

    monkeypatch.setattr(Trainer, "turn", counted)
    found = lr_range_test(points(), steps=20)
    assert steps_in_a_turn[: len(found.lr)] == [1] * len(found.lr)
