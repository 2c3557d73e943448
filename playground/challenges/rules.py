"""Whether an experiment keeps to the limits of a challenge: looked at before anything is trained."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..catalogues.layers import LAYERS
from ..catalogues.layers.base import every_layer
from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..network.cost import Plan
from ..network.limits import admit
from ..network.tracing import Trace
from ..settings import Settings
from .challenge import Challenge, Start

# How the samples are dealt into batches, and changed by chance while it trains, is everybody's own choice.
FREE_OF_DATA = frozenset({"batch_size", "augment"})


@dataclass(frozen=True)
class Check:
    """One rule: what it allows and what the experiment has. `fault` says what is wrong, None where it is kept."""

    rule: str
    limit: Any
    given: Any
    fault: Fault | None = None

    @property
    def is_met(self) -> bool:
        return self.fault is None

    def to_json(self) -> dict[str, Any]:
        """`{"rule", "limit", "given", "met"}`."""
        return {"rule": self.rule, "limit": self.limit, "given": self.given, "met": self.is_met}


def admit_to(challenge: Challenge, experiment: Experiment, settings: Settings) -> Plan:
    """The plan of an experiment that keeps to every limit. Raises: ExperimentError with all that it breaks."""
    # Data and epochs first: other data may not even be here to be planned with.
    early = [check.fault for check in _early_checks(challenge, experiment) if check.fault]
    if early:
        raise ExperimentError(early)
    plan = admit(experiment, settings)
    late = [check.fault for check in _late_checks(challenge, plan) if check.fault]
    if late:
        raise ExperimentError(late)
    return plan


def checks(challenge: Challenge, experiment: Experiment, settings: Settings) -> list[Check]:
    """Every rule of the challenge, kept or not. Raises: ExperimentError for an experiment that cannot be trained."""
    plan = admit(experiment, settings)
    return [*_early_checks(challenge, experiment), *_late_checks(challenge, plan)]


def _early_checks(challenge: Challenge, experiment: Experiment) -> Iterator[Check]:
    limits = challenge.limits
    yield _data_check(challenge, experiment)
    yield _number_check("epochs", limits.epochs, experiment.training.epochs, "training.epochs")
    if limits.layers is not None:
        yield _layers_check(limits.layers, experiment)
    if limits.only:
        yield _only_check(challenge, experiment)


def _late_checks(challenge: Challenge, plan: Plan) -> Iterator[Check]:
    limits = challenge.limits
    if limits.hidden_layers is not None:
        n_hidden = hidden_layers(plan.traced)
        yield _number_check("hidden_layers", limits.hidden_layers, n_hidden, "layers")
    if limits.parameters is not None:
        yield _number_check("parameters", limits.parameters, plan.cost.parameters, "layers")
    # Rounded up, so that what is too slow by a little is not shown as the limit itself.
    seconds = -(-plan.cost.total_s * 10 // 1) / 10
    yield _number_check("seconds", limits.seconds, seconds, "training.epochs")


def hidden_layers(traced: Trace) -> int:
    """Layers with weights that an initialiser fills, the output's not counted; those in blocks count one by one."""
    others = {entry.label for entry in LAYERS if entry.body_field or not entry.takes_init}
    return sum(bool(row.parameters) and row.label not in others for row in traced.rows)


def _number_check(rule: str, limit: float, given: float, place: str) -> Check:
    fault = None
    if given > limit:
        fault = Fault(place, f"challenge_{rule}", {"given": f"{given:,}", "limit": f"{limit:,}"})
    return Check(rule, limit, given, fault)


def _data_check(challenge: Challenge, experiment: Experiment) -> Check:
    wanted = challenge.data.model_dump(mode="json")
    given = experiment.data.model_dump(mode="json")
    if wanted["dataset"] != given["dataset"]:
        names = {"wanted": wanted["dataset"], "given": given["dataset"]}
        fault = Fault("data", "challenge_data", names)
        return Check("data", wanted["dataset"], given["dataset"], fault)
    for name, value in wanted.items():
        if name not in FREE_OF_DATA and given[name] != value:
            values = {"wanted": value, "given": given[name]}
            fault = Fault(f"data.{name}", "challenge_data", values)
            return Check("data", wanted["dataset"], given["dataset"], fault)
    return Check("data", wanted["dataset"], given["dataset"])


def _layers_check(allowed: list[str], experiment: Experiment) -> Check:
    used = sorted({layer.id for layer in every_layer(experiment.layers)})
    for place, layer in enumerate(experiment.layers):
        for inner in every_layer([layer]):
            if inner.id not in allowed:
                values = {"given": inner.id, "known": ", ".join(allowed)}
                fault = Fault(f"layers[{place}]", "challenge_layers", values)
                return Check("layers", allowed, used, fault)
    return Check("layers", allowed, used)


def _only_check(challenge: Challenge, experiment: Experiment) -> Check:
    start = Start(layers=challenge.start.layers, training=challenge.start.training)
    wanted = dict(_leaves(start.model_dump(mode="json")))
    mine = Start(layers=experiment.layers, training=experiment.training)
    given = dict(_leaves(mine.model_dump(mode="json")))
    # Batch size and augmentation are settings like all others here.
    wanted |= _leaves(challenge.data.model_dump(mode="json"), "data")
    given |= _leaves(experiment.data.model_dump(mode="json"), "data")
    allowed = challenge.limits.only
    changed = [place for place in {**wanted, **given} if wanted.get(place) != given.get(place)]
    for place in changed:
        if place not in allowed:
            fault = Fault(place, "challenge_only", {"known": ", ".join(allowed)})
            return Check("only", allowed, changed, fault)
    return Check("only", allowed, changed)


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every single setting with its place: ("training.optimizer.lr", 0.1)."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{place}[{number}]")
    else:
        yield place, value
