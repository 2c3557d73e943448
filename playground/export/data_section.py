"""The section *data*: x and y are read, divided, scaled and turned into tensors."""

from ..catalogues.samples import normalised, statistics
from .section import Recipe, Section


def data_section(recipe: Recipe) -> Section:
    """Ends with train_x, train_y, val_x, val_y as in `Split`, and target_std where the targets have one."""
    section = Section(["# ---- data: the training part sets the normalisation ----"])
    _load(recipe, section)
    _divide(recipe, section)
    _scale(recipe, section)
    section.lines += ["train_x, train_y = x[train], y[train]"]
    section.lines += ["val_x, val_y = x[validation], y[validation]"]
    if recipe.is_fp16:
        parts = "train_x, train_y, val_x, val_y"
        section.lines += [f"{parts} = (part.cuda() for part in ({parts}))"]
    return section


def _load(recipe: Recipe, section: Section) -> None:
    """Sets x and y as they were measured."""
    own_file = recipe.data.own_file()
    if own_file and recipe.takes_path:
        section.modules.add("sys")
        section.lines += [f"DATA_FILE = sys.argv[1] if len(sys.argv) > 1 else {own_file!r}"]
    elif own_file:
        section.lines += [f"DATA_FILE = {own_file!r}"]
    code, functions = recipe.data.source()
    section.lines += [code]
    section.need(*functions)


def _divide(recipe: Recipe, section: Section) -> None:
    """Sets the positions of the training and of the validation samples."""
    division = recipe.data.divided_by()
    section.lines += [f"train, validation = {division.code()}"]
    section.need(division.function)


def _scale(recipe: Recipe, section: Section) -> None:
    """Scales x by its training part (token numbers are left as they are), prepares y, and makes tensors of both."""
    axes = recipe.data.statistic_axes()
    if axes is None:
        section.lines += ["x = torch.from_numpy(x)"]
    else:
        section.lines += [f"mean, std = statistics(x[train], {axes})"]
        section.lines += ["x = torch.from_numpy(normalised(x, mean, std))"]
        section.need(statistics, normalised)
    # As the data set's own task has it, even where a loss asks the network for something else (`recipe.task`).
    targets = recipe.data.goal.prepare_code()
    section.lines += targets.lines
    section.need(*targets.functions)
