"""How one layer learns, where it differs from the rest: learning rate, weight decay, frozen, initialisation."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import Field
from pydantic.functional_validators import AfterValidator

from .base import Strict
from .initializers import INITIALIZERS, Rules


class Learning(Strict):
    """How one layer (or all layers of a block) learns differently from the rest of the network."""

    lr_scale: float = Field(
        1.0,
        gt=0,
        le=1_000,
        description="Multiple of the network's learning rate",
        json_schema_extra={"log": True},
    )
    weight_decay: float | None = Field(
        None,
        ge=0,
        le=10,
        description="Weight decay of this layer; blank: same as the rest",
        json_schema_extra={"log": True},
    )
    frozen: bool = Field(
        False,
        description="The weights of this layer stay as they are; running means of BatchNorm are still updated",
    )
    init: INITIALIZERS.field | None = Field(  # type: ignore[name-defined]
        None, description="Initialisation of this layer; blank: same as the rest"
    )

    def rule(self) -> dict[str, Any]:
        """What `parameter_groups` has to know."""
        return self.model_dump(exclude_defaults=True, exclude={"init"})


def _said(value: Learning | None) -> Learning | None:
    return None if value == Learning() else value


OwnLearning = Annotated[Learning | None, AfterValidator(_said)]


def named(layers: Sequence[Any], prefix: str = "features") -> Iterator[tuple[str, Learning]]:
    """(name of the module in the network, what its layer does otherwise), blocks before the layers in them."""
    for i, layer in enumerate(layers):
        name = f"{prefix}.{i}"
        if layer.learning is not None:
            yield name, layer.learning
        if layer.body_field:
            yield from named(getattr(layer, layer.body_field), f"{name}.{layer.body_field}")


def learning_of(experiment: Any) -> dict[str, Learning]:
    """Name of the module -> how its layer learns; "head" is the output layer."""
    output = experiment.training.output
    return dict(named(experiment.layers)) | ({} if output is None else {"head": output})


def frozen_modules(experiment: Any) -> list[str]:
    """Names of the modules that learn nothing: by their settings, or because of what the layer is."""
    names = [name for name, learning in learning_of(experiment).items() if learning.frozen]
    return names + list(_always_frozen(experiment.layers))


def _always_frozen(layers: Sequence[Any], prefix: str = "features") -> Iterator[str]:
    for i, layer in enumerate(layers):
        name = f"{prefix}.{i}"
        if layer.stays_frozen:
            yield name
        if layer.body_field:
            yield from _always_frozen(
                getattr(layer, layer.body_field), f"{name}.{layer.body_field}"
            )


def group_rules(experiment: Any) -> dict[str, dict[str, Any]] | None:
    """The rules for `parameter_groups`; None where all parameters are treated alike."""
    rules = {name: learning.rule() for name, learning in learning_of(experiment).items()}
    rules = {name: rule for name, rule in rules.items() if rule}
    return rules if rules or experiment.training.optimizer.matrices_only else None


def init_rules(experiment: Any) -> Rules:
    """The rules for `initialise`: of the whole network, then of single layers. Empty: PyTorch's default stays."""
    whole = experiment.training.init.rule()
    rules: Rules = {} if whole is None else {"": whole}
    for name, learning in learning_of(experiment).items():
        if learning.init is not None:
            rules[name] = learning.init.rule() or (None, {})
    return rules


def parameter_groups(model, rules, weight_decay, matrices_only, loss=None):
    """The parameters as groups of an optimiser: those that learn alike stand together, frozen ones in none.

    In: module name -> its `lr_scale`, `weight_decay`, `frozen`; a longer name overrides a shorter one. With
    `matrices_only` biases and normalisation have no decay. The loss's own parameters follow the network's rules.
    """
    named_parameters = list(model.named_parameters())
    named_parameters += (
        [] if loss is None else [(f"loss.{name}", each) for name, each in loss.named_parameters()]
    )
    groups: dict[tuple, list] = {}
    for name, parameter in named_parameters:
        rule: dict = {}
        for prefix in sorted(rules, key=len):
            if name.startswith(f"{prefix}."):
                rule = rule | rules[prefix]
        if rule.get("frozen"):
            parameter.requires_grad_(False)
        if not parameter.requires_grad:
            continue
        decay, fixed = rule.get("weight_decay", weight_decay), "weight_decay" in rule
        if matrices_only and parameter.ndim < 2:
            decay, fixed = 0.0, True
        groups.setdefault((rule.get("lr_scale", 1.0), decay, fixed), []).append(parameter)
    return [
        {"params": members, "lr_scale": lr_scale, "weight_decay": decay, "fixed_decay": fixed}
        for (lr_scale, decay, fixed), members in groups.items()
    ]
