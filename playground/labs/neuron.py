"""A neuron, and two of them before a third."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field
from torch import nn

from ..catalogues.calls import Call
from ..catalogues.layers import LAYERS
from ..faults import ExperimentError
from .base import LABS, Answer, Lab
from .chosen import IdOf
from .neuron_figures import activation_figure, hidden_figure, plane_figure
from .neuron_points import POINTS, accuracy_of, one_neuron, two_neurons
from .parts import Part, Say, Table
from .program import Program, Ref

Weight = Annotated[float, Field(ge=-10, le=10)]
Pair = Annotated[list[Weight], Field(min_length=2, max_length=2)]
SOLVES_XOR = {
    "data": "xor",
    "network": "two",
    "activation": "relu",
    "weights": [[1.0, 1.0], [2.0, 2.0]],
    "biases": [1.0, -2.0],
    "output": [1.0, -4.0],
    "output_bias": -0.5,
}


@LABS.register
class Neuron(Lab):
    """A weighted sum is a line through the plane; a curve bends it; two bent sums can do what no single line can.

    Source: torch.nn.Linear and the activations of torch.nn; Minsky and Papert 1969, Perceptrons.
    """

    id, label, group = "neuron", "A neuron", "networks"
    rows = ("M1",)
    leads_to = ("first_weights", "losses")
    opens = "points-xor"
    data: Literal["clouds", "and", "or", "xor"] = Field(
        "clouds", description="The points: two clouds, or the corners of a square"
    )
    network: Literal["one", "two"] = Field(
        "one", description="One neuron, or two hidden ones before an output"
    )
    activation: Annotated[str, IdOf(LAYERS, group="activation", also=("none",))] = Field(
        "sigmoid", description="The curve that bends a neuron's sum"
    )
    weights: list[Pair] = Field(
        [[0.5, 1.5], [1.5, -0.5]],
        min_length=1,
        max_length=2,
        description="Of each neuron: what x₁ and x₂ are multiplied by",
    )
    biases: list[Weight] = Field(
        [1.0, 0.5], min_length=1, max_length=2, description="Of each neuron: what is added"
    )
    output: Pair = Field(
        [1.0, 1.0], description="The weights of the output neuron, where there are two hidden ones"
    )
    output_bias: Weight = Field(-1.0, description="The bias of the output neuron")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "xor_one": {"data": "xor", "weights": [[1.0, 1.0]], "biases": [1.0]},
        "xor_two": SOLVES_XOR,
        "no_curve": {**SOLVES_XOR, "activation": "none"},
        "off": {"activation": "relu", "weights": [[1.0, 1.0]], "biases": [-6.0]},
        "saturated": {"weights": [[8.0, 8.0]], "biases": [0.0]},
    }

    def answer(self) -> Answer:
        self._check_counts()
        program = Program()
        call = (
            Call.of(nn.Identity)
            if self.activation == "none"
            else LAYERS[self.activation]().call((1,))
        )
        bend = program.build("bend", call)
        points, labels = POINTS[self.data]
        program.call("points", torch.tensor, points)
        program.call("labels", torch.tensor, labels)
        if self.network == "one":
            z, hidden = self._one(program), None
        else:
            z, hidden = self._two(program)
        accuracy = program.call("accuracy", accuracy_of, Ref("z"), Ref("labels"))
        sums = z if hidden is None else self._sums(program)
        slopes = slopes_at(bend, sums)
        values = {
            "z": z,
            "outputs": bend(z),
            "slopes": slopes,
            "hidden": hidden,
            "accuracy": accuracy,
        }
        parts: list[Part] = [
            plane_figure(self, bend, z),
            Say("rule", self.network, {"formula": self._formula()}),
            self._verdict(accuracy),
            activation_figure(bend, sums, labels),
        ]
        if hidden is not None:
            parts.insert(1, hidden_figure(self, hidden, z))
        parts += self._about_slopes(slopes)
        if self.data != "clouds":
            parts.append(_table(points, labels, z))
        checked = ["z", "accuracy"] if hidden is None else ["z", "hidden", "accuracy"]
        return Answer(values, parts, program.code(), checked=checked, numbers=["accuracy"])

    @property
    def n_neurons(self) -> int:
        return 1 if self.network == "one" else 2

    def _check_counts(self) -> None:
        """Raises: ExperimentError where a neuron has no weights or no bias."""
        for name in ("weights", "biases"):
            count = len(getattr(self, name))
            if count < self.n_neurons:
                raise ExperimentError.at(name, "lab_length", wanted=self.n_neurons, given=count)

    def _one(self, program: Program) -> torch.Tensor:
        program.call("weight", torch.tensor, self.weights[0])
        return program.call("z", one_neuron, Ref("points"), Ref("weight"), self.biases[0])

    def _two(self, program: Program) -> tuple[torch.Tensor, torch.Tensor]:
        program.call("weights", torch.tensor, self.weights)
        program.call("biases", torch.tensor, self.biases)
        program.call("output", torch.tensor, self.output)
        names = ("points", "weights", "biases", "bend", "output")
        inputs = [Ref(name) for name in names]
        hidden, z = program.call("hidden, z", two_neurons, *inputs, self.output_bias)
        return z, hidden

    def _sums(self, program: Program) -> torch.Tensor:
        """What goes into the curves of the hidden neurons. Out: (N, 2)."""
        return program.value("points") @ program.value("weights").T + program.value("biases")

    def _formula(self) -> str:
        """The sum of the last neuron in numbers: 2·x₁ − 0.5·x₂ + 1."""
        if self.network == "one":
            (w1, w2), b = self.weights[0], self.biases[0]
            return f"{_number(w1)}·x₁ {_added(w2)}·x₂ {_added(b)}"
        (w1, w2), b = self.output, self.output_bias
        return f"{_number(w1)}·h₁ {_added(w2)}·h₂ {_added(b)}"

    def _verdict(self, accuracy: float) -> Say:
        percent = round(100 * accuracy)
        if percent == 100:
            return Say("verdict", "all_right", {}, "good")
        is_hopeless = self.data == "xor" and (self.network == "one" or self.activation == "none")
        return Say("verdict", "hopeless" if is_hopeless else "some_wrong", {"percent": percent})

    def _about_slopes(self, slopes: torch.Tensor) -> list[Part]:
        """Where the curve is flat, a neuron learns nothing from a point."""
        n_flat = int((slopes.abs() < 0.01).sum())
        if not n_flat:
            return []
        return [Say("flat", "flat", {"n": n_flat, "all": slopes.numel()})]


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def _added(value: float) -> str:
    """The number as a further term: "+ 2", "− 0.5"."""
    sign = "−" if value < 0 else "+"
    return f"{sign} {_number(abs(value))}"


def slopes_at(bend: nn.Module, sums: torch.Tensor) -> torch.Tensor:
    """The derivative of an activation at every place."""
    places = sums.detach().clone().requires_grad_()
    (slopes,) = torch.autograd.grad(bend(places).sum(), places)
    return slopes


def _table(points: Sequence[Sequence[float]], labels: Sequence[bool], z: torch.Tensor) -> Table:
    """The corners one by one; a wrong answer is marked."""
    rows = []
    marks = []
    for row, ((x1, x2), label, total) in enumerate(zip(points, labels, z.tolist(), strict=True)):
        rows.append([x1, x2, int(label), round(total, 3), int(total > 0)])
        if (total > 0) != label:
            marks.append(((row, 4), "fault"))
    return Table("corners", ["x1", "x2", "label", "sum", "answer"], rows, marks=marks)
