"""Filters and histograms of the weights, against the weights themselves."""

from typing import Any

import numpy as np
import pytest
import torch

from playground.questions.weights import Histograms, Kernels
from playground.training.trainer import Trainer

from ..conftest import points


def test_kernels_are_the_first_convolutions_weights(trainer: Trainer, ask: Any) -> None:
    found = ask(Kernels())
    assert found.path == "layers[0]"
    np.testing.assert_allclose(
        found.kernels, trainer.model.features[0].weight.detach().numpy()[:, 0]
    )


def test_histograms_count_every_weight_and_gradient_once(trainer: Trainer, ask: Any) -> None:
    found = ask(Histograms())
    assert set(found) == {"layers[0]", "output"}
    weights, gradients = found["output"]
    assert weights.counts.sum() == gradients.counts.sum() == 6 * 7 * 7 * 10
    assert weights.edges[0] == pytest.approx(trainer.model.head.weight.min().item())


@pytest.mark.parametrize("low", [0.0, 1.0, -3.5, 1e20, 3e38])
@pytest.mark.parametrize("gap", [0.0, 1e-7, 2.0])
def test_a_histogram_counts_equal_nearly_equal_and_huge_values(low: float, gap: float) -> None:
    made = Trainer(points())
    weight = made.model.features[0].weight
    with torch.no_grad():
        weight.fill_(low)
        weight[0, 0] = low + gap * max(1.0, abs(low) * 1e-3)
        weight[1, 1] = float("nan")
    weights, _ = Histograms()(made)["layers[0]"]
    assert weights.counts.sum() == weight.numel() - 1
    assert np.isfinite(weights.edges).all() and (np.diff(weights.edges) > 0).all()
