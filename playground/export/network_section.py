"""The section *network*: the layers, their initialisation, and where they lie in memory."""

from torch import nn

from ..catalogues.calls import Call, sequential
from ..catalogues.initializers import fan_of, initialise, matrices_of
from ..catalogues.learning import init_rules
from ..network.models import DynamicMLP, SequenceNetwork
from .section import CHANNELS_LAST, Recipe, Section, dict_lines


def network_section(recipe: Recipe) -> Section:
    """Ends with `model`, ready for training."""
    section = Section(["# ---- network ----", "torch.manual_seed(SEED)"])
    model_class = "SequenceNetwork" if recipe.is_sequence else "nn.Sequential"
    section.lines += [f"model = {model_class}(", "    OrderedDict("]
    section.lines += [f"        {name}={call.code(8)}," for name, call in _parts(recipe).items()]
    section.lines += ["    )", ")"]
    section.need(*recipe.targets())
    if recipe.is_sequence:
        section.need(SequenceNetwork)
    _place(recipe, section)
    section.lines += [
        'print(f"{sum(p.numel() for p in model.parameters()):,} parameters")',
    ]
    return section


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
    placing = (f".to({CHANNELS_LAST})" if recipe.is_channels_last else "") + recipe.cuda
    rules = init_rules(recipe.experiment)
    fills = [fill for fill, _ in rules.values() if fill is not None]
    if not fills:
        section.lines[-1] += placing
        return
    section.need(matrices_of, fan_of, *fills, initialise)
    entries = [
        (name, f"({fill and fill.__name__}, {options!r})")
        for name, (fill, options) in rules.items()
    ]
    section.lines += [f"initialise(model, {dict_lines(entries)})"]
    if placing:
        section.lines += [f"model = model{placing}"]
