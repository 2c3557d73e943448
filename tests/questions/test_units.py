"""The plane around points, and dead units."""

from typing import Any

import numpy as np
import pytest
import torch

from playground.faults import ExperimentError
from playground.questions.predictions import Predict
from playground.questions.sample import Sample
from playground.questions.units import Boundary, DeadUnits, UnitMaps, plane_grid
from playground.training.trainer import Trainer

from ..conftest import points


def test_a_unit_that_never_answers_is_dead(trainer: Trainer, ask: Any) -> None:
    norm = trainer.model.features[1]
    before = norm.bias.detach().clone()
    with torch.no_grad():
        norm.bias[:3] = -1e6
    try:
        assert ask(DeadUnits())["layers[2]"] >= 0.5
    finally:
        with torch.no_grad():
            norm.bias.copy_(before)
    assert ask(DeadUnits())["layers[2]"] < 0.5


def test_the_boundary_is_the_prediction_at_every_point_of_the_grid() -> None:
    made = Trainer(points("circles"))
    made.model.eval()
    surface = Boundary(16)(made)
    x0, x1, y0, y1 = surface.extent
    assert surface.probabilities.shape == (2, 16, 16)
    np.testing.assert_allclose(surface.probabilities.sum(0), 1, atol=1e-5)
    at = Predict(Sample(point=(x1, y0)))
    with torch.no_grad():
        np.testing.assert_allclose(surface.probabilities[:, 0, 15], at(made), atol=1e-5)
        np.testing.assert_allclose(
            surface.probabilities[:, 15, 0], Predict(Sample(point=(x0, y1)))(made), atol=1e-5
        )


def test_a_units_picture_is_its_value_at_every_point_of_the_plane() -> None:
    made = Trainer(points(layers=[{"layer": "linear", "units": 15}, {"layer": "tanh"}]))
    made.model.eval()
    found = UnitMaps(resolution=10, limit=12)(made)
    assert list(found) == ["layers[0]", "layers[1]", "output"]
    assert found["layers[0]"].maps.shape == (12, 10, 10) and found["layers[0]"].of == 15
    np.testing.assert_allclose(found["layers[1]"].maps, np.tanh(found["layers[0]"].maps), atol=1e-6)
    grid, _, extent = plane_grid(made, 10)
    corner = made.split.normalise(np.array([[extent[0], extent[2]]], np.float32))
    assert torch.allclose(grid[0], corner[0], atol=1e-6)
    wanted = made.model.features[0](corner)[0, 3].item()
    assert found["layers[0]"].maps[3, 0, 0] == pytest.approx(wanted, abs=1e-5)


def test_pictures_of_the_units_need_data_in_the_plane(ask: Any) -> None:
    with pytest.raises(ExperimentError, match="plane"):
        ask(UnitMaps())
