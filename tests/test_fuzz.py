"""Two thousand generated experiments, valid and not: nothing unhandled, and every traced shape is the real one."""

import json
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from playground.catalogues.base import Catalogue, Entry
from playground.catalogues.datasets import DATASETS
from playground.catalogues.layers import LAYERS, Shape, Tokens
from playground.catalogues.losses import LOSSES
from playground.catalogues.optimizers import OPTIMIZERS
from playground.catalogues.schedules import SCHEDULES
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.network.builder import build_model, named_layers
from playground.network.tracing import trace
from playground.settings import Settings
from playground.ui.answers.check import check_answer
from playground.ui.fields import describe_fields

WILD = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.integers(), st.floats(), st.text(max_size=8),
    st.just([]), st.just({}), st.just([[[]]]), st.just({"layer": "relu"}), st.just(10**400),
)  # fmt: skip
SMALL = Settings(max_layers=20, max_parameters=300_000)
FLAGS = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def within(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A value that the field's own limits allow, small rather than large."""
    if field["control"] == "choice":
        return st.sampled_from([choice["value"] for choice in field["choices"]])
    if field["control"] == "toggle":
        return st.booleans()
    low, high = field["min"], field["max"]
    if field["control"] == "integer":
        plain: st.SearchStrategy[Any] = st.integers(low, min(high, low + 12))
    else:
        plain = st.floats(low, high, exclude_min=low == 0, exclude_max=high == 1)
    return st.one_of(st.none(), plain) if field["optional"] else plain


def entry(cls: type[Entry], body: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {
        field["name"]: body if field["control"] == "layers" else within(field)
        for field in describe_fields(cls)
    }
    return st.fixed_dictionaries({cls.kind: st.just(cls.id)}, optional=fields)


def of(catalogue: Catalogue[Any], body: Any = None) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of([entry(cls, st.just([]) if body is None else body) for cls in catalogue])


LAYER = st.recursive(
    st.one_of([entry(cls, st.just([])) for cls in LAYERS if not cls.body_field]),
    lambda inner: of(LAYERS, st.lists(inner, max_size=3)),
    max_leaves=6,
)
EXPERIMENT = st.fixed_dictionaries(
    {"data": of(DATASETS), "layers": st.lists(LAYER, max_size=4)},
    optional={
        "training": st.fixed_dictionaries(
            {},
            optional={"loss": of(LOSSES), "optimizer": of(OPTIMIZERS), "schedule": of(SCHEDULES)},
        )
    },
)


def spoil(value: Any, draw: Any) -> Any:
    """The value with one thing in it exchanged for something wild."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: spoil(value[key], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], spoil(value[at], draw), *value[at + 1 :]]
    if isinstance(value, dict) and draw(st.booleans()):
        return {**value, draw(st.text(max_size=5)): draw(WILD)}
    return draw(WILD)


@st.composite
def experiments(draw: Any) -> Any:
    value = draw(EXPERIMENT)
    return spoil(value, draw) if draw(st.integers(0, 2)) == 2 else value


def blank(shape: Shape, n_samples: int) -> torch.Tensor:
    """Samples with nothing in them; of texts, the token for what is unknown, since 0 is padding, which is cut off."""
    if isinstance(shape, Tokens):
        return torch.ones(n_samples, *shape, dtype=torch.int64)
    return torch.zeros(n_samples, *shape)


def look_at(value: Any, seen: dict[str, int]) -> None:
    """Everything that a page asks about an experiment; for a good one, its shapes against the real network's."""
    json.dumps(check_answer(value, SMALL), allow_nan=False)
    try:
        experiment = Experiment.from_dict(value)
    except ExperimentError as error:
        assert all(str(fault) for fault in error.faults)
        seen["invalid"] += 1
        return
    assert Experiment.from_link(experiment.to_link()) == experiment
    try:
        model = build_model(experiment, SMALL).eval()
        n_train, _ = experiment.data.counts()
    except (
        ExperimentError
    ) as error:  # a layer at fault, or data of which this experiment can make no use
        assert all(str(fault) for fault in error.faults)
        seen["impossible"] += 1
        return
    traced = trace(experiment, SMALL)
    seen["valid"] += 1
    shapes: dict[str, tuple[int, ...]] = {}
    for path, module in named_layers(model).items():
        module.register_forward_hook(
            lambda m, i, output, path=path: shapes.update({path: tuple(output.shape[1:])})
        )
    with torch.no_grad():
        model(blank(experiment.data.sample_shape(), 2))
    assert shapes == {row.path: row.shape for row in (*traced.rows, traced.output)}
    data = experiment.data
    smallest = n_train % data.batch_size or data.batch_size  # the last batch of an epoch
    model.train()(blank(data.sample_shape(), min(smallest, 2)))


def search(examples: int) -> dict[str, int]:
    seen = {"invalid": 0, "impossible": 0, "valid": 0}

    @settings(max_examples=examples, **FLAGS)  # type: ignore[arg-type]
    @given(experiments())
    def each(value: Any) -> None:
        look_at(value, seen)

    each()
    return seen


def test_a_hundred_generated_experiments_are_built_or_refused_in_words() -> None:
    assert min(search(100).values()) > 0


@pytest.mark.long
def test_two_thousand_generated_experiments_are_built_or_refused_in_words() -> None:
    seen = search(2_000)
    assert sum(seen.values()) >= 2_000
    assert min(seen.values()) > 200
