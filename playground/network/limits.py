"""Whether an experiment may run here: nothing is wrong with it, and it is not too large or too slow."""

from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from ..settings import Settings
from .cost import Cost, Plan, memory_fault, sound_plan
from .step_time import step_fault


def admit(experiment: Experiment, settings: Settings, device: str = "cpu") -> Plan:
    """The plan of an experiment that may run here. In: the device's type, as torch calls it.

    Raises: ExperimentError naming what is wrong or too much.
    """
    plan = sound_plan(experiment, settings)
    fault = limit_fault(experiment, plan.cost, settings, device)
    if fault:
        raise ExperimentError(fault)
    return plan


def limit_fault(
    experiment: Experiment, cost: Cost, settings: Settings, device: str = "cpu"
) -> Fault | None:
    """What is too much of a sound experiment, the first of it."""
    return memory_fault(cost, settings) or step_fault(experiment, cost, settings, device)
