"""A loss by itself: its value, its gradient, its curve."""

import math
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field
from torch import nn

from ..catalogues.losses import LOSSES, Loss
from .base import LABS, Answer, Lab
from .chosen import MOST_OPTIONS, RESETS, IdOf, chosen
from .judged import Judged, judged
from .loss_pictures import curves, plane
from .parts import Part, Say, Table
from .program import Program

# Another loss judges numbers of another shape.
WITH_NUMBERS: dict[str, Any] = {"resets": [*RESETS["resets"], "prediction", "target"]}


@LABS.register
class Losses(Lab):
    """Any loss by itself: what it says of a prediction, and the gradient that it sends back.

    Source: the catalogue of losses; torch.autograd.
    """

    id, label, group = "losses", "Losses", "losses"
    rows = ("L1", "L2", "L3", "L6")
    explains = ("loss",)
    leads_to = ("outliers", "imbalance", "triplets", "two_tasks")
    opens = "points-moons-bce"
    loss: Annotated[str, IdOf(LOSSES)] = Field(
        "cross_entropy",
        description="Which loss",
        json_schema_extra=WITH_NUMBERS,
    )
    options: dict[str, Any] = Field(
        default_factory=dict,
        max_length=MOST_OPTIONS,
        description="Options of the loss",
    )
    prediction: Any = Field(
        None, description="What the network says: a number, a list, or a list for each sample"
    )
    target: Any = Field(None, description="What is right: numbers, or class numbers from 0")
    shows: Literal["curve", "map", "surface"] = Field(
        "curve", description="curve: one number moves; map and surface: two numbers move"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoothing": {
            "options": {"label_smoothing": 0.3},
            "prediction": [4.5, 0.0, 0.0],
            "target": 0,
        },
        "saturated": {
            "loss": "bce",
            "prediction": 20.0,
            "target": 0,
        },
        "logits": {
            "loss": "bce_with_logits",
            "prediction": 20.0,
            "target": 0,
        },
        "one_sample": {"options": {"class_weights": "balanced"}, "target": 2},
        "corner": {
            "loss": "l1",
            "prediction": 0.5,
            "target": 0.5,
        },
        "settled": {
            "loss": "multi_margin",
            "prediction": [2.5, 0.0, 1.0],
            "target": 0,
        },
        "places": {"loss": "triplet_margin"},
    }

    def answer(self) -> Answer:
        loss: Loss = chosen(LOSSES, self.loss, self.options)
        batch = judged(type(loss), self.prediction, self.target)
        program = Program()
        value, grad = batch.judge(program, loss)
        module = loss.call(batch.data).build()
        parts: list[Part] = [self._picture(module, batch, value)]
        parts.append(_table(batch, loss, grad))
        parts += _words(batch, loss, value, grad)
        return Answer(
            {"value": value, "grad": grad},
            parts,
            program.code(),
            checked=["value", "grad"],
            numbers=["value"],
            experiment={"training": {"loss": loss.model_dump(mode="json")}},
            chosen={"prediction": batch.prediction, "target": batch.target},
        )

    def _picture(self, module: nn.Module, batch: Judged, value: float) -> Part:
        if self.shows == "curve" and batch.kind != "places":
            return curves(module, batch, value)
        return plane(module, batch, self.shows) or curves(module, batch, value)


def _flat(numbers: Any) -> list[Any]:
    """Of the first sample where there are several."""
    if not isinstance(numbers, list):
        return [numbers]
    return numbers[0] if isinstance(numbers[0], list) else numbers


def _table(batch: Judged, loss: Loss, grad: Any) -> Table:
    """Every number of the first sample with its gradient; of an embedding every place."""
    if batch.kind == "places":
        return _table_of_places(batch, grad)
    predictions, slopes = _flat(batch.prediction), _flat(grad)
    if batch.kind == "scores":
        chances = _probabilities(batch, loss)
        rows = [list(row) for row in zip(_names(batch), predictions, chances, slopes, strict=True)]
        return Table("numbers", ["output", "score", "probability", "gradient"], rows)
    if batch.kind == "two_tasks":
        rows = [list(row) for row in zip(_names(batch), predictions, slopes, strict=True)]
        return Table("numbers", ["output", "prediction", "gradient"], rows)
    rows = []
    for place, prediction in enumerate(predictions):
        right = _flat(batch.target)[place]
        rows.append([prediction, right, prediction - right, slopes[place]])
    return Table("numbers", ["prediction", "target", "difference", "gradient"], rows)


def _table_of_places(batch: Judged, grad: Any) -> Table:
    rows = []
    labels = _flat(batch.target)
    grads = grad if isinstance(grad[0], list) else [grad]
    places = batch.outputs.tolist()
    for number, label in enumerate(labels):
        place = ", ".join(f"{value:.3g}" for value in places[number])
        slope = ", ".join(f"{value:.3g}" for value in grads[number])
        rows.append([number + 1, label, f"({place})", f"({slope})"])
    return Table("numbers", ["point", "class", "place", "gradient"], rows)


def _names(batch: Judged) -> list[str]:
    """z₀, z₁ … for scores, ŷ for a number."""
    n_outputs = len(_flat(batch.prediction))
    names = [f"z{place}" for place in range(n_outputs)]
    if batch.kind == "two_tasks":
        names[-1] = "ŷ"
    return names


def _probabilities(batch: Judged, loss: Loss) -> list[float]:
    scores = batch.outputs
    chances = scores.sigmoid() if loss.link == "sigmoid" else scores.softmax(1)
    if len(batch.typed_shape) == 1 and batch.shape[1] == 1:
        return [row[0] for row in chances.tolist()]
    first_row: list[float] = chances[0].tolist()
    return first_row


def _words(batch: Judged, loss: Loss, value: float, grad: Any) -> list[Part]:
    """What the numbers mean."""
    slopes = _all_numbers(grad)
    steepest = max(abs(slope) for slope in slopes)
    if not all(map(math.isfinite, [value, *slopes])):
        return [Say("state", "not_finite", {"value": f"{value:.4g}"}, "fault")]
    if steepest == 0 and value > 0:
        return [Say("state", "stuck", {"value": f"{value:.4g}"}, "fault")]
    if steepest == 0:
        return [Say("state", "settled", {}, "good")]
    parts: list[Part] = []
    if batch.kind == "scores" and loss.link == "softmax" and batch.shape[0] == 1:
        right = int(_flat(batch.target)[0])
        chance = _probabilities(batch, loss)[right]
        surprise = -math.log(max(chance, 1e-45))
        parts.append(Say("state", "chance", {"p": f"{chance:.3g}", "loss": f"{surprise:.3g}"}))
    elif batch.kind == "values":
        parts.append(Say("state", "pull", {"slope": f"{steepest:.3g}"}))
    return parts


def _all_numbers(grad: Any) -> list[float]:
    if not isinstance(grad, list):
        return [grad]
    numbers: list[float] = []
    for inner in grad:
        numbers += _all_numbers(inner)
    return numbers
