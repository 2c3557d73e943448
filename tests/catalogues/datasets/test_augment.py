"""Augmentation: what each choice does to pixels, that it repeats, and that the script does the same."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from playground.catalogues.datasets.augment import Augment, Augmenter, moved, spoiled
from playground.catalogues.datasets.digits import Digits
from playground.experiment import Experiment
from playground.export.script import script
from playground.faults import ExperimentError
from playground.results import train
from playground.training.trainer import Trainer

X = torch.rand(400, 2, 12, 9, generator=torch.Generator().manual_seed(0))
ALL = {"shift": 2, "rotate": 20.0, "scale": 0.1, "flip": True, "erase": 0.5, "noise": 0.1}
CONVOLUTIONS = [
    {"layer": "conv2d", "channels": 4, "stride": 2},
    {"layer": "relu"},
    {"layer": "global_pool"},
]


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def small(
    augment: Any, layers: Any = CONVOLUTIONS, dataset: str = "digits", **training: Any
) -> Experiment:
    data = {"dataset": dataset, "validation": 0.9, "batch_size": 48, "augment": augment}
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 2, **training}}
    )


def test_nothing_chosen_changes_nothing() -> None:
    torch.testing.assert_close(moved(X, chance()), X, atol=1e-5, rtol=0)
    assert spoiled(X, chance()) is X


def test_a_shift_moves_by_whole_pixels_as_far_as_is_said_each_way_as_often() -> None:
    x = torch.zeros(2_000, 1, 11, 11)
    x[:, :, 5, 5] = 1
    at = moved(x, chance(), shift=2).flatten(1)
    torch.testing.assert_close(at.amax(1), torch.ones(2_000), atol=1e-4, rtol=0)
    place = at.argmax(1)
    for axis in (place // 11 - 5, place % 11 - 5):
        assert sorted(axis.unique().tolist()) == [-2, -1, 0, 1, 2]
        assert torch.bincount(axis + 2).min() > 300


def test_a_shift_repeats_the_edge() -> None:
    x = torch.ones(50, 1, 6, 6)
    torch.testing.assert_close(moved(x, chance(), shift=3), x)


def test_flips_mirror_about_half_of_the_images() -> None:
    y = moved(X, chance(), flip=True)
    mirrored = torch.tensor(
        [torch.allclose(a, b.flip(-1), atol=1e-4) for a, b in zip(y, X, strict=True)]
    )
    same = torch.tensor([torch.allclose(a, b, atol=1e-4) for a, b in zip(y, X, strict=True)])
    assert bool((mirrored ^ same).all())
    assert 0.4 < mirrored.float().mean() < 0.6


def test_a_turned_bar_keeps_its_length_where_the_image_is_not_square() -> None:
    wide = torch.zeros(1, 1, 9, 15)
    wide[0, 0, 4, 5:10] = 1  # a bar of five pixels, lying
    turned = [moved(wide, chance(seed), rotate=180.0) for seed in range(60)]
    upright = max(turned, key=lambda image: float(image[0, 0, 2:7, 7].min()))
    assert upright[0, 0, 2:7, 7].min() > 0.8  # as long when it stands as when it lies
    assert upright.sum() == pytest.approx(5, abs=1.2)


def test_sizes_change_around_the_middle() -> None:
    x = torch.zeros(300, 1, 21, 21)
    x[:, :, 5:16, 5:16] = 1
    sums = moved(x, chance(), scale=0.5).sum((1, 2, 3)) / 121
    assert 0.2 <= sums.min() < 0.4 and 1.8 < sums.max() <= 2.3


def test_an_erased_patch_is_the_mean_and_noise_has_its_spread() -> None:
    erased = spoiled(X, chance(), erase=0.5) != X
    touched = erased.flatten(1).any(1)
    assert 0.4 < touched.float().mean() < 0.6
    share = erased.flatten(1).float().mean(1)[touched]
    assert share.min() > 0 and share.max() <= 0.3
    assert bool((spoiled(X, chance(), erase=0.5)[erased] == 0).all())
    assert (spoiled(X, chance(), noise=0.3) - X).std() == pytest.approx(0.3, rel=0.02)


def test_an_augmenter_repeats_goes_on_from_its_state_and_moves_a_target_that_is_the_image() -> None:
    a, b = (Augmenter(Augment(**ALL), 7) for _ in range(2))
    assert torch.equal(a(X, X[:, 0])[0], b(X, X[:, 0])[0])
    b.load_state_dict(a.state_dict())
    first, second = a(X, X, is_target=True), b(X, X, is_target=True)
    assert torch.equal(first[0], second[0])
    plain = Augmenter(Augment(noise=0.5), 0)(X, X, is_target=True)
    assert torch.equal(plain[1], X) and not torch.equal(plain[0], X)
    turned = Augmenter(Augment(flip=True), 0)(X, X, is_target=True)
    assert torch.equal(turned[0], turned[1])


def test_without_it_nothing_is_other_than_before() -> None:
    assert Experiment.from_dict({"data": {"dataset": "digits"}}).to_dict()["data"] == {
        "dataset": "digits"
    }
    off = small({"noise": 0.0})
    assert off.data.augmentation() is None
    assert Digits(augment=Augment(**ALL)).split() is Digits().split()
    assert "moved" not in script(off)


def seen_by(experiment: Experiment, n: int) -> list[Tensor]:
    trainer = Trainer(experiment)
    return [trainer.batches.of_next_step()[0][0] for _ in range(n)]


def test_batches_keep_their_order_and_validation_its_images() -> None:
    plain, noisy = small(None), small({"noise": 0.001})
    for before, after in zip(seen_by(plain, 12), seen_by(noisy, 12), strict=True):
        torch.testing.assert_close(before, after, atol=0.01, rtol=0)
        assert not torch.equal(before, after)
    assert torch.equal(Trainer(noisy).validation._x, Trainer(plain).validation._x)


def test_the_same_seed_gives_the_same_run() -> None:
    losses = [
        train(small(ALL, seed=seed)).history.table("epochs")["val_loss"].tolist()
        for seed in (1, 1, 2)
    ]  # type: ignore[union-attr]
    assert losses[0] == losses[1] != losses[2]


def test_what_is_wrong_is_named() -> None:
    for field, value in (("shift", 99), ("noise", -1), ("colour", 1), ("flip", 1)):
        with pytest.raises(ExperimentError) as caught:
            small({field: value})
        assert caught.value.faults[0].place == f"data.augment.{field}"


def test_a_slant_may_not_be_turned() -> None:
    data = {"dataset": "digits_two_tasks", "augment": {"rotate": 10.0}}
    fault = Experiment.from_dict({"data": data}).data.fault()
    assert fault is not None and (fault.place, fault.code) == (
        "data.augment",
        "augment_changes_target",
    )
    assert Experiment.from_dict({"data": {**data, "augment": {"shift": 2}}}).data.fault() is None


RECONSTRUCTION = [{"layer": "conv2d", "channels": 3}, {"layer": "relu"}]


@pytest.mark.long
@pytest.mark.parametrize("task", ("class", "image"))
def test_the_script_augments_bit_for_bit(task: str, tmp_path: Path) -> None:
    from ...export.test_script import expected, lines_of

    experiment = small(ALL, seed=3)
    if task == "image":
        experiment = small(ALL, RECONSTRUCTION, "digits_copy", loss={"loss": "mse"}, accumulate=2)
    assert lines_of(experiment, tmp_path) == expected(experiment)
