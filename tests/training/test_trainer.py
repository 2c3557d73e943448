"""The loop: its numbers are those of a plain loop, bit for bit; what goes wrong is named."""

import math

import pytest
import torch
from torch import nn

from playground.engine.devices import cpu_has_bf16
from playground.experiment import Experiment
from playground.network.builder import build_model, named_layers
from playground.network.models import CNN, keep_gradient_format
from playground.results import train
from playground.training.randomness import RandomState
from playground.training.trainer import Diverged, Trainer

from ..conftest import points, short
from .loops import plain_loop

DROPOUT = [{"layer": "linear", "units": 8}, {"layer": "relu"}, {"layer": "dropout", "p": 0.3}]


def run(trainer: Trainer) -> Trainer:
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    return trainer


@pytest.mark.parametrize(
    "experiment",
    [
        points(layers=DROPOUT),
        points(layers=DROPOUT, schedule={"schedule": "cosine", "warmup_steps": 7}, clip_norm=0.05),
        points(layers=DROPOUT, optimizer={"optimizer": "sgd", "lr": 0.1, "momentum": 0.9}, seed=5),
    ],
    ids=["dropout", "cosine, warm-up, clipping", "momentum"],
)
def test_measuring_changes_no_number_of_a_plain_loop(experiment: Experiment) -> None:
    trainer = run(Trainer(experiment))
    model, losses, _ = plain_loop(experiment)
    assert trainer.history.column("steps", "train_loss").tolist() == losses
    for ours, theirs in zip(trainer.model.parameters(), model.parameters(), strict=True):
        assert torch.equal(ours, theirs)


def test_the_same_experiment_twice_is_the_same_bit_for_bit() -> None:
    a, b = (run(Trainer(points(layers=DROPOUT))) for _ in range(2))
    assert a.history.equals(b.history)
    assert all(
        torch.equal(x, y) for x, y in zip(a.model.parameters(), b.model.parameters(), strict=True)
    )


def test_another_seed_is_another_run() -> None:
    a, b = (run(Trainer(points(seed=seed))) for seed in (0, 1))
    assert not a.history.equals(b.history)


def test_a_convolutional_run_repeats_too() -> None:
    conv = {"layer": "conv2d", "channels": 4, "stride": 4}
    layers = [conv, {"layer": "batchnorm2d"}, {"layer": "relu"}, {"layer": "flatten"}]
    experiment = Experiment.from_dict(
        {"data": {"dataset": "digits"}, "layers": layers, "training": {"epochs": 1}}
    )
    a, b = (run(Trainer(experiment)) for _ in range(2))
    assert a.history.equals(b.history)
    assert a.history.column("epochs", "val_accuracy")[0] > 0.6


def test_gradients_come_through_flatten_in_channels_last_and_are_the_same_to_the_last_bit() -> None:
    def gradients(keep: bool) -> tuple[list[torch.Tensor], list[bool]]:
        torch.manual_seed(0)
        model = CNN((1, 12, 12), channels=(8, 16), hidden_dim=32).to(
            memory_format=torch.channels_last
        )
        if keep:
            keep_gradient_format(model)
        formats: list[bool] = []
        relu = [module for module in model.features if isinstance(module, nn.ReLU)][
            1
        ]  # the last before Flatten
        relu.register_full_backward_pre_hook(
            lambda _, g: formats.append(g[0].is_contiguous(memory_format=torch.channels_last))
        )
        x = torch.randn(16, 1, 12, 12).contiguous(memory_format=torch.channels_last)
        nn.functional.cross_entropy(model(x), torch.arange(16) % 10).backward()
        return [p.grad for p in model.parameters() if p.grad is not None], formats

    plain, kept = gradients(False), gradients(True)
    assert (plain[1], kept[1]) == ([False], [True])
    assert len(kept[0]) == len(plain[0]) > 8
    assert all(torch.equal(*pair) for pair in zip(plain[0], kept[0], strict=True))


def test_gradient_norms_and_update_sizes_are_those_worked_out_by_hand() -> None:
    experiment = points(optimizer={"optimizer": "sgd", "lr": 0.5})
    trainer = Trainer(experiment)
    chosen = torch.randperm(len(trainer.split.train_x), generator=torch.Generator().manual_seed(0))[
        :20
    ]
    first = trainer.split.train_x[chosen]
    before = {name: p.detach().clone() for name, p in trainer.model.named_parameters()}
    output = trainer.model(first)
    loss = nn.functional.cross_entropy(output, trainer.split.train_y[chosen])
    gradients = dict(
        zip(before, torch.autograd.grad(loss, list(trainer.model.parameters())), strict=True)
    )
    with trainer.turn():
        trainer.advance()
    trainer.flush()
    assert trainer.history.layer_names == ("layers[0]", "output")
    norms, ratios = (
        trainer.history.column("layers", name)[0] for name in ("grad_norm", "update_ratio")
    )
    for i, name in enumerate(("features.0.weight", "head.weight")):
        norm = gradients[name].norm().item()
        assert norms[i] == pytest.approx(norm, rel=1e-5)
        assert ratios[i] == pytest.approx(0.5 * norm / before[name].norm().item(), rel=1e-4)
    right = (output.argmax(1) == trainer.split.train_y[chosen]).float().mean().item()
    assert trainer.history.column("layers", "train_accuracy")[0] == pytest.approx(right)


def test_validation_is_judged_in_evaluation_mode_over_all_held_out_samples() -> None:
    trainer = run(Trainer(points(layers=DROPOUT)))
    trainer.model.eval()
    with torch.no_grad():
        output = trainer.model(trainer.split.val_x)
    loss = nn.functional.cross_entropy(output, trainer.split.val_y).item()
    accuracy = (output.argmax(1) == trainer.split.val_y).float().mean().item()
    assert trainer.history.column("epochs", "val_loss")[-1] == pytest.approx(loss, rel=1e-5)
    assert trainer.history.column("epochs", "val_accuracy")[-1] == pytest.approx(accuracy)


def test_the_planned_learning_rate_is_the_one_used() -> None:
    experiment = points(schedule={"schedule": "cosine", "warmup_steps": 4})
    trainer = run(Trainer(experiment))
    n, per_epoch = trainer.total_steps, trainer.steps_per_epoch
    planned = [0.001 * experiment.training.schedule.factor(step, n, per_epoch) for step in range(n)]
    assert trainer.history.column("steps", "lr").tolist() == planned


def test_a_learning_rate_changed_on_the_way_is_part_of_the_history() -> None:
    trainer = Trainer(points())
    with trainer.turn():
        trainer.advance()
        trainer.set("lr", 0.25)
        trainer.advance()
    trainer.flush()
    assert [(e.step, e.kind, e.value) for e in trainer.history.events] == [(1, "lr", 0.25)]
    assert trainer.history.column("steps", "lr").tolist() == [0.001, 0.25]


def test_too_high_a_learning_rate_is_caught_at_its_step_and_layer() -> None:
    deep = [{"layer": "linear", "units": 32}, {"layer": "relu"}] * 6
    experiment = points(layers=deep, epochs=50, optimizer={"optimizer": "sgd", "lr": 1000.0})
    with pytest.raises(Diverged) as caught:
        train(experiment)
    fault = caught.value.fault
    assert fault.code in ("nan_forward", "nan_update", "nan_loss")
    assert fault.values["step"] > 1 and "step" in fault.message


def test_the_first_layer_to_overflow_is_named() -> None:
    trainer = Trainer(points(layers=[{"layer": "linear", "units": 4}, {"layer": "relu"}] * 2))
    with torch.no_grad():
        trainer.model.features[2].weight.fill_(3e38)
        trainer.model.features[0].bias.fill_(100.0)
    with pytest.raises(Diverged) as caught, trainer.turn():
        trainer.advance()
    assert (caught.value.fault.code, caught.value.fault.values["layer"]) == (
        "nan_forward",
        "3 Linear",
    )
    assert caught.value.fault.values["step"] == 1


def test_spoiled_weights_are_blamed_on_the_update_before() -> None:
    trainer = Trainer(points(layers=[{"layer": "linear", "units": 4}, {"layer": "tanh"}] * 2))
    with trainer.turn():
        trainer.advance()
        with torch.no_grad():
            trainer.model.features[2].weight.fill_(math.nan)
        with pytest.raises(Diverged) as caught:
            trainer.advance()
    fault = caught.value.fault
    assert (fault.code, fault.values["layer"]) == ("nan_update", "3 Linear")
    assert (fault.values["before"], fault.values["step"]) == (1, 2)


def test_the_residual_pair_shows_why_skips_matter() -> None:
    norms = {}
    for preset_id in ("digits-residual-mlp", "digits-plain-deep-mlp"):
        trainer = Trainer(short(preset_id))
        with trainer.turn():
            trainer.advance()
        trainer.flush()
        norms[preset_id] = trainer.history.column("layers", "grad_norm")[0]
        assert len(norms[preset_id]) == 22
    assert norms["digits-residual-mlp"][0] > 1
    assert norms["digits-plain-deep-mlp"][0] < 1e-5
    assert norms["digits-plain-deep-mlp"][-1] > 1e-2


@pytest.mark.skipif(not cpu_has_bf16(), reason="this CPU has no bf16")
def test_bf16_trains_close_to_float32_and_differs_from_it() -> None:
    exact, rounded = (
        run(Trainer(short("digits-basic-net", 1, precision=p))) for p in ("float32", "bf16")
    )
    assert not exact.history.equals(rounded.history)
    a, b = (each.history.column("epochs", "val_loss")[0] for each in (exact, rounded))
    assert a == pytest.approx(b, rel=0.05)


def test_a_runs_random_numbers_go_on_where_they_were_and_disturb_nobody() -> None:
    torch.manual_seed(7)
    state = RandomState(3, torch.device("cpu"))
    expected_outside = torch.Generator().manual_seed(7)
    expected_inside = torch.Generator().manual_seed(3)
    for _ in range(3):
        assert torch.equal(torch.rand(4), torch.rand(4, generator=expected_outside))
        with state.swapped_in():
            assert torch.equal(torch.rand(4), torch.rand(4, generator=expected_inside))


def test_named_layers_reach_into_blocks() -> None:
    layers = [
        {"layer": "linear", "units": 3},
        {"layer": "residual", "body": [{"layer": "relu"}, {"layer": "tanh"}]},
    ]
    names = list(named_layers(build_model(points(layers=layers))))
    assert names == ["layers[0]", "layers[1]", "layers[1].body[0]", "layers[1].body[1]", "output"]


def test_a_device_that_is_read_late_measures_the_same() -> None:
    assert run(Trainer(points())).history.equals(run(Trainer(points(), reads_late=True)).history)


def test_losses_of_several_batches_and_clipping_are_read_late_to_the_same_bits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On Apple's GPUs there is no float64: nothing on a device may ask for it."""
    experiment = points("moons", size=190, accumulate=3, clip_norm=0.1, clip_value=0.05, epochs=2)
    early = run(Trainer(experiment)).history
    monkeypatch.setattr(torch.Tensor, "double", lambda _: pytest.fail("float64 on the device"))
    late = run(Trainer(experiment, reads_late=True)).history
    assert len(late.column("layers", "clipped_share")) > 0
    assert late.equals(early)


@pytest.mark.parametrize("flushed_before", [True, False])
def test_a_device_that_is_read_late_still_names_the_exact_step(flushed_before: bool) -> None:
    trainer = Trainer(points(), reads_late=True)
    with trainer.turn():
        for _ in range(3):
            trainer.advance()
        if flushed_before:
            trainer.flush()
        with torch.no_grad():
            trainer.model.head.weight.fill_(math.nan)
        for _ in range(4):
            trainer.advance()
        with pytest.raises(Diverged) as caught:
            trainer.flush()
    assert (caught.value.fault.values["step"], caught.value.fault.values["layer"]) == (4, "Output")
    assert trainer.history.column("steps", "step").tolist() == [1, 2, 3]
    assert trainer.history.column("layers", "step").max() <= 3


def test_batches_are_the_epochs_permutation_with_a_smaller_last_one() -> None:
    experiment = points(size=130)
    trainer, seen = Trainer(experiment), []
    trainer.model.register_forward_hook(
        lambda m, inputs, output: seen.append(inputs[0]) if m.training else None
    )
    with trainer.turn():
        for _ in range(trainer.steps_per_epoch):
            trainer.advance()
    n = len(trainer.split.train_x)
    assert [len(x) for x in seen] == [20] * (n // 20) + [n % 20]
    order = torch.randperm(n, generator=torch.Generator().manual_seed(0))
    assert torch.equal(torch.cat(seen), trainer.split.train_x[order])


def test_a_setting_that_is_sent_twice_is_one_event() -> None:
    trainer = Trainer(points())
    for value in (0.25, 0.25, None, None, 0.25):
        trainer.set("clip_norm", value)
    values = [event.value for event in trainer.history.events]
    assert [str(value) for value in values] == ["0.25", "nan", "0.25"]


def test_a_run_that_has_ended_keeps_nothing_of_the_training_part() -> None:
    experiment = Experiment.from_dict({"data": {"dataset": "digits"}, "layers": []})
    trainer = Trainer(experiment)
    n_validation, shape = len(trainer.split.val_x), trainer.split.input_shape
    trainer.release()
    tensors = (trainer.batches._x, trainer.validation._x, trainer.split.train_x)
    assert [tensor.untyped_storage().nbytes() for tensor in tensors] == [0, 0, 0]
    assert trainer.split.input_shape == shape
    assert len(trainer.split.val_x) == n_validation


def test_points_are_drawn_after_the_run_too() -> None:
    trainer = Trainer(points())
    n_points = len(trainer.split.train_x)
    trainer.release()
    assert len(trainer.split.train_x) == n_points
