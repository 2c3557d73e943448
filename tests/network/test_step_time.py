"""A single step cannot be interrupted, so how long it may take is limited."""

from typing import Any

import pytest

from playground.experiment import Experiment
from playground.faults import ExperimentError, Fault, Repair
from playground.network.cost import GFLOPS_A_THREAD, GPU_GFLOPS, cost_of
from playground.network.limits import admit
from playground.network.step_time import step_fault
from playground.preset_files import preset, presets
from playground.settings import Settings

PUBLIC = Settings()
# One step of it would take minutes.
HEAVY: dict[str, Any] = {
    "data": {"dataset": "digits", "batch_size": 128},
    "layers": [{"layer": "conv2d", "channels": 64, "kernel": 31}] * 5 + [{"layer": "flatten"}],
}
DEEP: dict[str, Any] = {
    "data": {"dataset": "digits", "batch_size": 256},
    "layers": [{"layer": "conv2d", "channels": 48, "kernel": 3}] * 8 + [{"layer": "flatten"}],
    "training": {"accumulate": 4},
}


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: Any) -> None:
    """Whatever machine this is."""
    monkeypatch.setattr("playground.network.cost.cores", lambda: 2)


def fault_of(value: dict[str, Any], **settings: Any) -> Fault | None:
    experiment = Experiment.from_dict(value)
    return step_fault(experiment, cost_of(experiment), Settings(**settings))


def repaired(value: dict[str, Any], repair: Repair) -> Experiment:
    parts: dict[str, Any] = dict(value)
    if repair.layers is not None:
        parts["layers"] = repair.layers
    if repair.data is not None:
        parts["data"] = repair.data
    if repair.training is not None:
        parts["training"] = {**value.get("training", {}), **repair.training}
    return Experiment.from_dict(parts)


def test_a_network_whose_step_takes_minutes_is_refused_and_told_what_would_do() -> None:
    with pytest.raises(ExperimentError) as refused:
        admit(Experiment.from_dict(HEAVY), PUBLIC)
    (fault,) = refused.value.faults
    assert (fault.code, fault.place) == ("step_too_slow", "layers")
    assert fault.values["limit"] == "2 s"
    (repair,) = fault.repairs  # of a batch of one, 256 validation samples would still take too long
    assert repair.code == "use_kernels_of"
    assert {layer.get("kernel", 3) for layer in repair.layers or ()} == {3}
    admit(repaired(HEAVY, repair), PUBLIC)


def test_every_repair_that_is_offered_helps_by_itself() -> None:
    fault = fault_of(DEEP, max_step_s=2)
    assert fault is not None and fault.code == "step_too_slow"
    assert [repair.code for repair in fault.repairs] == ["use_batch_of"]
    gentle = fault_of(DEEP, max_step_s=4)
    assert gentle is not None
    codes = [repair.code for repair in gentle.repairs]
    assert codes == ["no_accumulation", "use_batch_of"]
    for repair in gentle.repairs:
        experiment = repaired(DEEP, repair)
        assert cost_of(experiment).step_s <= 4


def test_a_small_batch_does_not_hide_a_long_validation() -> None:
    value = {**HEAVY, "data": {"dataset": "digits", "batch_size": 1}}
    fault = fault_of(value, max_step_s=2)
    assert fault is not None and fault.code == "validation_too_slow"


def test_a_gpu_may_be_given_more_to_do() -> None:
    experiment = Experiment.from_dict(DEEP)
    cost = cost_of(experiment)
    flops_s = cost.step_flops / (GFLOPS_A_THREAD * 1e9 * cost.threads)
    assert cost.step_s_on("cpu") == pytest.approx(cost.step_s)
    assert cost.step_s_on("cpu") - cost.overhead_s == pytest.approx(flops_s)
    assert cost.step_s_on("cuda") - cost.overhead_s == pytest.approx(
        cost.step_flops / (GPU_GFLOPS * 1e9)
    )
    settings = Settings(max_step_s=1)
    assert step_fault(experiment, cost, settings, "cpu") is not None
    assert step_fault(experiment, cost, settings, "cuda") is None


def test_the_owner_of_the_machine_may_wait_as_long_as_they_like() -> None:
    admit(Experiment.from_dict(HEAVY), Settings.unlimited().model_copy(update={"max_layers": 64}))


@pytest.mark.parametrize("name", presets())
def test_every_preset_is_well_within_the_limit_on_two_cores(name: str) -> None:
    experiment = preset(name).experiment
    cost = cost_of(experiment)
    assert cost.step_s <= 0.8 * PUBLIC.max_step_s
    assert step_fault(experiment, cost, PUBLIC) is None
