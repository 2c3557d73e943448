"""The live charts as plain data: which columns of a history each trace reads, axes, colours as tokens.

The page draws them in its own theme and language.
"""

from typing import Any, Literal, NotRequired, TypedDict


class TraceSpec(TypedDict):
    """One line, or one line a layer where `per_layer` is set. `y` is a column of the history's `table`."""

    name: str
    table: Literal["steps", "layers", "epochs", "plan"]
    y: str
    colour: Literal["train", "val", "lr", "ink", "ramp"]
    width: float
    opacity: NotRequired[float]
    smoothing: NotRequired[float]
    dash: NotRequired[str]
    markers: NotRequired[bool]
    per_layer: NotRequired[bool]
    per_part: NotRequired[bool]
    optional: NotRequired[bool]  # only where the run has measured it
    suffix: NotRequired[str]  # said after the name of the layer


class ChartSpec(TypedDict):
    """A chart: its texts as keys of the text table, its traces, its y axis."""

    title: str
    help: str
    traces: list[TraceSpec]
    log: bool
    log_switch: bool
    tickformat: str
    hoverformat: str
    from_zero: bool
    clipping: NotRequired[bool]  # stands there only for a run whose gradients are clipped
    metric: NotRequired[str]  # stands there only for a task with this metric
    parts: NotRequired[bool]  # stands there only for a loss that has several parts
    marks: NotRequired[Literal["lines", "named"]]  # shows where something was set while it trained


SMOOTHING = 0.9  # share of the past in the smoothed training curves
SAMPLED_SMOOTHING = 0.6  # the same for what is measured every few steps only
MAX_POINTS = 4000  # a trace with more points is thinned in the page, keeping its peaks
RAMP_LIGHT = (0.0, 0.72)  # the part of viridis that stays legible on white, first layer to last
RAMP_DARK = (0.3, 0.98)  # and on a dark ground
VIRIDIS = (
    (68, 1, 84), (72, 40, 120), (62, 74, 137), (49, 104, 142), (38, 130, 142),
    (31, 158, 137), (53, 183, 121), (109, 205, 89), (180, 222, 44), (253, 231, 37),
)  # fmt: skip


def _sampled(y: str) -> TraceSpec:
    """What is measured every few steps of training, smoothed."""
    return {
        "name": "chart.train",
        "table": "layers",
        "y": y,
        "colour": "train",
        "width": 2,
        "smoothing": SAMPLED_SMOOTHING,
    }


def _validated(y: str) -> TraceSpec:
    """What is measured once an epoch on the validation part."""
    return {
        "name": "chart.validation",
        "table": "epochs",
        "y": y,
        "colour": "val",
        "width": 2.2,
        "markers": True,
    }


def _by_layer(y: str) -> TraceSpec:
    """A line for every layer, dark to bright."""
    return {
        "name": "chart.layer",
        "table": "layers",
        "y": y,
        "colour": "ramp",
        "width": 1.6,
        "per_layer": True,
    }


CLIPPED_BY_LAYER: TraceSpec = {
    "name": "chart.layer",
    "table": "layers",
    "y": "clipped_grad_norm",
    "colour": "ramp",
    "width": 1.2,
    "dash": "dot",
    "per_layer": True,
    "optional": True,
    "suffix": "chart.clipped_suffix",
}
LOSS_OF_A_BATCH: TraceSpec = {
    "name": "chart.batch",
    "table": "steps",
    "y": "train_loss",
    "colour": "train",
    "width": 1,
    "opacity": 0.3,
}
SMOOTHED_LOSS: TraceSpec = {
    "name": "chart.train",
    "table": "steps",
    "y": "train_loss",
    "colour": "train",
    "width": 2,
    "smoothing": SMOOTHING,
}
LOSS_PARTS: TraceSpec = {
    "name": "chart.layer",
    "table": "layers",
    "y": "loss_parts",
    "colour": "ramp",
    "width": 1.8,
    "per_part": True,
}
PLANNED_RATE: TraceSpec = {
    "name": "chart.planned",
    "table": "plan",
    "y": "lr",
    "colour": "lr",
    "width": 1.4,
    "dash": "dash",
}
USED_RATE: TraceSpec = {
    "name": "chart.real",
    "table": "steps",
    "y": "lr",
    "colour": "lr",
    "width": 2.2,
}
NORM_BEFORE: TraceSpec = {
    "name": "chart.clip_before",
    "table": "layers",
    "y": "total_norm",
    "colour": "train",
    "width": 1.8,
}
NORM_AFTER: TraceSpec = {
    "name": "chart.clip_after",
    "table": "layers",
    "y": "clipped_norm",
    "colour": "val",
    "width": 1.8,
}
NORM_LIMIT: TraceSpec = {
    "name": "chart.clip_limit",
    "table": "layers",
    "y": "clip_limit",
    "colour": "ink",
    "width": 1.2,
    "dash": "dash",
}
CLIPPED_SHARE: TraceSpec = {
    "name": "chart.clipped",
    "table": "layers",
    "y": "clipped_share",
    "colour": "train",
    "width": 1.8,
}

CHARTS: dict[str, ChartSpec] = {
    "loss": {
        "title": "chart.loss",
        "help": "chart.loss.help",
        "traces": [LOSS_OF_A_BATCH, SMOOTHED_LOSS, _validated("val_loss")],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
        "marks": "lines",
    },
    "accuracy": {
        "title": "chart.accuracy",
        "help": "chart.accuracy.help",
        "traces": [_sampled("train_accuracy"), _validated("val_accuracy")],
        "log": False,
        "log_switch": False,
        "tickformat": ".0%",
        "hoverformat": ".1%",
        "from_zero": False,
        "metric": "accuracy",
    },
    "mae": {
        "title": "chart.mae",
        "help": "chart.mae.help",
        "traces": [_sampled("train_mae"), _validated("val_mae")],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
        "metric": "mae",
    },
    "r2": {
        "title": "chart.r2",
        "help": "chart.r2.help",
        "traces": [_validated("val_r2")],
        "log": False,
        "log_switch": False,
        "tickformat": ".2f",
        "hoverformat": ".4~g",
        "from_zero": False,
        "metric": "r2",
    },
    "loss_parts": {
        "title": "chart.loss_parts",
        "help": "chart.loss_parts.help",
        "traces": [LOSS_PARTS],
        "log": False,
        "log_switch": False,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
        "parts": True,
    },
    "lr": {
        "title": "chart.lr",
        "help": "chart.lr.help",
        "traces": [PLANNED_RATE, USED_RATE],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
        "marks": "named",
    },
    "grad_norm": {
        "title": "chart.grad_norm",
        "help": "chart.grad_norm.help",
        "traces": [_by_layer("grad_norm"), CLIPPED_BY_LAYER],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
    },
    "clipping": {
        "title": "chart.clipping",
        "help": "chart.clipping.help",
        "traces": [NORM_BEFORE, NORM_AFTER, NORM_LIMIT],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
        "clipping": True,
    },
    "clipped_share": {
        "title": "chart.clipped_share",
        "help": "chart.clipped_share.help",
        "traces": [CLIPPED_SHARE],
        "log": False,
        "log_switch": False,
        "tickformat": ".0%",
        "hoverformat": ".0%",
        "from_zero": True,
        "clipping": True,
    },
    "update_ratio": {
        "title": "chart.update_ratio",
        "help": "chart.update_ratio.help",
        "traces": [_by_layer("update_ratio")],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
    },
}


def page_specs() -> dict[str, Any]:
    """Everything that the page needs to draw the charts, JSON-able."""
    return {
        "charts": CHARTS,
        "max_points": MAX_POINTS,
        "viridis": VIRIDIS,
        "ramp": {"light": RAMP_LIGHT, "dark": RAMP_DARK},
    }
