"""The live charts as plain data: their words, which columns of a history each trace reads, axes, colours as tokens.

The page draws them in its own theme and language; the Train tab shows all of them, in the order of `CHARTS`.
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
    """A chart: its words in English and Chinese, its traces, its y axis."""

    title: tuple[str, str]
    help: tuple[str, str]
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
        "title": ("Loss", "损失"),
        "help": ("how wrong the network is; lower is better", "网络的错误程度，越低越好"),
        "traces": [LOSS_OF_A_BATCH, SMOOTHED_LOSS, _validated("val_loss")],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
        "marks": "lines",
    },
    "accuracy": {
        "title": ("Accuracy", "准确率"),
        "help": ("share of correct answers", "回答正确的比例"),
        "traces": [_sampled("train_accuracy"), _validated("val_accuracy")],
        "log": False,
        "log_switch": False,
        "tickformat": ".0%",
        "hoverformat": ".1%",
        "from_zero": False,
        "metric": "accuracy",
    },
    "mae": {
        "title": ("Mean absolute error", "平均绝对误差"),
        "help": (
            "how far off the predictions are, in the unit of the target",
            "预测的平均偏差，以目标的单位计",
        ),
        "traces": [_sampled("train_mae"), _validated("val_mae")],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
        "metric": "mae",
    },
    "r2": {
        "title": ("R² score", "R² 决定系数"),
        "help": (
            "share of the variance that is explained; 1 is perfect",
            "所解释的方差比例，1 为完美",
        ),
        "traces": [_validated("val_r2")],
        "log": False,
        "log_switch": False,
        "tickformat": ".2f",
        "hoverformat": ".4~g",
        "from_zero": False,
        "metric": "r2",
    },
    "loss_parts": {
        "title": ("Weights of the two losses", "两项损失的权重"),
        "help": ("learned during training, one per task", "训练中学到的权重，每个任务一个"),
        "traces": [LOSS_PARTS],
        "log": False,
        "log_switch": False,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
        "parts": True,
    },
    "lr": {
        "title": ("Learning rate", "学习率"),
        "help": ("as planned and as used", "计划值与实际值"),
        "traces": [PLANNED_RATE, USED_RATE],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
        "marks": "named",
    },
    "grad_norm": {
        "title": ("Gradient norm by layer", "各层梯度范数"),
        "help": ("before clipping, one line a layer", "裁剪之前，每层一条曲线"),
        "traces": [_by_layer("grad_norm"), CLIPPED_BY_LAYER],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
    },
    "clipping": {
        "title": ("Gradient clipping", "梯度裁剪"),
        "help": (
            "the whole gradient before and after; dashed: the limit",
            "整个梯度裁剪前后的范数，虚线为上限",
        ),
        "traces": [NORM_BEFORE, NORM_AFTER, NORM_LIMIT],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
        "clipping": True,
    },
    "clipped_share": {
        "title": ("Share of clipped steps", "被裁剪的步数比例"),
        "help": (
            "of those since the last measurement",
            "自上次测量以来，梯度被裁剪的步数所占比例",
        ),
        "traces": [CLIPPED_SHARE],
        "log": False,
        "log_switch": False,
        "tickformat": ".0%",
        "hoverformat": ".0%",
        "from_zero": True,
        "clipping": True,
    },
    "update_ratio": {
        "title": ("Update / weight by layer", "各层更新量 / 权重"),
        "help": ("about 0.001 is typical", "通常约为 0.001"),
        "traces": [_by_layer("update_ratio")],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
    },
}


def chart_words() -> dict[str, tuple[str, str]]:
    """Titles and helps of all charts, by the keys that the page knows them by."""
    texts = {}
    for name, chart in CHARTS.items():
        texts[f"chart.{name}"] = chart["title"]
        texts[f"chart.{name}.help"] = chart["help"]
    return texts


def page_specs() -> dict[str, Any]:
    """Everything that the page needs to draw the charts, JSON-able."""
    charts = {}
    for name, chart in CHARTS.items():
        charts[name] = {**chart, "title": f"chart.{name}", "help": f"chart.{name}.help"}
    return {
        "charts": charts,
        "max_points": MAX_POINTS,
        "viridis": VIRIDIS,
        "ramp": {"light": RAMP_LIGHT, "dark": RAMP_DARK},
    }
