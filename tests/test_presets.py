"""What the presets' descriptions promise, with a margin; and the gradients that the pairs are there to show."""

from functools import cache

import numpy as np
import pytest
import torch

from playground.network.builder import build_model
from playground.network.cost import cost_of
from playground.preset_files import preset, presets
from playground.questions.report import Report
from playground.results import FinishedRun, train
from playground.training.trainer import Trainer

from .lanes import long_except

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
# Preset -> (error after the last epoch, in its own unit, at most), with a margin over what the description states.
MISSES_BY: dict[str, tuple[str, float]] = {
    "digits-two-tasks": ("val_mae", 2.7),  # 2.3 degrees
    "table-house-prices": ("val_mae", 12_200),  # 11,500 dollars
    "series-co2": ("val_mae", 0.38),  # 0.33 ppm
    "series-sea-temperature": ("val_mae", 0.78),  # 0.73 °C
}
# What stands in the descriptions of forecasts: the last value stays; as a year ago (or changed as it did then).
NAIVE = {
    "series-co2": ("season_change", 0.75, 0.54),
    "series-sea-temperature": ("season", 2.62, 0.98),
}
# Preset -> the per cent that always giving the commonest answer gets right.
COMMONEST = {
    "table-customers": 61,
    "text-hyphenation": 81,
    "text-make-up-names": 11,
    "text-reviews": 60,
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


@pytest.mark.parametrize(
    "preset_id", long_except(["points-moons-bce", "table-house-prices"], REACHES)
)
def test_a_preset_reaches_what_it_promises(preset_id: str) -> None:
    metric, least = REACHES[preset_id]
    history = trained(preset_id).history
    assert history is not None
    assert history.column("epochs", metric)[-1] >= least


@pytest.mark.long
@pytest.mark.parametrize("preset_id", LEARNS_NOTHING)
def test_a_preset_that_shows_a_failure_fails(preset_id: str) -> None:
    history = trained(preset_id).history
    assert history is not None
    assert history.column("epochs", "val_accuracy")[-1] <= LEARNS_NOTHING[preset_id]


def test_every_preset_is_pinned() -> None:
    assert REACHES.keys() | LEARNS_NOTHING.keys() == presets().keys()


@pytest.mark.long
def test_what_lies_forty_steps_back_reaches_the_lstm_and_not_the_rnn() -> None:
    """The first layer learns from the first step alone: its gradient has come back through all the steps between."""
    runs = {name: trained(f"memory-{name}").history for name in ("rnn", "lstm")}
    gradient = {}
    for name, history in runs.items():
        assert history is not None and history.layer_names[0] == "layers[0]"
        gradient[name] = history.column("layers", "grad_norm")[:, 0]
    assert gradient["rnn"].max() < 1e-9 and np.median(gradient["lstm"]) > 1e-3
    assert gradient["lstm"].min() > 1e5 * gradient["rnn"].max()
    assert runs["rnn"].column("epochs", "val_accuracy")[-1] < 0.4  # type: ignore[union-attr]


def test_the_pair_differs_by_its_cell_alone() -> None:
    rnn, lstm = (preset(f"memory-{name}").experiment.to_dict() for name in ("rnn", "lstm"))
    assert (rnn["layers"][2]["layer"], lstm["layers"][2]["layer"]) == ("rnn", "lstm")
    for each in (rnn, lstm):
        del each["name"], each["layers"][2]
    assert rnn == lstm


@pytest.mark.long
def test_shortcuts_carry_the_gradient_through_twenty_layers() -> None:
    residual, plain = (
        first_gradient(f"digits-{name}-mlp", 1) for name in ("residual", "plain-deep")
    )
    assert residual > 1e3 * plain > 0


@pytest.mark.long
@pytest.mark.parametrize("preset_id", ["series-co2", "series-sea-temperature"])
def test_a_forecast_is_better_than_none(preset_id: str) -> None:
    finished = trained(preset_id)
    assert finished.history is not None
    naive = preset(preset_id).experiment.data.naive()
    assert finished.history.column("epochs", "val_mae")[-1] < 0.8 * min(naive.values())


@pytest.mark.long
@pytest.mark.parametrize("preset_id", MISSES_BY)
def test_a_preset_is_off_by_no_more_than_it_says(preset_id: str) -> None:
    metric, most = MISSES_BY[preset_id]
    history = trained(preset_id).history
    assert history is not None
    assert 0.8 * most < history.column("epochs", metric)[-1] <= most


@pytest.mark.parametrize("preset_id", NAIVE)
def test_the_naive_forecasts_miss_by_what_is_said(preset_id: str) -> None:
    season, last, year = NAIVE[preset_id]
    naive = preset(preset_id).experiment.data.naive()
    assert (round(naive["last"], 2), round(naive[season], 2)) == (last, year)


@pytest.mark.long
@pytest.mark.parametrize(
    "preset_id", ["digits-imbalanced-cross-entropy", "digits-imbalanced-focal"]
)
def test_rare_digits_count_little_in_the_share_of_right_answers(preset_id: str) -> None:
    trainer = Trainer(preset(preset_id).experiment)
    trainer.model.load_state_dict(trained(preset_id).model.state_dict())
    trainer.model.eval()
    classes = Report()(trainer).figures().classes
    assert classes is not None
    assert (
        sorted(classes.support.tolist()) == [4] * 5 + [100] * 5
    )  # a fifth of 20 and of 500 images
    assert classes.accuracy > 0.92 and 0.75 < classes.macro_f1 < 0.86  # 0.80


@pytest.mark.parametrize("preset_id", COMMONEST)
def test_the_commonest_answer_is_right_as_often_as_is_said(preset_id: str) -> None:
    split = preset(preset_id).experiment.data.split()
    trained_on, asked = (y[y >= 0] for y in (split.train_y, split.val_y))  # padding is -100
    commonest = trained_on.mode().values
    assert round(100 * (asked == commonest).double().mean().item()) == COMMONEST[preset_id]


@pytest.mark.parametrize(
    ("preset_id", "n"),
    [("table-house-prices", 546), ("table-customers", 1_070), ("text-make-up-names", 6_000)],
)
def test_there_are_as_many_real_samples_as_is_said(preset_id: str, n: int) -> None:
    split = preset(preset_id).experiment.data.split()
    assert len(split.train_x) + len(split.val_x) == n


def test_networks_are_as_large_as_is_said() -> None:
    parameters = {name: cost_of(preset(name).experiment).parameters for name in presets()}
    assert round(parameters["digits-resnet18"] / 1e6, 1) == 11.2
    assert parameters["names-gru"] / parameters["names-lstm"] == pytest.approx(1 / 3, abs=0.04)


@torch.no_grad()
def test_the_convolutions_over_names_see_fourteen_letters_back() -> None:
    """The last step before the pool hangs on itself and the fourteen letters before, and on nothing earlier."""
    model = build_model(preset("names-tcn").experiment).eval()
    found: list[torch.Tensor] = []
    model.features[-2].register_forward_hook(
        lambda _module, _inputs, output: found.append(output[0, -1])
    )
    names = torch.arange(1, 21)[None]
    model(names)
    for back in range(20):
        other = names.clone()
        other[0, -1 - back] = 21
        model(other)
    changed = [back for back, last in enumerate(found[1:]) if not torch.equal(last, found[0])]
    assert changed == list(range(15))
