"""What the presets' descriptions promise, with a margin; and the gradients that the pairs are there to show."""

from functools import cache

import numpy as np
import pytest

from playground.presets import preset, presets
from playground.results import FinishedRun, train

# Preset -> (metric after the last epoch, at least); add yours with a margin under what its description states.
REACHES: dict[str, tuple[str, float]] = {
    "names-rnn": ("val_accuracy", 0.65),
    "names-lstm": ("val_accuracy", 0.67),
    "names-gru": ("val_accuracy", 0.69),
    "names-bilstm": ("val_accuracy", 0.70),
    "names-attention": ("val_accuracy", 0.66),
    "names-tcn": ("val_accuracy", 0.66),
    "names-transformer": ("val_accuracy", 0.65),
    "memory-lstm": ("val_accuracy", 0.95),
    "text-reviews": ("val_accuracy", 0.73),
    "text-hyphenation": ("val_accuracy", 0.94),
    "text-make-up-names": ("val_accuracy", 0.28),
    "series-co2": ("val_r2", 0.7),
    "table-house-prices": ("val_r2", 0.66),
    "table-customers": ("val_accuracy", 0.84),
    "series-sea-temperature": ("val_r2", 0.8),
    "points-xor": ("val_accuracy", 0.9),
    "points-circles": ("val_accuracy", 0.96),
    "points-spiral": ("val_accuracy", 0.97),
    "digits-softmax": ("val_accuracy", 0.88),
    "digits-basic-net": ("val_accuracy", 0.93),
    "digits-mlp": ("val_accuracy", 0.945),
    "digits-dynamic-mlp": ("val_accuracy", 0.93),
    "digits-mlp-batchnorm": ("val_accuracy", 0.94),
    "digits-residual-mlp": ("val_accuracy", 0.91),
    "digits-basic-cnn": ("val_accuracy", 0.97),
    "points-moons-bce": ("val_accuracy", 0.97),
    "digits-imbalanced-cross-entropy": ("val_accuracy", 0.92),
    "digits-imbalanced-focal": ("val_accuracy", 0.92),
    "digits-triplet": ("val_accuracy", 0.85),
    "digits-contrastive": ("val_accuracy", 0.77),
    "digits-two-tasks": ("val_accuracy", 0.90),
    "digits-warmup-adamw": ("val_accuracy", 0.93),
    "digits-discriminative": ("val_accuracy", 0.93),
    "digits-clipping": ("val_accuracy", 0.87),
    "digits-plateau": ("val_accuracy", 0.92),
    "digits-kaiming": ("val_accuracy", 0.84),
    "digits-small-resnet": ("val_accuracy", 0.97),
    "digits-resnet18": ("val_accuracy", 0.95),
    "digits-resnet18-small-stem": ("val_accuracy", 0.93),
    "digits-autoencoder": ("val_r2", 0.72),
    "digits-conv-autoencoder": ("val_r2", 0.80),
}
# Those that are there to fail: at most this accuracy.
LEARNS_NOTHING = {"digits-plain-deep-mlp": 0.15, "digits-equal-weights": 0.15, "memory-rnn": 0.4}


@cache
def trained(preset_id: str) -> FinishedRun:
    return train(preset(preset_id).experiment)


def first_gradient(preset_id: str, epochs: int = 2) -> float:
    """The median of the first layer's gradient norm over the first epochs."""
    experiment = preset(preset_id).experiment
    training = experiment.training.model_copy(update={"epochs": epochs})
    history = train(experiment.model_copy(update={"training": training})).history
    assert history is not None
    assert history.layer_names[0] == "layers[0]"
    return float(np.median(history.column("layers", "grad_norm")[:, 0]))


@pytest.mark.slow
@pytest.mark.parametrize("preset_id", REACHES)
def test_a_preset_reaches_what_it_promises(preset_id: str) -> None:
    metric, least = REACHES[preset_id]
    history = trained(preset_id).history
    assert history is not None
    assert history.column("epochs", metric)[-1] >= least


@pytest.mark.slow
@pytest.mark.parametrize("preset_id", LEARNS_NOTHING)
def test_a_preset_that_shows_a_failure_fails(preset_id: str) -> None:
    history = trained(preset_id).history
    assert history is not None
    assert history.column("epochs", "val_accuracy")[-1] <= LEARNS_NOTHING[preset_id]


def test_every_preset_is_pinned() -> None:
    assert REACHES.keys() | LEARNS_NOTHING.keys() == presets().keys()


@pytest.mark.slow
def test_what_lies_forty_steps_back_reaches_the_lstm_and_not_the_rnn() -> None:
    """The first layer learns from the first step alone: its gradient has come back through all the steps between."""
    runs = {name: trained(f"memory-{name}").history for name in ("rnn", "lstm")}
    gradient = {}
    for name, history in runs.items():
        assert history is not None and history.layer_names[0] == "layers[0]"
        gradient[name] = history.column("layers", "grad_norm")[:, 0]
    assert gradient["rnn"].max() < 1e-8 and np.median(gradient["lstm"]) > 1e-3
    assert gradient["lstm"].min() > 1e5 * gradient["rnn"].max()
    assert runs["rnn"].column("epochs", "val_accuracy")[-1] < 0.4  # type: ignore[union-attr]


def test_the_pair_differs_by_its_cell_alone() -> None:
    rnn, lstm = (preset(f"memory-{name}").experiment.to_dict() for name in ("rnn", "lstm"))
    assert (rnn["layers"][2]["layer"], lstm["layers"][2]["layer"]) == ("rnn", "lstm")
    for each in (rnn, lstm):
        del each["name"], each["layers"][2]
    assert rnn == lstm


@pytest.mark.slow
def test_shortcuts_carry_the_gradient_through_twenty_layers() -> None:
    residual, plain = (first_gradient(f"digits-{name}-mlp", 1) for name in ("residual", "plain-deep"))
    assert residual > 1e3 * plain > 0


@pytest.mark.slow
@pytest.mark.parametrize("preset_id", ["series-co2", "series-sea-temperature"])
def test_a_forecast_is_better_than_none(preset_id: str) -> None:
    finished = trained(preset_id)
    assert finished.history is not None
    naive = preset(preset_id).experiment.data.naive()
    assert finished.history.column("epochs", "val_mae")[-1] < 0.8 * min(naive.values())
