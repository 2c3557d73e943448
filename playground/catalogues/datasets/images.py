"""Public sets of images, downloaded when somebody first wants them; bundled ones stand in `digits.py`."""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from ...faults import ExperimentError, Fault, Repair
from .base import DATASETS, SPLIT_SEED
from .downloads import DOWNLOADS, SOURCES
from .image_base import ImageDataset


def even_subset(y, n, seed):
    """Positions, in order, of n samples drawn so that every class has equally many. Source: numpy's PCG64 generator."""
    generator, classes = np.random.default_rng(seed), np.unique(y)
    each = [n // len(classes) + (i < n % len(classes)) for i in range(len(classes))]
    drawn = [
        generator.permutation(np.flatnonzero(y == label))[:size]
        for label, size in zip(classes, each, strict=True)
    ]
    return np.sort(np.concatenate(drawn))


def load_torchvision(name, folder, n, seed, download):
    """n images of the training half of a set of torchvision, equally many of every class.

    Out: x float32 (n, C, H, W) from 0 to 1, y int64 (n,). With `download`, what is missing is fetched into `folder`.
    """
    import torchvision

    data = getattr(torchvision.datasets, name)(folder, train=True, download=download)
    x, y = np.asarray(data.data), np.asarray(data.targets)
    chosen = even_subset(y, n, seed)
    x = x[chosen]
    x = x[:, None] if x.ndim == 3 else x.transpose(0, 3, 1, 2)
    return np.ascontiguousarray(x, dtype=np.float32) / np.float32(255), y[chosen].astype(np.int64)


class DownloadedImages(ImageDataset):
    """A set that torchvision knows. Its shape, classes and size are known without the files."""

    needs: ClassVar[tuple[str, ...]] = ("torchvision",)
    downloads: ClassVar[bool] = True
    samples: int = Field(
        10_000,
        ge=100,
        le=50_000,
        description="How many images to use, the same number of each class",
        json_schema_extra={"log": True},
    )

    def n_samples(self) -> int:
        return self.samples

    def fault(self) -> Fault | None:
        """Files that are not here: on their way, or why they did not come."""
        view = DOWNLOADS.view(self.id)
        if view.state == "here":
            return super().fault()
        values = {"name": self.label, "detail": view.detail or "–", "folder": self.place}
        code = {"running": "downloading", "failed": "download_failed", "absent": "not_downloaded"}[
            view.state
        ]
        return Fault(
            "data.dataset", code, values, (Repair("use_digits", data={"dataset": "digits"}),)
        )

    @property
    def place(self) -> str:
        """Where the files belong, for sentences."""
        return f"{DOWNLOADS.folder_text}/{SOURCES[self.id].place}"

    def held_bytes(self) -> int:
        return 3 * 4 * self.samples * int(np.prod(self.input_shape))

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """Raises: ExperimentError where the files are not here, or are damaged."""
        missing = self.fault()
        if missing is not None:
            raise ExperimentError(missing)
        try:
            return load_torchvision(
                SOURCES[self.id].name, str(DOWNLOADS.folder), self.samples, SPLIT_SEED, False
            )
        except (RuntimeError, OSError, ValueError, IndexError, AssertionError, EOFError) as error:
            detail = (str(error).splitlines() or [type(error).__name__])[0][:160]
            raise ExperimentError.at(
                "data.dataset", "data_damaged", name=self.label, detail=detail, folder=self.place
            ) from None

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f"x, y = load_torchvision({SOURCES[self.id].name!r}, 'data', {self.samples!r}, {SPLIT_SEED!r}, True)"
        return line, (even_subset, load_torchvision)


@DATASETS.register
class Mnist(DownloadedImages):
    """All of MNIST's handwritten digits for training, 28 × 28 pixels; downloaded once.

    Out: x (N, 1, 28, 28), y 0…9. Source: torchvision.datasets.MNIST, training set; LeCun et al. 1998.
    Licence: CC BY-SA 3.0.
    """

    id = "mnist"
    pad = True
    photo = "digit"
    label = "MNIST"
    classes = tuple("0123456789")
    input_shape = (1, 28, 28)


@DATASETS.register
class FashionMnist(DownloadedImages):
    """Ten kinds of clothes and shoes, 28 × 28 pixels: as large as MNIST, and harder; downloaded once.

    Out: x (N, 1, 28, 28), y 0…9. Source: torchvision.datasets.FashionMNIST, training set; Xiao et al. 2017.
    Licence: MIT.
    """

    id = "fashion_mnist"
    photo = "picture"
    label = "Fashion-MNIST"
    classes = (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip
    input_shape = (1, 28, 28)


@DATASETS.register
class Kmnist(DownloadedImages):
    """Ten cursive Japanese characters from old books, 28 × 28 pixels; downloaded once.

    Out: x (N, 1, 28, 28), y 0…9. Source: torchvision.datasets.KMNIST, training set; Clanuwat et al. 2018.
    Licence: CC BY-SA 4.0.
    """

    id = "kmnist"
    pad = True
    photo = "digit"
    label = "Kuzushiji-MNIST"
    classes = ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")
    input_shape = (1, 28, 28)


@DATASETS.register
class Cifar10(DownloadedImages):
    """Colour photos of ten kinds of animals and vehicles, 32 × 32 pixels; downloaded once.

    Out: x (N, 3, 32, 32), y 0…9. Source: torchvision.datasets.CIFAR10, training set; Krizhevsky 2009.
    Licence: not stated by the authors.
    """

    id = "cifar10"
    photo = "picture"
    label = "CIFAR-10"
    classes = (
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
    )
    input_shape = (3, 32, 32)
