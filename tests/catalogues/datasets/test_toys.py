"""Points in the plane: their geometry by hand, their sizes, their seeds, the script's functions."""

import inspect

import numpy as np
import pytest
from pydantic import ValidationError

from playground.catalogues.datasets import DATASETS
from playground.catalogues.datasets.toys import (
    Gaussians,
    Spirals,
    Toy,
    make_circles,
    make_gaussians,
    make_moons,
    make_spirals,
    make_xor,
)

TOYS = [entry for entry in DATASETS if issubclass(entry, Toy)]
each_toy = pytest.mark.parametrize("toy", TOYS, ids=lambda toy: toy.id)


def test_the_ids_are_the_ones_that_links_hold():
    assert [toy.id for toy in TOYS] == ["gaussians", "circles", "xor", "moons", "spirals"]


@each_toy
@pytest.mark.parametrize("size", [40, 41, 43, 500])
def test_classes_are_as_even_as_the_size_allows(toy, size):
    x, y = toy(size=size).raw()
    assert x.shape == (size, 2) and x.dtype == np.float32 and y.dtype == np.int64
    sizes = np.bincount(y)
    assert len(sizes) == len(toy(size=size).class_names())
    assert sizes.max() - sizes.min() <= 1


@each_toy
@pytest.mark.parametrize(("size", "validation"), [(40, 0.05), (41, 0.5), (333, 0.2), (500, 0.9)])
def test_the_counts_told_beforehand_are_the_split_s(toy, size, validation):
    data = toy(size=size, validation=validation)
    split = data.split()
    assert data.counts() == (len(split.train_y), len(split.val_y))
    assert len(split.train_y) + len(split.val_y) == size


@pytest.mark.parametrize("n_classes", range(2, 7))
@pytest.mark.parametrize("toy", [Gaussians, Spirals], ids=["gaussians", "spirals"])
def test_every_class_count_splits_as_told(toy, n_classes):
    data = toy(size=40, n_classes=n_classes, validation=0.05)
    split = data.split()
    assert data.counts() == (len(split.train_y), len(split.val_y))
    assert len(split.classes) == n_classes == len(split.val_y.unique())


@each_toy
def test_the_same_seed_gives_the_same_points_and_another_one_others(toy):
    first, again, other = (toy(seed=seed).raw()[0] for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@each_toy
def test_the_scripts_functions_and_line_give_the_same_numbers(toy):
    data = toy(size=64, noise=0.07, seed=11)
    line, functions = data.source()
    names = {"np": np}
    for function in functions:
        exec(inspect.getsource(function), names)
    exec(line, names)
    x, y = data.raw()
    assert np.array_equal(names["x"], x) and np.array_equal(names["y"], y)


@each_toy
@pytest.mark.parametrize(
    "bad",
    [
        {"size": 39},
        {"size": 10_001},
        {"noise": -0.01},
        {"noise": float("nan")},
        {"seed": -1},
        {"size": 99.5},
    ],
)
def test_values_out_of_range_are_refused_at_their_field(toy, bad):
    with pytest.raises(ValidationError) as error:
        toy(**bad)
    assert [each["loc"] for each in error.value.errors()] == [tuple(bad)]


def test_circles_without_noise_have_radius_1_and_a_half():
    x, y = make_circles(200, 0.0, 0)
    assert np.allclose(np.hypot(*x.T), np.where(y == 0, 1, 0.5), atol=1e-6)


def test_xor_without_noise_is_the_sign_of_the_product():
    x, y = make_xor(400, 0.0, 0)
    assert np.array_equal(y, (x[:, 0] * x[:, 1] < 0).astype(int))
    assert np.abs(x).min() >= 0.05
    quadrants = np.bincount(2 * (x[:, 0] > 0) + (x[:, 1] > 0))
    assert quadrants.min() > 60


def test_moons_without_noise_are_half_circles_around_their_centres():
    x, y = make_moons(200, 0.0, 0)
    centres = np.array([[-0.5, -0.25], [0.5, 0.25]])[y]
    assert np.allclose(np.hypot(*(x - centres).T), 1, atol=1e-6)
    assert (x[y == 0, 1] >= -0.25 - 1e-6).all() and (x[y == 1, 1] <= 0.25 + 1e-6).all()


def test_gaussian_clouds_stand_on_the_unit_circle_with_the_spread_asked_for():
    x, y = make_gaussians(9_000, 0.2, 0, n_classes=3)
    for k in range(3):
        cloud = x[y == k]
        angle = 2 * np.pi * k / 3 + np.pi / 4
        assert np.allclose(cloud.mean(0), [np.cos(angle), np.sin(angle)], atol=0.02)
        assert np.allclose(cloud.std(0), 0.3, atol=0.02)


def test_spiral_arms_without_noise_turn_by_their_radius():
    x, y = make_spirals(300, 0.0, 0, n_classes=3, turns=1.5)
    radius = np.hypot(*x.T)
    assert radius.min() >= 0.1 - 1e-6 and radius.max() <= 1 + 1e-6
    turns = np.arctan2(x[:, 1], x[:, 0]) / (2 * np.pi) - (1.5 * radius + y / 3)
    assert np.allclose(turns, np.rint(turns), atol=1e-5)
