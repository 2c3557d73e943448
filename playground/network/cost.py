"""What an experiment will take, before anything is allocated."""

import math
from dataclasses import dataclass
from functools import cache

from ..catalogues.modules import Recurrent
from ..experiment import Experiment
from ..faults import ExperimentError, Fault, Repair
from ..settings import Settings
from .frozen_start import FrozenStart, frozen_start
from .pretrained import weight_faults
from .tracing import Row, Trace, trace

# FLOPs of a training step over those of its forward pass: the backward pass is two more.
BACKWARD = 3
FIXED_BYTES = 150 * 2**20  # libraries, buffers; measured
# What the process takes before any run, torch and the server of the page in it: a prediction comes on top of it.
# Measured as the resident size after importing them on Linux (534 MB of torch, 724 MB in all).
RESTING_BYTES = 700 * 10**6
FLOAT_BYTES = 4  # of a weight in float32
MARGIN = 1.75  # measured peak over the plain sum, at most
GFLOPS_A_THREAD = 30.0  # typical of a server core in float32
GPU_GFLOPS = 2_000.0  # of the slowest GPU that anybody would train on
VALIDATION_CHUNK = 256  # samples judged at a time, so that questions need not wait
LAYER_S = 30e-6  # time of a layer, forward and backward, however small
CELL_S = 120e-6  # time of a recurrent cell at one step of a sequence, forward and backward, however small
STEP_S = 120e-6  # time of a step around its layers
FLOPS_A_THREAD = 150_000_000  # in one step: less than this is not worth another thread
MAX_THREADS = 8


@dataclass(frozen=True)
class Cost:
    """Predicted cost of a run. Times are estimates for the CPU; `overhead_s` of a step does not hang on its FLOPs."""

    parameters: int
    step_flops: int
    memory_bytes: int
    step_s: float
    steps_per_epoch: int
    steps: int
    threads: int
    chunk_flops: int
    overhead_s: float

    def step_s_on(self, device: str) -> float:
        """Of one step. In: the type of the device, as torch calls it."""
        return self.overhead_s + self.step_flops / self._flops_a_second(device)

    def chunk_s_on(self, device: str) -> float:
        """Of judging a chunk of the validation part."""
        return self.chunk_flops / self._flops_a_second(device)

    def _flops_a_second(self, device: str) -> float:
        gflops = GFLOPS_A_THREAD * self.threads if device == "cpu" else GPU_GFLOPS
        return gflops * 1e9

    @property
    def epoch_s(self) -> float:
        return self.step_s * self.steps_per_epoch

    @property
    def total_s(self) -> float:
        return self.step_s * self.steps


def cost_of(experiment: Experiment, traced: Trace | None = None) -> Cost:
    """The prediction. Source: FLOPs and saved activations of a trace on the meta device."""
    traced = traced or trace(experiment)
    data, training = experiment.data, experiment.training
    n_train, n_validation = data.counts()
    batch = min(data.batch_size, n_train)
    start = frozen_start(experiment, traced)
    batch_flops = _batch_flops(traced, batch, start)
    recurrent = [row for row in traced.rows if cells(row)]
    n_cells = sum(cells(row) for row in recurrent)
    # Recurrent cells run one after another, so that they count nothing towards more threads.
    flops_of_cells = sum(row.flops or 0 for row in recurrent)
    threads = threads_for(batch_flops - BACKWARD * flops_of_cells * batch)
    batches = data.steps_per_epoch()
    batches_a_step = min(training.accumulate, batches)
    steps_per_epoch = math.ceil(batches / training.accumulate)
    small_s = STEP_S + LAYER_S * len(traced.rows) + CELL_S * n_cells
    mean_flops: float = batch_flops
    if start is not None and start.keeps_features:
        # The backbone looks at every picture in the first epoch alone.
        mean_flops -= start.flops(batch) * (1 - 1 / training.epochs)
    batch_s = small_s + mean_flops / (GFLOPS_A_THREAD * 1e9 * threads)
    return Cost(
        parameters=traced.parameters,
        step_flops=batch_flops * batches_a_step,
        memory_bytes=_memory_bytes(experiment, traced, batch, start),
        step_s=batch_s * batches_a_step,
        steps_per_epoch=steps_per_epoch,
        steps=steps_per_epoch * training.epochs,
        threads=threads,
        chunk_flops=traced.flops * min(VALIDATION_CHUNK, n_validation),
        overhead_s=small_s * batches_a_step,
    )


def _batch_flops(traced: Trace, batch: int, start: FrozenStart | None) -> int:
    """FLOPs of a batch, forwards and backwards; a frozen start is only passed forwards."""
    if start is None:
        return BACKWARD * traced.flops * batch
    learning_flops = traced.flops - (start.row.flops or 0)
    return BACKWARD * learning_flops * batch + start.flops(batch)


def _memory_bytes(
    experiment: Experiment, traced: Trace, batch: int, start: FrozenStart | None
) -> int:
    """Weights and what is kept beside them, the activations of a batch, the data, and the process itself."""
    training = experiment.training
    copies = 2  # the weights and their gradients
    copies += training.optimizer.kept()
    copies += training.ema is not None
    copies += training.keep_best
    weights = FLOAT_BYTES * traced.parameters * copies
    activations = traced.saved_bytes * batch
    held = experiment.data.held_bytes()
    if start is not None:
        unused_copies = 1 + training.optimizer.kept()  # neither gradients nor an optimiser's state
        weights -= FLOAT_BYTES * start.parameters * unused_copies
        activations -= start.saved_bytes * batch
        held += start.kept_bytes
    memory = MARGIN * (weights + activations) + held + FIXED_BYTES
    return round(memory)


def cells(row: Row) -> int:
    """Cells that a recurrent layer runs one after another: pieces too small to share out among threads."""
    if row.call is None or row.call.target is not Recurrent or row.input_shape is None:
        return 0
    options = dict(row.call.args[0].kwargs)
    n_steps = row.input_shape[0]
    n_layers: int = options.get("num_layers", 1)
    n_directions = 2 if options.get("bidirectional") else 1
    return n_steps * n_layers * n_directions


def threads_for(step_flops: int) -> int:
    """Intra-op threads: one for small networks, more for large, at most the machine's. It can change the last bits."""
    return max(1, min(1 + step_flops // FLOPS_A_THREAD, MAX_THREADS, cores()))


@cache
def cores() -> int:
    """Cores that this process may use: its affinity and its container's share of time counted."""
    from joblib import cpu_count

    return int(cpu_count())


@dataclass(frozen=True)
class Plan:
    """An experiment's layers as traced and its predicted cost: made once, and handed on to all who need them."""

    traced: Trace
    cost: Cost


def plan_of(experiment: Experiment, settings: Settings | None = None) -> Plan:
    """In: `settings` limit what is traced."""
    traced = trace(experiment, settings)
    return Plan(traced, cost_of(experiment, traced))


def sound_plan(experiment: Experiment, settings: Settings) -> Plan:
    """The plan of an experiment in which nothing is wrong. Raises: ExperimentError naming what is."""
    traced = trace(experiment, settings)
    faults = [*traced.faults, *missing_faults(experiment)]
    if faults:
        raise ExperimentError(faults)
    return Plan(traced, cost_of(experiment, traced))


def missing_faults(experiment: Experiment) -> list[Fault]:
    """What must be there before it can be trained, and is not: data, pretrained weights."""
    return [*data_faults(experiment), *weight_faults(experiment)]


def data_faults(experiment: Experiment) -> list[Fault]:
    """What is wrong with the data for this experiment: not to be had, or fewer than a batch."""
    data = experiment.data
    missing = data.fault()
    if missing is not None:
        return [missing]
    n_train, _ = data.counts()
    if data.batch_size <= n_train:
        return []
    largest_power_of_two = 2 ** (max(1, n_train).bit_length() - 1)
    fitting = {**data.model_dump(mode="json"), "batch_size": largest_power_of_two}
    values = {"given": data.batch_size, "limit": n_train}
    repair = Repair("use_batch", data=fitting)
    return [Fault("data.batch_size", "batch_too_large", values, (repair,))]


def memory_fault(cost: Cost, settings: Settings) -> Fault | None:
    """More predicted memory than a run may take here."""
    if cost.memory_bytes <= settings.max_training_bytes:
        return None
    values = {
        "given": bytes_text(cost.memory_bytes),
        "limit": bytes_text(settings.max_training_bytes),
    }
    return Fault("layers", "too_much_memory", values)


def seconds_text(seconds: float) -> str:
    """0.25 -> "0.25 s", 158.2 -> "158 s"."""
    return f"{seconds:.3g} s" if seconds < 100 else f"{seconds:,.0f} s"


def bytes_text(size: float) -> str:
    """1536 -> "1.5 KiB"."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"
