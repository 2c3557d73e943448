"""One filter of the first convolution with the picture that it sees, as the lab of convolutions takes them."""

from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor, nn

from ..experiment import Experiment
from ..faults import ExperimentError
from ..network.builder import named_layers
from ..network.models import Network
from ..training.trainer import Trainer
from .base import Answer, PageQuestion, Request, asked_as, integer_of, refused
from .probes import hooked
from .sample import Sample

# What the lab draws; a test compares them with the lab's own.
MOST_SIDE, MOST_CHANNELS, MOST_KERNEL = 32, 4, 11
DECIMALS_OF_WEIGHTS = 4  # the lab's state is an address: a picture of 28 × 28 has to fit into it
DECIMALS_OF_PIXELS = 2


@dataclass(frozen=True)
class KernelAtWork:
    """A filter (C, k, k) and the picture (C, H, W) that its layer is given; how the filter moves over it."""

    kernel: Tensor
    image: Tensor
    stride: int
    padding: int


@asked_as("kernel_at_work")
@dataclass(frozen=True)
class KernelQuestion(PageQuestion[KernelAtWork]):
    """What the filter `index` of the first convolution does to a sample: the state of the lab that shows it.

    Of a large picture it is the middle. Raises: ExperimentError where there is no such filter, or one too large.
    """

    index: int
    sample: Sample

    @classmethod
    def read(cls, request: Request) -> Self:
        return cls(integer_of(request, "index", 0), Sample.read(request))

    def __call__(self, trainer: Trainer) -> KernelAtWork:
        path, layer = _first_convolution(trainer.model)
        if not 0 <= self.index < layer.out_channels:
            raise refused(f"there are {layer.out_channels} kernels, counted from 0", "index")
        image = self._seen_by(path, trainer)
        kernel = layer.weight.detach()[self.index]
        _check_size(kernel)
        return KernelAtWork(kernel.cpu(), _middle(image).cpu(), layer.stride[0], _padding_of(layer))

    def tell(self, found: KernelAtWork, experiment: Experiment) -> Answer:
        rows, columns = found.image.shape[-2:]
        finite = bool(found.kernel.isfinite().all() and found.image.isfinite().all())
        state: dict[str, Any] = {
            "image": _rounded(found.image, DECIMALS_OF_PIXELS) if finite else [],
            "kernel": _rounded(found.kernel, DECIMALS_OF_WEIGHTS) if finite else [],
            "stride": found.stride,
            "padding": found.padding,
            "row": rows // (2 * found.stride),
            "column": columns // (2 * found.stride),
        }
        return {"lab": "convolution", "state": state, "finite": finite}

    @torch.inference_mode()
    def _seen_by(self, path: str, trainer: Trainer) -> Tensor:
        """What reaches the layer for the sample: (C, H, W)."""
        seen: list[Tensor] = []

        def keep(_module: nn.Module, inputs: tuple[Tensor, ...], _output: Tensor) -> None:
            seen.append(inputs[0].clone())

        with hooked(trainer.model, {path: keep}):
            trainer.model(self.sample.inputs(trainer))
        return seen[0][0].float()


def _first_convolution(model: Network) -> tuple[str, nn.Conv2d]:
    """With its path. Raises: ExperimentError where there is none."""
    for path, module in named_layers(model).items():
        if isinstance(module, nn.Conv2d):
            return path, module
    raise refused("this network has no convolution of pictures")


def _check_size(kernel: Tensor) -> None:
    """Raises: ExperimentError for a filter that the lab cannot draw."""
    if len(kernel) > MOST_CHANNELS:
        raise ExperimentError.at("image", "lab_channels", limit=MOST_CHANNELS, given=len(kernel))
    widest = max(kernel.shape[-2:])
    if widest > MOST_KERNEL:
        raise ExperimentError.at("kernel", "too_large", limit=MOST_KERNEL, given=widest)


def _middle(image: Tensor) -> Tensor:
    """The middle part of a picture that is too large for the lab."""
    rows, columns = image.shape[-2:]
    top, left = max(0, rows - MOST_SIDE) // 2, max(0, columns - MOST_SIDE) // 2
    return image[:, top : top + MOST_SIDE, left : left + MOST_SIDE]


def _padding_of(layer: nn.Conv2d) -> int:
    """Zeros on each side. Raises: ExperimentError where they differ: around an even kernel at stride 1."""
    if isinstance(layer.padding, str):
        raise refused("the lab pads all sides alike, which an even kernel at stride 1 does not")
    return layer.padding[0]


def _rounded(values: Tensor, decimals: int) -> list[Any]:
    """(C, H, W) as lists, without the channels where there is one."""
    plain = values[0] if len(values) == 1 else values
    rounded: list[Any] = torch.round(plain.double(), decimals=decimals).tolist()
    return rounded
