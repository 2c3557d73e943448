"""The section *training*: loss, optimiser, and the loop that repeats the run step by step."""

from ..catalogues.learning import parameter_groups
from ..catalogues.schedules import Constant
from ..engine.devices import cpu_has_bf16
from ..training.practice import Average, Patience
from ..training.trainer import VALIDATION_CHUNK
from .section import CHANNELS_LAST, Recipe, Section, dict_lines, indented

NO_BF16 = "This CPU has no bf16, so float32 is used: the numbers will differ from the run's."


def training_section(recipe: Recipe) -> Section:
    """From loss and optimiser to the saved weights."""
    section = Section(["# ---- training ----"])
    _prepare(recipe, section)
    section.lines += ["", "step = 0", "for epoch in range(1, EPOCHS + 1):"]
    section.lines += indented([*_train_epoch(recipe), "", *_validate(recipe)])
    section.lines += [*indented(_after_epoch(recipe)), "", *_after_loop(recipe)]
    section.lines += ['torch.save(model.state_dict(), "model.pt")']
    _need_all(recipe, section)
    return section


def is_plain(recipe: Recipe) -> bool:
    """Whether the learning rate never changes."""
    schedule = recipe.training.schedule
    return isinstance(schedule, Constant) and not schedule.warmup_steps


def _need_all(recipe: Recipe, section: Section) -> None:
    training = recipe.training
    if not is_plain(recipe):
        section.modules.add("math")
        section.need(*training.schedule.functions())
    if recipe.group_rules is not None:
        section.need(parameter_groups)
    if recipe.augmenter is not None:
        section.need(*recipe.augmenter.functions)
    if training.ema is not None:
        section.need(Average)
    if _has_patience(recipe):
        section.need(Patience)
    if training.precision == "bf16":
        section.need(cpu_has_bf16)
    section.need(*recipe.loss.targets())
    if recipe.weighing is not None:
        section.need(*recipe.weighing.targets())
    section.need(recipe.task.metric, training.optimizer.target)


# ---- before the loop ----


def _prepare(recipe: Recipe, section: Section) -> None:
    training, rules = recipe.training, recipe.group_rules
    lines = section.lines
    if training.precision == "bf16":
        lines += ["HAS_BF16 = cpu_has_bf16()", "if not HAS_BF16:", f'    print("{NO_BF16}")']
    lines += [f"loss_function = {recipe.loss.code()}{recipe.cuda}"]
    if recipe.weighing is not None:
        lines += [f"label_weight = {recipe.weighing.code()}{recipe.cuda}"]
    if rules is not None:
        lines += [f"groups = {_groups(recipe, rules)}"]
    groups = None if rules is None else "groups"
    lines += [f"optimizer = {training.optimizer.code(recipe.loss_learns, groups)}"]
    lines += ["generator = torch.Generator().manual_seed(SEED)"]
    lines += [f"steps_per_epoch = -(-len(train_x) // {_samples_a_step(recipe)})"]
    lines += ["total_steps = EPOCHS * steps_per_epoch"]
    lines += _companions(recipe)
    if training.overfit_batch:  # one batch, as many times as an epoch has batches
        lines += ["order = torch.randperm(len(train_x), generator=generator)[:BATCH_SIZE]"]
        lines += ["order = order.repeat(-(-len(train_x) // BATCH_SIZE))"]


def _companions(recipe: Recipe) -> list[str]:
    """What accompanies the loop and remembers something from step to step."""
    training = recipe.training
    lines = []
    if recipe.is_fp16:
        lines += ['scaler = torch.amp.GradScaler("cuda")']
    if recipe.augmenter is not None:
        device = '"cuda"' if recipe.is_fp16 else ""
        generator = f"torch.Generator({device}).manual_seed(SEED)"
        lines += [f"chance = {generator}  # what augmentation draws from"]
    if training.schedule.watch():
        lines += [f"watch = {training.schedule.watch_code()}"]
    if training.ema is not None:
        lines += [f"average = Average({training.ema!r})"]
    if _has_patience(recipe):
        options = (training.patience, training.min_delta, training.keep_best)
        lines += [f"patience = Patience({', '.join(map(repr, options))})"]
    return lines


def _groups(recipe: Recipe, rules: dict[str, dict[str, object]]) -> str:
    optimizer = recipe.training.optimizer
    entries = dict_lines((name, repr(rule)) for name, rule in rules.items())
    loss = ", loss_function" if recipe.loss_learns else ""
    decay = f"{optimizer.weight_decay!r}, {optimizer.matrices_only!r}"
    return f"parameter_groups(model, {entries}, {decay}{loss})"


def _has_patience(recipe: Recipe) -> bool:
    return recipe.training.patience is not None or recipe.training.keep_best


def _samples_a_step(recipe: Recipe) -> str:
    batches = recipe.training.accumulate
    return "BATCH_SIZE" if batches == 1 else f"({batches} * BATCH_SIZE)"


# ---- an epoch of training ----


def _train_epoch(recipe: Recipe) -> list[str]:
    lines = ["model.train()"]
    if not recipe.training.overfit_batch:
        lines += ["order = torch.randperm(len(train_x), generator=generator)"]
    if recipe.weighing is None:
        lines += ["epoch_loss = 0.0"]
    else:
        lines += ["epoch_loss, epoch_weight = 0.0, 0.0"]
    lines += [f"for chosen in order.split({_samples_a_step(recipe)}):"]
    return lines + indented(_step(recipe))


def _step(recipe: Recipe) -> list[str]:
    lines = [f"lr = {_learning_rate(recipe)}"]
    scale = "" if recipe.group_rules is None else ' * group["lr_scale"]'
    lines += ["for group in optimizer.param_groups:", f'    group["lr"] = lr{scale}']
    if recipe.training.accumulate == 1:
        lines += _gradients_of_one_batch(recipe)
    else:
        lines += _gradients_of_several_batches(recipe)
    return [*lines, *_clip(recipe), *_update(recipe), "step += 1"]


def _learning_rate(recipe: Recipe) -> str:
    base, schedule = recipe.training.optimizer.lr, recipe.training.schedule
    return repr(base) if is_plain(recipe) else f"{base!r} * {schedule.code()}"


def _gradients_of_one_batch(recipe: Recipe) -> list[str]:
    lines = _loss_of_batch(recipe, "chosen")
    if recipe.weighing is None:
        lines += ["epoch_loss += loss.item() * len(chosen)"]
    else:
        lines += ["step_weight = label_weight(targets).item()"]
        lines += ["epoch_loss += loss.item() * step_weight", "epoch_weight += step_weight"]
    return [*lines, "optimizer.zero_grad()", _backward(recipe)]


def _gradients_of_several_batches(recipe: Recipe) -> list[str]:
    """Each batch has the share in the step that it has in the mean loss over all of them."""
    lines = ["optimizer.zero_grad()", "step_loss = 0.0", "parts = chosen.split(BATCH_SIZE)"]
    if recipe.weighing is None:
        share = "len(part) / len(chosen)"
        lines += ["for part in parts:"]
        sums = ["epoch_loss += step_loss * len(chosen)"]
    else:
        share = "weight / step_weight"
        lines += ["weights = [label_weight(train_y[part]).item() for part in parts]"]
        lines += ["step_weight = sum(weights)", "for part, weight in zip(parts, weights):"]
        sums = ["epoch_loss += step_loss * step_weight", "epoch_weight += step_weight"]
    batch = _loss_of_batch(recipe, "part")
    batch += [f"loss = loss * ({share})", "step_loss += loss.item()", _backward(recipe)]
    return [*lines, *indented(batch), *sums]


def _loss_of_batch(recipe: Recipe, chosen: str) -> list[str]:
    """In: the name of the positions that make the batch."""
    to_format = _to_format(recipe)
    augmenter = recipe.augmenter
    if augmenter is None:
        lines = [f"inputs, targets = train_x[{chosen}]{to_format}, train_y[{chosen}]"]
    else:
        lines = [f"inputs, targets = train_x[{chosen}], train_y[{chosen}]"]
        lines += augmenter.lines(recipe.task.gives_back_input)
        if to_format:
            lines += [f"inputs = inputs{to_format}"]
    loss = "loss = loss_function(model(inputs), targets)"
    if not recipe.autocast:
        return [*lines, loss]
    return [*lines, f"with {recipe.autocast}:", f"    {loss}"]


def _to_format(recipe: Recipe) -> str:
    return f".contiguous({CHANNELS_LAST})" if recipe.is_channels_last else ""


def _backward(recipe: Recipe) -> str:
    return "scaler.scale(loss).backward()" if recipe.is_fp16 else "loss.backward()"


def _clip(recipe: Recipe) -> list[str]:
    training = recipe.training
    lines = ["scaler.unscale_(optimizer)"] if recipe.is_fp16 else []
    parameters = "model.parameters()"
    if recipe.loss_learns:
        parameters = "[*model.parameters(), *loss_function.parameters()]"
    if training.clip_value is not None:
        lines += [f"nn.utils.clip_grad_value_({parameters}, {training.clip_value!r})"]
    if training.clip_norm is not None:
        lines += [f"nn.utils.clip_grad_norm_({parameters}, {training.clip_norm!r})"]
    return lines


def _update(recipe: Recipe) -> list[str]:
    lines = ["optimizer.step()"]
    if recipe.is_fp16:
        lines = ["scaler.step(optimizer)", "scaler.update()"]
    if recipe.training.ema is not None:
        lines += ["average.update(model)"]
    return lines


# ---- validation, and what follows from it ----


def _validate(recipe: Recipe) -> list[str]:
    lines = ["model.eval()"]
    if recipe.training.ema is not None:
        lines += ["average.swap(model)"]
    metric = recipe.task.metric_code()
    if recipe.weighing is None:
        lines += [f"val_loss, metric = 0.0, {metric}"]
    else:
        lines += [f"val_loss, val_weight, metric = 0.0, 0.0, {metric}"]
    contexts = "torch.inference_mode()"
    if recipe.autocast:
        contexts += f", {recipe.autocast}"
    lines += [f"with {contexts}:", *indented(_validation_chunks(recipe))]
    return [*lines, *_report(recipe)]


def _validation_chunks(recipe: Recipe) -> list[str]:
    """A chunk counts by what its mean loss was divided by."""
    chunks = f"zip(val_x.split({VALIDATION_CHUNK}), val_y.split({VALIDATION_CHUNK}))"
    chunk = [f"output = model(inputs{_to_format(recipe)})"]
    if recipe.weighing is None:
        chunk += ["val_loss += loss_function(output, targets).item() * len(targets)"]
    else:
        chunk += ["weight = label_weight(targets).item()"]
        chunk += ["val_loss += loss_function(output, targets).item() * weight"]
        chunk += ["val_weight += weight"]
    chunk += ["metric.add(output, targets)"]
    return [f"for inputs, targets in {chunks}:", *indented(chunk)]


def _report(recipe: Recipe) -> list[str]:
    epoch_total = "len(order)" if recipe.weighing is None else "epoch_weight"
    scores = 'f"val_{name} {value:.9g}" for name, value in metric.result().items()'
    return [
        f'scores = "  ".join({scores})',
        "print(",
        f'    f"epoch {{epoch}}: train_loss {{epoch_loss / {epoch_total}:.9g}}  "',
        f'    f"val_loss {{{_mean_val_loss(recipe)}:.9g}}  {{scores}}"',
        ")",
    ]


def _mean_val_loss(recipe: Recipe) -> str:
    return "val_loss / len(val_x)" if recipe.weighing is None else "val_loss / val_weight"


def _after_epoch(recipe: Recipe) -> list[str]:
    val_loss = _mean_val_loss(recipe)
    lines = []
    if recipe.training.schedule.watch():
        lines += [f"watch.add({val_loss})"]
    if _has_patience(recipe):
        lines += [f"is_over = patience.is_over(epoch, {val_loss}, model)"]
    if recipe.training.ema is not None:
        lines += ["average.swap(model)"]
    if _has_patience(recipe):
        lines += ["if is_over:", "    break"]
    return lines


def _after_loop(recipe: Recipe) -> list[str]:
    lines = []
    if recipe.training.ema is not None:
        lines += ["average.swap(model)  # the averaged weights are kept"]
    if recipe.training.keep_best:
        lines += ["patience.restore(model)  # those of the best epoch"]
    return lines
