"""The longest time for which nothing can interrupt a run: one step, or one chunk of its validation."""

from collections.abc import Iterator
from typing import Any

from ..experiment import Experiment
from ..faults import ExperimentError, Fault, Repair
from ..settings import Settings
from .cost import Cost, cost_of, memory_fault, seconds_text
from .tracing import trace

# A chunk only passes forwards, and there are few of them: as many samples as in a step take a third of its time.
CHUNKS_IN_LIMIT = 3
SMALL_KERNEL = 3


def step_fault(
    experiment: Experiment, cost: Cost, settings: Settings, device: str = "cpu"
) -> Fault | None:
    """More predicted time than a single step may take here, with repairs that help. In: the device's type."""
    code, given, limit = "step_too_slow", cost.step_s_on(device), settings.max_step_s
    if given <= limit:
        code, given = "validation_too_slow", cost.chunk_s_on(device)
        limit *= CHUNKS_IN_LIMIT
        if given <= limit:
            return None
    values = {"given": seconds_text(given), "limit": seconds_text(limit)}
    helpful: dict[str, Repair] = {}  # the mildest of each kind
    for repair, repaired in _candidates(experiment):
        if repair.code not in helpful and _is_fast_enough(repaired, settings, device):
            helpful[repair.code] = repair
    return Fault("layers", code, values, tuple(helpful.values()))


def _candidates(experiment: Experiment) -> Iterator[tuple[Repair, Experiment]]:
    """What might help, and the experiment after it; of each kind the mildest first."""
    value = experiment.model_dump(mode="json")
    if value["training"]["accumulate"] > 1:
        training = {"accumulate": 1}
        repaired = {**value, "training": {**value["training"], **training}}
        yield Repair("no_accumulation", training=training), Experiment.from_dict(repaired)
    batch_size = value["data"]["batch_size"] // 2
    while batch_size >= 1:
        data = {**value["data"], "batch_size": batch_size}
        values = {"limit": batch_size}
        repaired = {**value, "data": data}
        yield Repair("use_batch_of", data=data, values=values), Experiment.from_dict(repaired)
        batch_size //= 2
    layers = _with_small_kernels(value["layers"])
    if layers != value["layers"]:
        values = {"limit": SMALL_KERNEL}
        repaired = {**value, "layers": layers}
        yield Repair("use_kernels_of", layers, values=values), Experiment.from_dict(repaired)


def _with_small_kernels(layers: Any) -> Any:
    """Layers as JSON, those inside of blocks too."""
    if isinstance(layers, list):
        return [_with_small_kernels(layer) for layer in layers]
    if not isinstance(layers, dict):
        return layers
    smaller = {}
    for name, value in layers.items():
        is_large_kernel = name == "kernel" and isinstance(value, int) and value > SMALL_KERNEL
        smaller[name] = SMALL_KERNEL if is_large_kernel else _with_small_kernels(value)
    return smaller


def _is_fast_enough(experiment: Experiment, settings: Settings, device: str) -> bool:
    try:
        traced = trace(experiment, settings)
    except ExperimentError:
        return False
    if traced.faults:
        return False
    cost = cost_of(experiment, traced)
    is_step_short = cost.step_s_on(device) <= settings.max_step_s
    is_chunk_short = cost.chunk_s_on(device) <= CHUNKS_IN_LIMIT * settings.max_step_s
    return is_step_short and is_chunk_short and memory_fault(cost, settings) is None
