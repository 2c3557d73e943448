"""Public sets of images, downloaded when somebody first wants them; bundled ones stand in `digits.py`."""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from ...faults import ExperimentError, Fault, Repair
from .base import DATASETS, SPLIT_SEED
from .downloads import DOWNLOADS, SOURCES
from .image_base import ImageDataset, bytes_held

# What a data set lacks as long as its files are not here.
FAULT_OF = {
    "running": "downloading",
    "failed": "download_failed",
    "absent": "not_downloaded",
}


def even_subset(y, n, seed):
    """Positions, in order, of n samples drawn so that every class has equally many. Source: numpy's PCG64 generator."""
    generator = np.random.default_rng(seed)
    classes = np.unique(y)
    size, rest = divmod(n, len(classes))
    drawn = []
    for i, label in enumerate(classes):
        shuffled = generator.permutation(np.flatnonzero(y == label))
        # What cannot be dealt out evenly goes to the first classes, one each.
        extra = 1 if i < rest else 0
        drawn.append(shuffled[: size + extra])
    return np.sort(np.concatenate(drawn))


def load_torchvision(name, folder, n, seed, download):
    """n images of the training half of a set of torchvision, equally many of every class.

    Out: x float32 (n, C, H, W) from 0 to 1, y int64 (n,). With `download`, what is missing is fetched into `folder`.
    """
    import torchvision

    dataset_class = getattr(torchvision.datasets, name)
    data = dataset_class(folder, train=True, download=download)
    x = np.asarray(data.data)
    y = np.asarray(data.targets)
    chosen = even_subset(y, n, seed)
    x = x[chosen]
    y = y[chosen]
    # Grey sets come without an axis for the channel, sets in colour with it last.
    x = x[:, None] if x.ndim == 3 else x.transpose(0, 3, 1, 2)
    x = np.ascontiguousarray(x, dtype=np.float32)
    return x / np.float32(255), y.astype(np.int64)


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
        use_digits = Repair("use_digits", data={"dataset": "digits"})
        return Fault("data.dataset", FAULT_OF[view.state], values, (use_digits,))

    @property
    def place(self) -> str:
        """Where the files belong, for sentences."""
        return f"{DOWNLOADS.folder_text}/{SOURCES[self.id].place}"

    def held_bytes(self) -> int:
        return bytes_held(self.samples, self.input_shape)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """Raises: ExperimentError where the files are not here, or are damaged."""
        missing = self.fault()
        if missing is not None:
            raise ExperimentError(missing)
        name = SOURCES[self.id].name
        folder = str(DOWNLOADS.folder)
        try:
            return load_torchvision(name, folder, self.samples, SPLIT_SEED, False)
        except (RuntimeError, OSError, ValueError, IndexError, AssertionError, EOFError) as error:
            lines = str(error).splitlines() or [type(error).__name__]
            detail = lines[0][:160]
            raise ExperimentError.at(
                "data.dataset", "data_damaged", name=self.label, detail=detail, folder=self.place
            ) from None

    def source(self) -> tuple[str, tuple[Any, ...]]:
        name = SOURCES[self.id].name
        line = f"x, y = load_torchvision({name!r}, 'data', {self.samples!r}, {SPLIT_SEED!r}, True)"
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
