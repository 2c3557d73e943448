"""The first weights of a deep network."""

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field
from torch import nn

from ..catalogues.initializers import INITIALIZERS, Initializer, initialise
from ..catalogues.layers import LAYERS
from ..faults import ExperimentError
from ..training.randomness import CPU, RandomState
from .base import LABS, Answer, Lab
from .chosen import MOST_OPTIONS, RESETS, IdOf, chosen
from .deep_layers import (
    Plan,
    Start,
    Theory,
    deep_network,
    predicted,
    root_mean_square,
    spreads,
)
from .parts import Figure, Part, Say, Table
from .program import Program, Ref

N_SAMPLES = 32
BINS = 41
MOST_WEIGHTS = 8_000_000  # thirty layers of 512 units; one answer takes a fifth of a second


@LABS.register
class FirstWeights(Lab):
    """How values and gradients grow or fade through the layers of a network that has not learned anything yet.

    Source: torch.nn.init; Glorot and Bengio 2010; He et al. 2015; He et al. 2015, Deep Residual Learning.
    """

    id, label, group = "first_weights", "First weights", "networks"
    rows = ("M2",)
    explains = ("init", "family.norm")
    leads_to = ("convolution", "optimizers")
    opens = "digits-kaiming"
    initializer: Annotated[str, IdOf(INITIALIZERS)] = Field(
        "kaiming_normal", description="What fills the weights", json_schema_extra=RESETS
    )
    options: dict[str, Any] = Field(
        default_factory=dict, max_length=MOST_OPTIONS, description="Options of the initialiser"
    )
    activation: Annotated[str, IdOf(LAYERS, group="activation", also=("none",))] = Field(
        "relu", description="The curve after every linear layer"
    )
    depth: int = Field(30, ge=1, le=50, description="Number of layers")
    width: int = Field(256, ge=2, le=512, description="Units of each layer")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Start of the random numbers")
    normalisation: Literal["none", "batchnorm1d", "layernorm"] = Field(
        "none", description="What stands between the linear layer and the curve"
    )
    residual: bool = Field(False, description="Add the input of each layer to its output")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "torch": {"initializer": "torch"},
        "xavier": {"initializer": "xavier_normal"},
        "explodes": {"initializer": "normal", "options": {"std": 1.0}},
        "rescued": {
            "initializer": "normal",
            "options": {"std": 0.02},
            "normalisation": "batchnorm1d",
        },
        "residual": {"initializer": "torch", "residual": True},
        "sigmoid": {"initializer": "xavier_normal", "activation": "sigmoid"},
        "zeros": {"initializer": "equal"},
    }

    def answer(self) -> Answer:
        widest = math.isqrt(MOST_WEIGHTS // self.depth)
        if self.width > widest:
            raise ExperimentError.at("width", "too_large", limit=widest, given=self.width)
        initializer: Initializer = chosen(INITIALIZERS, self.initializer, self.options)
        program = Program()
        self._measure(program, initializer)
        spread, grad_spread, outputs = program.value("spread, grad_spread, outputs")
        theory = self._theory(program.value("model"))
        values = {
            "spread": spread,
            "grad_spread": grad_spread,
            "predicted": theory.spread if theory else None,
            "predicted_grad": theory.grad_spread if theory else None,
        }
        parts: list[Part] = [
            self._over_depth(spread, grad_spread, theory),
            self._verdict(spread, grad_spread),
            *self._theory_words(theory),
            self._histogram(outputs),
            self._table(spread, grad_spread),
        ]
        return Answer(values, parts, program.code(), checked=["spread", "grad_spread"])

    def _measure(self, program: Program, initializer: Initializer) -> None:
        """Builds, fills and runs the network; torch's random numbers are lent for it."""
        block = self._plan().block()
        for target in block.targets():
            program.use(target)
        text = f"def block():\n    return {block.code(4)}\n"
        make_block = program.define("block", block.build, text)
        rule = initializer.rule()
        fill: Any = None
        if rule is not None:
            fill = (program.use(rule[0]), rule[1])
        with RandomState(self.seed, CPU).building():
            program.call("", torch.manual_seed, self.seed)
            program.call("model", deep_network, self.depth, make_block)
            if fill is not None:
                program.call("", initialise, Ref("model"), {"": fill})
            program.call("x", torch.randn, N_SAMPLES, self.width)
            program.call("upstream", torch.randn, N_SAMPLES, self.width)
            inputs = (Ref("model"), Ref("x"), Ref("upstream"))
            program.call("spread, grad_spread, outputs", spreads, *inputs)

    def _theory(self, model: nn.Sequential) -> Theory | None:
        """The prediction; None where the weights of a layer are all equal, since it is about random ones."""
        layers = [module for module in model.modules() if isinstance(module, nn.Linear)]
        first = layers[0].weight
        if bool((first == first[0, 0]).all()):
            return None
        weight_squares = [root_mean_square(layer.weight) ** 2 for layer in layers]
        bias_squares = [root_mean_square(layer.bias) ** 2 for layer in layers]
        start = Start(statistics.mean(weight_squares), statistics.mean(bias_squares))
        return predicted(self._plan(), start)

    def _plan(self) -> Plan:
        return Plan(self.depth, self.width, self.activation, self.normalisation, self.residual)

    def _over_depth(
        self, spread: Sequence[float], grad_spread: Sequence[float], theory: Theory | None
    ) -> Figure:
        layers = list(range(1, self.depth + 1))
        traces = [
            _line(layers, spread, "values", "value", "solid"),
            _line(layers, grad_spread, "gradients", "gradient", "solid"),
        ]
        if theory is not None:
            traces.append(_line(layers, theory.spread, "predicted", "value", "dot"))
            if theory.grad_spread is not None:
                last = grad_spread[-1]
                scaled = [value * last for value in theory.grad_spread]
                traces.append(_line(layers, scaled, "predicted_grad", "gradient", "dot"))
        axis = {"type": "log", "exponentformat": "power", "range": _decades(spread, grad_spread)}
        return Figure(
            "depth", traces, x_title="axis.layer", y_title="axis.spread", layout={"yaxis": axis}
        )

    def _verdict(self, spread: Sequence[float], grad_spread: Sequence[float]) -> Say:
        """What became of the values on the way, and of the gradient on its way back."""
        shown = {
            "first": spread[0],
            "last": spread[-1],
            "grad": grad_spread[0],
            "grad_last": grad_spread[-1],
            "n": self.depth,
        }
        forward = _change(spread[0], spread[-1])
        backward = _change(grad_spread[-1], grad_spread[0])
        key = f"values_{forward}"
        if forward == "keeps" and backward != "keeps":
            key = f"gradients_{backward}"
        return Say("verdict", key, shown, "good" if key == "values_keeps" else "fault")

    def _theory_words(self, theory: Theory | None) -> list[Part]:
        if theory is None:
            return [Say("theory", "no_theory", {})]
        shown = {"factor": theory.factor, "width": self.width, "drift": math.exp(theory.drift)}
        return [Say("theory", "theory", shown)]

    def _histogram(self, outputs: Sequence[torch.Tensor]) -> Figure:
        """How the outputs of the first, the middle and the last layer are distributed, each by its own spread."""
        chosen_layers = dict.fromkeys([1, (self.depth + 1) // 2, self.depth])
        traces = []
        for place, layer in enumerate(chosen_layers):
            heights, centres = _distribution(outputs[layer - 1].detach())
            traces.append(
                {"x": centres, "y": heights, "name": str(layer), "color": str(place), "width": 2}
            )
        return Figure(
            "distribution",
            traces,
            x_title="axis.value",
            y_title="axis.share",
            title="distribution",
            height=240,
        )

    def _table(self, spread: Sequence[float], grad_spread: Sequence[float]) -> Table:
        """At most seven layers, the first and the last among them."""
        count = min(self.depth, 7)
        layers = []
        for place in range(count):
            layers.append(1 + round(place * (self.depth - 1) / max(count - 1, 1)))
        rows = []
        for layer in layers:
            rows.append([layer, f"{spread[layer - 1]:.3g}", f"{grad_spread[layer - 1]:.3g}"])
        return Table("layers", ["layer", "values", "gradients"], rows)


def _line(
    layers: Sequence[int], heights: Sequence[float], name: str, color: str, dash: str
) -> dict[str, Any]:
    """A curve over the layers; what has no place on a logarithmic axis is left out."""
    shown = [value if math.isfinite(value) and value > 0 else None for value in heights]
    width = 3 if dash == "solid" else 1.5
    return {"x": layers, "y": shown, "name": name, "color": color, "dash": dash, "width": width}


def _decades(*curves: Sequence[float]) -> list[float]:
    """The powers of ten between which the curves stand, at least from 0.1 to 10: chance alone is a small thing."""
    powers = [0.0]
    for heights in curves:
        powers += [math.log10(height) for height in heights if 0 < height < math.inf]
    return [min(-1.0, min(powers) - 0.1), max(1.0, max(powers) + 0.1)]


def _change(start: float, end: float) -> str:
    """From one end of the network to the other: "keeps", "explodes", "fades", "dies", "overflows"."""
    if not math.isfinite(end) or not math.isfinite(start):
        return "overflows"
    if end == 0 or start == 0:
        return "dies"
    ratio = end / start
    if ratio > 10:
        return "explodes"
    return "keeps" if ratio > 0.1 else "fades"


def _distribution(values: torch.Tensor) -> tuple[list[float], list[float]]:
    """Shares over bins from −4 to 4 spreads. Out: shares, centres of the bins."""
    spread = values.double().square().mean().sqrt()
    scaled = values.double() / spread if spread > 0 else values.double()
    finite = scaled[torch.isfinite(scaled)]
    counts = torch.histc(finite, bins=BINS, min=-4.0, max=4.0)
    edges = torch.linspace(-4.0, 4.0, BINS + 1)
    centres = (edges[1:] + edges[:-1]) / 2
    return (counts / max(1, values.numel())).tolist(), centres.tolist()
