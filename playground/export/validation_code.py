"""The lines of the validation, of what follows from it, and of what comes after the last epoch."""

from ..training.trainer import VALIDATION_CHUNK
from .section import Recipe, indented


def validation_code(recipe: Recipe) -> list[str]:
    """The validation after an epoch, and the line that is printed of it."""
    lines = ["model.eval()"]
    if recipe.training.ema is not None:
        lines += ["average.swap(model)"]
    metric = recipe.task.metric_code()
    if recipe.weighing is None:
        lines += [f"val_loss, metric = 0.0, {metric}"]
    else:
        lines += [f"val_loss, val_weight, metric = 0.0, 0.0, {metric}"]
    contexts = "torch.inference_mode()"
    if recipe.autocast_code:
        contexts += f", {recipe.autocast_code}"
    lines += [f"with {contexts}:", *indented(_validation_chunks(recipe))]
    return [*lines, *_report(recipe)]


def _validation_chunks(recipe: Recipe) -> list[str]:
    """Sums over the run's own chunks, so that they are added up alike; each counts by what its mean was divided by."""
    chunks = f"zip(val_x.split({VALIDATION_CHUNK}), val_y.split({VALIDATION_CHUNK}))"
    chunk = [f"output = model(inputs{recipe.to_format_code})"]
    if recipe.weighing is None:
        chunk += ["val_loss += loss_function(output, targets).item() * len(targets)"]
    else:
        chunk += ["weight = label_weight(targets).item()"]
        chunk += ["val_loss += loss_function(output, targets).item() * weight"]
        chunk += ["val_weight += weight"]
    chunk += ["metric.add(output, targets)"]
    return [f"for inputs, targets in {chunks}:", *indented(chunk)]


def _report(recipe: Recipe) -> list[str]:
    """Prints the epoch. Nine digits tell any two float32 numbers apart, so script and run can be compared."""
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
    if recipe.weighing is None:
        return "val_loss / len(val_x)"
    return "val_loss / val_weight"


def after_epoch_code(recipe: Recipe) -> list[str]:
    """What follows from the validation loss: the next rate, whether to stop.

    The weights are swapped back only after `patience` has looked: it keeps those that were judged.
    """
    val_loss = _mean_val_loss(recipe)
    lines = []
    if recipe.training.schedule.watch():
        lines += [f"watch.add({val_loss})"]
    if recipe.has_patience:
        lines += [f"is_over = patience.is_over(epoch, {val_loss}, model)"]
    if recipe.training.ema is not None:
        lines += ["average.swap(model)"]
    if recipe.has_patience:
        lines += ["if is_over:", "    break"]
    return lines


def after_loop_code(recipe: Recipe) -> list[str]:
    """Leaves the weights that the run ends with in `model`."""
    lines = []
    if recipe.training.ema is not None:
        lines += ["average.swap(model)  # the averaged weights are kept"]
    if recipe.training.keep_best:
        lines += ["patience.restore(model)  # those of the best epoch"]
    return lines
