"""The warm-up before a schedule. The exported script carries these functions as they stand."""


def warmed_up(step: int, factor: float, warmup_steps: int) -> float:
    """`factor` times a linear warm-up; step 0 already has 1 / (warmup_steps + 1) of it, never 0."""
    return factor * min(1.0, (step + 1) / (warmup_steps + 1))


def after_warmup(curve, step, total_steps, steps_per_epoch, warmup_steps, **options):
    """A linear warm-up to where the curve begins; then the curve, over the steps that are left.

    Source: torch.optim.lr_scheduler.SequentialLR of LinearLR and the curve.
    """
    curve_steps = max(1, total_steps - warmup_steps)
    if step < warmup_steps:
        first = curve(0, curve_steps, steps_per_epoch, **options)
        return warmed_up(step, first, warmup_steps)
    return curve(step - warmup_steps, curve_steps, steps_per_epoch, **options)
