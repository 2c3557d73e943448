"""The lines of an epoch of training: batches, loss, gradients, optimisation steps."""

from .section import Recipe, indented


def epoch_code(recipe: Recipe) -> list[str]:
    """One epoch of training. Sets `epoch_loss`, and `epoch_weight` where losses are weighed: what it is divided by."""
    lines = ["model.train()"]
    if not recipe.training.overfit_batch:
        lines += ["order = torch.randperm(len(train_x), generator=generator)"]
    if recipe.weighing is None:
        lines += ["epoch_loss = 0.0"]
    else:
        lines += ["epoch_loss, epoch_weight = 0.0, 0.0"]
    lines += [f"for chosen in order.split({recipe.samples_a_step_code}):"]
    return lines + indented(_step(recipe))


def _step(recipe: Recipe) -> list[str]:
    """One optimisation step, with the samples at the positions `chosen`."""
    lines = []
    if recipe.restarts_dropout:
        lines += ["# cuDNN begins its own dropout again from torch's generator"]
        lines += ["torch.cuda.set_rng_state(torch.cuda.get_rng_state())"]
    lines += [f"lr = {_learning_rate(recipe)}"]
    scale = "" if recipe.group_rules is None else ' * group["lr_scale"]'
    lines += ["for group in optimizer.param_groups:", f'    group["lr"] = lr{scale}']
    if recipe.training.accumulate == 1:
        lines += _gradients_of_one_batch(recipe)
    else:
        lines += _gradients_of_several_batches(recipe)
    return [*lines, *_clip(recipe), *_update(recipe), "step += 1"]


def _learning_rate(recipe: Recipe) -> str:
    base = recipe.training.optimizer.lr
    if recipe.has_constant_rate:
        return repr(base)
    return f"{base!r} * {recipe.training.schedule.code()}"


def _gradients_of_one_batch(recipe: Recipe) -> list[str]:
    """The gradients of the batch `chosen`. An epoch's loss is the mean over samples, or over what they weigh."""
    lines = _loss_of_batch(recipe, "chosen")
    if recipe.weighing is None:
        lines += ["epoch_loss += loss.item() * len(chosen)"]
    else:
        lines += ["step_weight = label_weight(targets).item()"]
        lines += ["epoch_loss += loss.item() * step_weight", "epoch_weight += step_weight"]
    return [*lines, "optimizer.zero_grad()", _backward(recipe)]


def _gradients_of_several_batches(recipe: Recipe) -> list[str]:
    """The gradients of `chosen`, a batch at a time: they add up to those of one large batch.

    For that each batch counts by its share in the step: of the samples, or of what they weigh.
    """
    before = ["optimizer.zero_grad()", "step_loss = 0.0", "parts = chosen.split(BATCH_SIZE)"]
    if recipe.weighing is None:
        share = "len(part) / len(chosen)"
        before += ["for part in parts:"]
        after = ["epoch_loss += step_loss * len(chosen)"]
    else:
        share = "weight / step_weight"
        before += ["weights = [label_weight(train_y[part]).item() for part in parts]"]
        before += ["step_weight = sum(weights)", "for part, weight in zip(parts, weights):"]
        after = ["epoch_loss += step_loss * step_weight", "epoch_weight += step_weight"]
    inside = _loss_of_batch(recipe, "part")
    inside += [f"loss = loss * ({share})", "step_loss += loss.item()", _backward(recipe)]
    return [*before, *indented(inside), *after]


def _loss_of_batch(recipe: Recipe, positions: str) -> list[str]:
    """In: the script's name of the positions that make the batch."""
    lines = _batch(recipe, positions)
    loss = "loss = loss_function(model(inputs), targets)"
    if not recipe.autocast_code:
        return [*lines, loss]
    return [*lines, f"with {recipe.autocast_code}:", f"    {loss}"]


def _batch(recipe: Recipe, positions: str) -> list[str]:
    """Sets `inputs` and `targets`; augmentation comes before the format, since it works on the ordinary one."""
    to_format = recipe.to_format_code
    augmenter = recipe.augmenter
    if augmenter is None:
        return [f"inputs, targets = train_x[{positions}]{to_format}, train_y[{positions}]"]
    lines = [f"inputs, targets = train_x[{positions}], train_y[{positions}]"]
    lines += augmenter.lines(recipe.task.gives_back_input)
    if to_format:
        lines += [f"inputs = inputs{to_format}"]
    return lines


def _backward(recipe: Recipe) -> str:
    return "scaler.scale(loss).backward()" if recipe.is_fp16 else "loss.backward()"


def _clip(recipe: Recipe) -> list[str]:
    training = recipe.training
    # fp16 gradients are those of a scaled loss: only in their own size can they be compared with a limit.
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
