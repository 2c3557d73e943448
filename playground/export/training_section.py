"""The section *training*: loss, optimiser, and the loop that repeats the run step by step."""

from ..catalogues.learning import parameter_groups
from ..engine.devices import cpu_has_bf16
from ..training.practice import Average, Patience
from .epoch_code import epoch_code
from .section import Recipe, Section, dict_code, indented
from .validation_code import after_epoch_code, after_loop_code, validation_code

NO_BF16 = "This CPU has no bf16, so float32 is used: the numbers will differ from the run's."


def training_section(recipe: Recipe) -> Section:
    """Needs `model` and the four tensors of the data; ends with the weights in the file model.pt."""
    section = Section(["# ---- training ----"])
    _prepare(recipe, section)
    section.lines += ["", "step = 0", "for epoch in range(1, EPOCHS + 1):"]
    section.lines += indented([*epoch_code(recipe), "", *validation_code(recipe)])
    section.lines += [*indented(after_epoch_code(recipe)), "", *after_loop_code(recipe)]
    section.lines += ['torch.save(model.state_dict(), "model.pt")']
    _need_all(recipe, section)
    return section


def _need_all(recipe: Recipe, section: Section) -> None:
    """What the lines use, in the order in which the script defines it."""
    training = recipe.training
    if not recipe.has_constant_rate:
        section.modules.add("math")
        section.need(*training.schedule.functions())
    if recipe.group_rules is not None:
        section.need(parameter_groups)
    if recipe.augmenter is not None:
        section.need(*recipe.augmenter.functions)
    if training.ema is not None:
        section.need(Average)
    if recipe.has_patience:
        section.need(Patience)
    if training.precision == "bf16":
        section.need(cpu_has_bf16)
    section.need(*recipe.loss.targets())
    if recipe.weighing is not None:
        section.need(*recipe.weighing.targets())
    section.need(recipe.task.metric, training.optimizer.target)


def _prepare(recipe: Recipe, section: Section) -> None:
    """Everything that there is before the loop. Numbers drawn from `generator` come in the run's own order."""
    training = recipe.training
    rules = recipe.group_rules
    lines = section.lines
    if training.precision == "bf16":
        lines += ["HAS_BF16 = cpu_has_bf16()", "if not HAS_BF16:", f'    print("{NO_BF16}")']
    lines += [f"loss_function = {recipe.loss.code()}{recipe.to_device_code}"]
    if recipe.weighing is not None:
        lines += [f"label_weight = {recipe.weighing.code()}{recipe.to_device_code}"]
    if rules is not None:
        lines += [f"groups = {_groups_code(recipe, rules)}"]
    groups = None if rules is None else "groups"
    lines += [f"optimizer = {training.optimizer.code(recipe.loss_learns, groups)}"]
    lines += ["generator = torch.Generator().manual_seed(SEED)"]
    # -(-a // b) is a / b rounded up.
    lines += [f"steps_per_epoch = -(-len(train_x) // {recipe.samples_a_step_code})"]
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
    if recipe.has_patience:
        options = (training.patience, training.min_delta, training.keep_best)
        lines += [f"patience = Patience({', '.join(map(repr, options))})"]
    return lines


def _groups_code(recipe: Recipe, rules: dict[str, dict[str, object]]) -> str:
    """The call of `parameter_groups`. In: module name -> how its layers learn."""
    optimizer = recipe.training.optimizer
    rules_code = dict_code((name, repr(rule)) for name, rule in rules.items())
    loss = ", loss_function" if recipe.loss_learns else ""
    decay = f"{optimizer.weight_decay!r}, {optimizer.matrices_only!r}"
    return f"parameter_groups(model, {rules_code}, {decay}{loss})"
