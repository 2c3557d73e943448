"""Checkpoints as version 0.2 wrote them, read as if they were of today.

There, the attributes of the trainer stood in the file by their names, nested as JSON with a reference to each tensor.
Here they only become a header and tensors: both are then checked like those of any other file.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from ..experiment import Experiment, is_deeper
from ..network.cost import cost_of
from .clipping import COLUMNS
from .header import Header
from .meter import CLIPPED_BY_LAYER

FORMAT = 1
MAX_DEPTH = 60  # a layer of JSON for each “dict”, its pairs and the pair
Tensors = dict[str, Tensor]


def upgraded(text: str, tensors: Mapping[str, Tensor]) -> tuple[Header, Tensors]:
    """In: the file's own header and tensors. Raises: ValueError, KeyError, TypeError for what 0.2 never wrote."""
    about = json.loads(text)
    if is_deeper(about, MAX_DEPTH):
        raise ValueError("it is nested too deeply")
    state = _Nested(tensors).value_of(about["state"])
    old = state["attributes"]
    experiment = Experiment.from_dict(about["experiment"])
    header = {
        "torch": about["torch"],
        "device": about["device"],
        "experiment": experiment.to_dict(),
        "step": old["step"],
        "epoch": old["epoch"],
        "validating": state["validating"],
        "live": _live(old),
        "practice": _practice(old),
        "pace": _pace(old),
        "meter": _meter(old, experiment, state["validating"]),
        "clipper": old["_clipper"],
        "precision": _precision(old),
        "events": [_event(event) for event in old["history"]["events"]],
    }
    return Header.model_validate(header), _tensors(old, experiment)


class _Nested:
    """0.2's notation: {"dict": pairs}, {"tuple": …}, {"array": …}, {"tensor": name}, lists and plain values."""

    def __init__(self, tensors: Mapping[str, Tensor]):
        self._tensors = tensors

    def value_of(self, noted: Any) -> Any:
        if isinstance(noted, list):
            return [self.value_of(member) for member in noted]
        if not isinstance(noted, dict):
            return noted
        if "array" in noted:
            return self.value_of(noted["array"])
        if "tensor" in noted:
            return self._tensors[noted["tensor"]]
        if "tuple" in noted:
            return self.value_of(noted["tuple"])
        pairs = {}
        for key, value in noted["dict"]:
            pairs[self.value_of(key)] = self.value_of(value)
        return pairs


def _live(old: Mapping[str, Any]) -> dict[str, Any]:
    plateau = old.get("_watch")
    if plateau is not None:
        plateau = {**plateau, "best": _or_none(plateau["best"])}
    return {
        "base_lr": old["base_lr"],
        "last_lr": old["_last_lr"],
        "weight_decay": _changed_decay(old),
        "clip_norm": old["_clip"],
        "plateau": plateau,
    }


def _changed_decay(old: Mapping[str, Any]) -> float | None:
    """The weight decay set by a person on the way, if any: it stands among the events."""
    changes = [value for _, kind, value in old["history"]["events"] if kind == "weight_decay"]
    return changes[-1] if changes else None


def _practice(old: Mapping[str, Any]) -> dict[str, Any]:
    patience = old["_patience"]
    return {
        "best": _or_none(patience["best"]),
        "best_epoch": patience["best_epoch"],
        "lowest": _or_none(patience["lowest"]),
        "stopped_early": old["_stopped_early"],
    }


def _pace(old: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "busy_s": old["busy_s"],
        "validation_s": old["validation_s"],
        "epoch_s": old["_epoch_s"],
        "steps_per_s": old["_speed"],
        "window_s": old["_speed_s"],
        "window_steps": old["_speed_steps"],
    }


def _meter(old: Mapping[str, Any], experiment: Experiment, validating: bool) -> dict[str, float]:
    """0.2 added up the losses of steps; now each is weighed by its samples."""
    steps_per_epoch = cost_of(experiment).steps_per_epoch
    steps = steps_per_epoch if validating else int(old["step"]) % steps_per_epoch
    if not steps:
        return {"loss": 0.0, "weight": 0.0}
    samples = steps * experiment.data.batch_size * experiment.training.accumulate
    mean = old["_epoch_loss"] / steps
    return {"loss": mean * samples, "weight": float(samples)}


def _precision(old: Mapping[str, Any]) -> dict[str, Any]:
    scaler = old.get("_scaler")
    if scaler is None:
        return {}
    return {"scale": scaler["scale"], "steps_since_change": scaler["_growth_tracker"]}


def _event(event: Any) -> dict[str, Any]:
    step, kind, value = event
    return {"step": step, "kind": kind, "value": None if math.isnan(value) else value}


def _or_none(loss: float) -> float | None:
    return None if loss == math.inf else loss


def _tensors(old: Mapping[str, Any], experiment: Experiment) -> Tensors:
    named: dict[str, Any] = {}
    named |= _under("model", old["model"])
    named |= _under("loss", old["loss"])
    named |= _under("random", old["random"])
    named["batches/generator"] = old["generator"]
    if old.get("augmenter") is not None:
        named["batches/augmenter"] = old["augmenter"]["generator"]
    inside_epoch = int(old["step"]) % cost_of(experiment).steps_per_epoch > 0
    if old.get("_order") is not None and (inside_epoch or experiment.training.overfit_batch):
        named["batches/order"] = old["_order"]
    if old.get("_average") is not None:
        named |= _under("practice/average", dict(enumerate(old["_average"]["weights"])))
    named |= _under("practice/best", old["_patience"]["weights"])
    for number, state in old["optimizer"]["state"].items():
        named |= _under(f"optimizer/{number}", state)
    for table, columns in old["history"]["tables"].items():
        named |= _under(f"history/{table}", columns)
    _add_norms_before_clipping(named, experiment)
    if not all(isinstance(value, Tensor) for value in named.values()):
        raise ValueError("it holds something else where a tensor belongs")
    return named


def _under(prefix: str, values: Mapping[Any, Any]) -> dict[str, Any]:
    return {f"{prefix}/{name}": value for name, value in values.items()}


def _add_norms_before_clipping(named: dict[str, Any], experiment: Experiment) -> None:
    """0.2 kept the gradient norms after clipping alone. What was clipped by its length is all cut by one factor."""
    training = experiment.training
    if training.clip_norm is None and training.clip_value is None:
        return
    clipped = named["history/layers/grad_norm"]
    named[f"history/layers/{CLIPPED_BY_LAYER}"] = clipped
    if training.clip_value is not None:
        named["history/layers/grad_norm"] = torch.full_like(clipped, math.nan)
        return
    total, cut = (named[f"history/layers/{name}"] for name in COLUMNS[:2])
    named["history/layers/grad_norm"] = clipped * (total / cut)[:, None]
