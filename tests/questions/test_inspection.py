"""Questions to a model, against values worked out beside it; the model stays as it was."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.questions.maps import FeatureMaps, Flow
from playground.questions.predictions import Predict
from playground.questions.sample import Sample
from playground.questions.units import Boundary, DeadUnits, UnitMaps, plane_grid
from playground.questions.weights import Histograms, Kernels
from playground.training.trainer import Trainer

from ..conftest import points

CNN = [
    {"layer": "conv2d", "channels": 6}, {"layer": "batchnorm2d"}, {"layer": "relu"},
    {"layer": "maxpool2d", "size": 4}, {"layer": "flatten"}, {"layer": "dropout"},
]  # fmt: skip
QUESTIONS: list[Any] = [
    Predict(Sample(index=3)),
    FeatureMaps("layers[2]", Sample(index=3), 4),
    Flow(Sample(index=3)),
    Kernels(),
    Histograms(),
    DeadUnits(),
]


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    """A convolutional network after five steps."""
    experiment = Experiment.from_dict(
        {"data": {"dataset": "digits"}, "layers": CNN, "training": {"epochs": 1}}
    )
    made = Trainer(experiment)
    with made.turn():
        for _ in range(5):
            made.advance()
    return made


@pytest.fixture
def ask(trainer: Trainer) -> Callable[[Any], Any]:
    """As the worker asks: in evaluation mode, which is taken back afterwards."""

    def asked(question: Any) -> Any:
        trainer.model.eval()
        try:
            return question(trainer)
        finally:
            trainer.model.train()

    return asked


def test_a_prediction_is_the_softmax_of_the_models_output(trainer: Trainer, ask: Any) -> None:
    found = ask(Predict(Sample(index=7)))
    trainer.model.eval()
    with torch.no_grad():
        expected = torch.softmax(trainer.model(trainer.split.val_x[7:8]), 1)[0].numpy()
    np.testing.assert_array_equal(found, expected)


def test_a_drawn_picture_is_normalised_as_the_training_data_are(trainer: Trainer, ask: Any) -> None:
    raw, _ = trainer.experiment.data.raw()
    pixels = (raw[trainer.split.val_index[7], 0] * 255).round().astype(np.uint8)
    np.testing.assert_allclose(
        ask(Predict(Sample(pixels=pixels))), ask(Predict(Sample(index=7))), atol=1e-6
    )


def test_feature_maps_are_the_strongest_channels_in_their_order(trainer: Trainer, ask: Any) -> None:
    found = ask(FeatureMaps("layers[0]", Sample(index=0), 4))
    with torch.no_grad():
        output = trainer.model.features[0](trainer.split.val_x[:1])[0].numpy()
    strongest = sorted(np.argsort(-np.abs(output).mean((1, 2)))[:4])
    assert found.channels.tolist() == strongest and found.of == 6
    np.testing.assert_allclose(found.maps, output[strongest], atol=1e-6)


def test_a_vector_counts_as_one_row(ask: Any) -> None:
    assert ask(FeatureMaps("output", Sample(index=0))).maps.shape == (1, 1, 10)
    assert ask(FeatureMaps("input", Sample(index=0))).maps.shape == (1, 28, 28)


def test_what_flows_is_small_and_complete(ask: Any) -> None:
    found = ask(Flow(Sample(index=0)))
    assert list(found) == ["input", *[f"layers[{i}]" for i in range(6)], "output"]
    assert found["layers[0]"].shape == (3, 28, 28) and found["layers[4]"].shape == (64,)


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


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_asking_leaves_no_trace(trainer: Trainer, ask: Any, question: Any) -> None:
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    random = torch.get_rng_state()
    ask(question)
    assert all(
        torch.equal(value, trainer.model.state_dict()[name]) for name, value in before.items()
    )
    assert torch.equal(random, torch.get_rng_state())
    assert not any(module._forward_hooks for module in trainer.model.modules())


def test_hooks_are_gone_after_a_failure_too(trainer: Trainer, ask: Any) -> None:
    with pytest.raises(ExperimentError):
        ask(FeatureMaps("layers[0]", Sample(point=(0.0, 0.0))))
    assert not any(module._forward_hooks for module in trainer.model.modules())


@pytest.mark.parametrize(
    "question",
    [
        FeatureMaps("layers[99]", Sample(index=0)),
        Predict(Sample(index=1_000)),
        Predict(Sample(index=-1)),
        Predict(Sample(point=(0, 0))),
        Predict(Sample()),
        Boundary(),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(ask: Any, question: Any) -> None:
    with pytest.raises(ExperimentError):
        ask(question)


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
