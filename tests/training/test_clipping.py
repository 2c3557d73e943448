"""Clipping: the length before and after, and how often, against numbers worked by hand."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from playground.training.clipping import COLUMNS, Clipper
from playground.training.trainer import Trainer

from ..conftest import points


def gradients(*values: float) -> list[nn.Parameter]:
    """Parameters of one number each with these gradients."""
    made = [nn.Parameter(torch.zeros(1)) for _ in values]
    for parameter, value in zip(made, values, strict=True):
        parameter.grad = torch.tensor([value])
    return made


def test_three_and_four_are_five_long_and_cut_to_one() -> None:
    clipper = Clipper(parameters := gradients(3.0, 4.0), None)
    clipper.clip(1.0, measured=True)
    row = clipper.measurements().numbers()
    assert row["total_norm"] == 5.0
    assert row["clipped_norm"] == pytest.approx(1.0, rel=1e-5)
    assert (row["clipped_share"], row["clip_limit"]) == (1.0, 1.0)
    assert [p.grad.item() for p in parameters] == pytest.approx([0.6, 0.8], rel=1e-5)  # type: ignore[union-attr]


def test_every_value_is_cut_before_the_whole() -> None:
    clipper = Clipper(parameters := gradients(3.0, -4.0, 0.5), 3.5)
    clipper.clip(None, measured=True)
    row = clipper.measurements().numbers()
    assert [p.grad.item() for p in parameters] == [3.0, -3.5, 0.5]  # type: ignore[union-attr]
    assert row["total_norm"] == pytest.approx(math.sqrt(9 + 16 + 0.25))
    assert row["clipped_norm"] == pytest.approx(math.sqrt(9 + 12.25 + 0.25))
    assert row["clipped_share"] == 1.0 and math.isnan(row["clip_limit"])


def test_the_share_counts_the_steps_since_the_last_measurement() -> None:
    parameters = gradients(0.0)
    clipper = Clipper(parameters, None)
    for i, value in enumerate((2.0, 0.5, 1.0, 3.0)):  # exactly at the limit nothing is cut
        parameters[0].grad = torch.tensor([value])
        clipper.clip(1.0, measured=i == 3)
    assert clipper.measurements().numbers()["clipped_share"] == 0.5
    parameters[0].grad = torch.tensor([0.1])
    clipper.clip(1.0, measured=True)
    assert clipper.measurements().numbers()["clipped_share"] == 0.0


def test_the_count_goes_on_where_its_state_was_kept() -> None:
    first, second = (Clipper(gradients(2.0), None) for _ in range(2))
    first.clip(1.0)
    second.load_state_dict(first.state_dict())
    second.clip(5.0, measured=True)
    assert second.measurements().numbers()["clipped_share"] == 0.5


def test_a_run_without_clipping_measures_nothing_of_it() -> None:
    assert not set(COLUMNS) & set(Trainer(points()).history.table("layers"))


@pytest.mark.parametrize(
    "limits", [{"clip_norm": 0.3}, {"clip_value": 0.05}, {"clip_norm": 0.2, "clip_value": 0.1}]
)
def test_what_a_run_records_is_what_a_plain_loop_finds(limits: dict[str, Any]) -> None:
    trainer, twin = Trainer(points(**limits)), Trainer(points())
    limit, value = limits.get("clip_norm"), limits.get("clip_value")
    before, after, cut = [], [], []

    def length() -> float:
        return math.sqrt(
            sum(float(p.grad.double().square().sum()) for p in twin.clipper.parameters)
        )

    def by_hand(norm: float | None, measured: bool = False) -> None:
        before.append(length())
        largest = max(float(p.grad.abs().max()) for p in twin.clipper.parameters)
        if value is not None:
            nn.utils.clip_grad_value_(twin.clipper.parameters, value)
        between = length()
        if limit is not None:
            nn.utils.clip_grad_norm_(twin.clipper.parameters, limit)
        after.append(length())
        cut.append(
            (value is not None and largest > value) or (limit is not None and between > limit)
        )

    twin.clipper.clip = by_hand  # type: ignore[method-assign]
    with twin.turn():
        while not twin.finished:
            twin.advance()
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    table = trainer.history.table("layers")
    steps = table["step"].astype(int)
    np.testing.assert_allclose(table["total_norm"], np.array(before)[steps - 1], rtol=1e-4)
    np.testing.assert_allclose(table["clipped_norm"], np.array(after)[steps - 1], rtol=1e-4)
    starts = [0, *steps[:-1]]
    shares = [np.mean(cut[a:b]) for a, b in zip(starts, steps, strict=True)]
    np.testing.assert_allclose(table["clipped_share"], shares)
    assert np.mean(cut) > 0
    assert np.array_equal(
        trainer.history.column("steps", "train_loss"), twin.history.column("steps", "train_loss")
    )


def test_the_losses_own_parameters_are_cut_with_the_networks() -> None:
    trainer = Trainer(points(clip_norm=1.0))
    trainer.loss.register_parameter("own", nn.Parameter(torch.zeros(1)))
    parameters = [*trainer.model.parameters(), *trainer.loss.parameters()]
    for parameter in parameters:
        parameter.grad = torch.ones_like(parameter)
    Clipper(parameters, None).clip(1.0)
    assert trainer.loss.own.grad.item() < 0.5


def test_gradient_norms_by_layer_are_those_before_clipping_with_the_clipped_beside_them() -> None:
    """Cut to a tenth of its length, every layer's gradient is cut by the same factor."""
    plain, clipped = Trainer(points()), Trainer(points(clip_norm=0.01))
    for trainer in (plain, clipped):
        with trainer.turn():
            trainer.advance()
        trainer.flush()
    assert "clipped_grad_norm" not in plain.history.table("layers")
    before = plain.history.column("layers", "grad_norm")[0]
    row = {name: column[0] for name, column in clipped.history.table("layers").items()}
    np.testing.assert_array_equal(row["grad_norm"], before)
    assert row["total_norm"] > 0.1
    factor = 0.01 / row["total_norm"]
    np.testing.assert_allclose(row["clipped_grad_norm"], before * factor, rtol=1e-4)
