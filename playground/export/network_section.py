"""The section *network*: the layers, their initialisation, and where they lie in memory."""

from torch import nn

from ..catalogues.backbones import start_pretrained
from ..catalogues.calls import Call, sequential
from ..catalogues.initializers import fan_of, initialise, matrices_of
from ..catalogues.layers import every_layer
from ..catalogues.learning import init_rules
from ..network.models import DynamicMLP, SequenceNetwork
from .section import CHANNELS_LAST, Definition, Recipe, Section, dict_code


def network_section(recipe: Recipe) -> Section:
    """Ends with `model`, ready for training."""
    section = Section(["# ---- network ----", "torch.manual_seed(SEED)"])
    model_class = "SequenceNetwork" if recipe.is_sequence else "nn.Sequential"
    section.lines += [f"model = {model_class}(", "    OrderedDict("]
    section.lines += [f"        {name}={call.code(8)}," for name, call in _parts(recipe).items()]
    section.lines += ["    )", ")"]
    section.need(*recipe.network_classes())
    if recipe.is_sequence:
        section.need(SequenceNetwork)
    _place(recipe, section)
    if _is_pretrained(recipe):
        section.need(start_pretrained)
        section.lines.append("start_pretrained(model)")
    section.lines += [
        'print(f"{sum(p.numel() for p in model.parameters()):,} parameters")',
    ]
    return section


def _is_pretrained(recipe: Recipe) -> bool:
    """Whether a layer, or one in a block, starts with weights that were learned before."""
    needed = [layer.download for layer in every_layer(recipe.experiment.layers)]
    return any(needed)


def _parts(recipe: Recipe) -> dict[str, Call]:
    """The parts of the network by the names that they have in the run's own."""
    traced = recipe.traced
    head = traced.output.call
    assert head is not None
    parts: dict[str, Call] = {}
    if traced.model_class is DynamicMLP:
        parts["flatten"] = Call.of(nn.Flatten)
    features = [row.call for row in traced.rows if row.depth == 0 and row.call]
    return parts | {"features": sequential(features), "head": head}


def _place(recipe: Recipe, section: Section) -> None:
    """The initialisation where it is not PyTorch's default, then format and device."""
    to_format = f".to({CHANNELS_LAST})" if recipe.is_channels_last else ""
    placing = to_format + recipe.to_device_code
    rules = init_rules(recipe.experiment)
    fills = [fill for fill, _ in rules.values() if fill is not None]
    if not fills:
        section.lines[-1] += placing  # behind the bracket that closes the network
        return
    # Weights are drawn in the ordinary format, as in the run: another one would get them in another order.
    section.need(matrices_of, fan_of, *fills, initialise)
    entries = [(name, _rule_code(fill, options)) for name, (fill, options) in rules.items()]
    section.lines += [f"initialise(model, {dict_code(entries)})"]
    if placing:
        section.lines += [f"model = model{placing}"]


def _rule_code(fill: Definition | None, options: dict[str, object]) -> str:
    """A rule of `initialise`: the function that fills the weights (None: torch's default) and its options."""
    name = "None" if fill is None else fill.__name__
    return f"({name}, {options!r})"
