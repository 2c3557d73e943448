"""The live charts as plain dicts: which columns of a history each trace reads, axes, colours as tokens.

The page draws them in its own theme and language (`components/live_chart.js`). In a notebook,
`plotly.graph_objects.Figure(figure("loss", history))` draws the same figure from the same columns.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict

from .words import TEXT


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


WORDS = TEXT
SMOOTHING = 0.9  # share of the past in the smoothed training curves
SAMPLED_SMOOTHING = 0.6  # the same for what is measured every few steps only
MAX_POINTS = 4000  # a trace with more points is thinned in the page, keeping its peaks
LIGHT = {"train": "#2f6fd6", "val": "#dd7a2c", "lr": "#2f9e6e", "ink": "#1d2330"}
RAMP_LIGHT = (0.0, 0.72)  # the part of viridis that stays legible on white, first layer to last
RAMP_DARK = (0.3, 0.98)  # and on a dark ground
VIRIDIS = (
    (68, 1, 84), (72, 40, 120), (62, 74, 137), (49, 104, 142), (38, 130, 142),
    (31, 158, 137), (53, 183, 121), (109, 205, 89), (180, 222, 44), (253, 231, 37),
)  # fmt: skip


CHARTS: dict[str, ChartSpec] = {
    "loss": {
        "title": "chart.loss",
        "help": "chart.loss.help",
        "traces": [
            {
                "name": "chart.batch",
                "table": "steps",
                "y": "train_loss",
                "colour": "train",
                "width": 1,
                "opacity": 0.3,
            },
            {
                "name": "chart.train",
                "table": "steps",
                "y": "train_loss",
                "colour": "train",
                "width": 2,
                "smoothing": SMOOTHING,
            },
            {
                "name": "chart.validation",
                "table": "epochs",
                "y": "val_loss",
                "colour": "val",
                "width": 2.2,
                "markers": True,
            },
        ],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
    },
    "accuracy": {
        "title": "chart.accuracy",
        "help": "chart.accuracy.help",
        "traces": [
            {
                "name": "chart.train",
                "table": "layers",
                "y": "train_accuracy",
                "colour": "train",
                "width": 2,
                "smoothing": SAMPLED_SMOOTHING,
            },
            {
                "name": "chart.validation",
                "table": "epochs",
                "y": "val_accuracy",
                "colour": "val",
                "width": 2.2,
                "markers": True,
            },
        ],
        "log": False,
        "log_switch": False,
        "tickformat": ".0%",
        "hoverformat": ".1%",
        "from_zero": False,
    },
    "mae": {
        "title": "chart.mae",
        "help": "chart.mae.help",
        "traces": [
            {
                "name": "chart.train",
                "table": "layers",
                "y": "train_mae",
                "colour": "train",
                "width": 2,
                "smoothing": SAMPLED_SMOOTHING,
            },
            {
                "name": "chart.validation",
                "table": "epochs",
                "y": "val_mae",
                "colour": "val",
                "width": 2.2,
                "markers": True,
            },
        ],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
    },
    "r2": {
        "title": "chart.r2",
        "help": "chart.r2.help",
        "traces": [
            {
                "name": "chart.validation",
                "table": "epochs",
                "y": "val_r2",
                "colour": "val",
                "width": 2.2,
                "markers": True,
            },
        ],
        "log": False,
        "log_switch": False,
        "tickformat": ".2f",
        "hoverformat": ".4~g",
        "from_zero": False,
    },
    "loss_parts": {
        "title": "chart.loss_parts",
        "help": "chart.loss_parts.help",
        "traces": [
            {
                "name": "chart.layer",
                "table": "layers",
                "y": "loss_parts",
                "colour": "ramp",
                "width": 1.8,
                "per_part": True,
            }
        ],
        "log": False,
        "log_switch": False,
        "tickformat": "~g",
        "hoverformat": ".4~g",
        "from_zero": True,
    },
    "lr": {
        "title": "chart.lr",
        "help": "chart.lr.help",
        "traces": [
            {
                "name": "chart.planned",
                "table": "plan",
                "y": "lr",
                "colour": "lr",
                "width": 1.4,
                "dash": "dash",
            },
            {"name": "chart.real", "table": "steps", "y": "lr", "colour": "lr", "width": 2.2},
        ],
        "log": False,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
    },
    "grad_norm": {
        "title": "chart.grad_norm",
        "help": "chart.grad_norm.help",
        "traces": [
            {
                "name": "chart.layer",
                "table": "layers",
                "y": "grad_norm",
                "colour": "ramp",
                "width": 1.6,
                "per_layer": True,
            }
        ],
        "log": True,
        "log_switch": True,
        "tickformat": "~g",
        "hoverformat": ".3~g",
        "from_zero": True,
    },
    "clipping": {
        "title": "chart.clipping",
        "help": "chart.clipping.help",
        "traces": [
            {
                "name": "chart.clip_before",
                "table": "layers",
                "y": "total_norm",
                "colour": "train",
                "width": 1.8,
            },
            {
                "name": "chart.clip_after",
                "table": "layers",
                "y": "clipped_norm",
                "colour": "val",
                "width": 1.8,
            },
            {
                "name": "chart.clip_limit",
                "table": "layers",
                "y": "clip_limit",
                "colour": "ink",
                "width": 1.2,
                "dash": "dash",
            },
        ],
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
        "traces": [
            {
                "name": "chart.clipped",
                "table": "layers",
                "y": "clipped_share",
                "colour": "train",
                "width": 1.8,
            }
        ],
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
        "traces": [
            {
                "name": "chart.layer",
                "table": "layers",
                "y": "update_ratio",
                "colour": "ramp",
                "width": 1.6,
                "per_layer": True,
            }
        ],
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


def smooth(values: Sequence[float | None], weight: float) -> list[float | None]:
    """Exponential moving average without the pull towards zero at the start. None and NaN stay gaps."""
    mean, norm = 0.0, 0.0
    out: list[float | None] = []
    for value in values:
        if value is None or not math.isfinite(value):
            out.append(None)
            continue
        mean = weight * mean + (1 - weight) * value
        norm = weight * norm + (1 - weight)
        out.append(mean / norm)
    return out


def ramp(n: int, span: tuple[float, float] = RAMP_LIGHT) -> list[str]:
    """n colours, dark to bright, for layers from first to last."""
    return [_viridis(span[0] + (span[1] - span[0]) * (k / max(1, n - 1))) for k in range(n)]


def figure(name: str, history: Mapping[str, Any]) -> dict[str, Any]:
    """The chart `name` of a history (columns as the page's stream sends them), as a Plotly figure in a dict.

    Raises: KeyError where there is no such chart; `CHARTS` names them all.
    """
    spec = CHARTS[name]
    data = [trace for wanted in spec["traces"] for trace in _traces(wanted, history, spec)]
    return {
        "data": data,
        "layout": {
            "title": {"text": WORDS[spec["title"]][0]},
            "xaxis": {"title": {"text": WORDS["chart.step"][0]}},
            "yaxis": {
                "type": "log" if spec["log"] else "linear",
                "rangemode": "tozero" if spec["from_zero"] else "normal",
                "tickformat": spec["tickformat"],
                "hoverformat": spec["hoverformat"],
            },
            "template": "plotly_white",
            "hovermode": "closest",
        },
    }


def _traces(wanted: TraceSpec, history: Mapping[str, Any], spec: ChartSpec) -> list[dict[str, Any]]:
    table = history.get(wanted["table"])
    if not table:
        return []
    if wanted["y"] not in table:
        return []
    if not (wanted.get("per_layer") or wanted.get("per_part")):
        return [
            _line(
                wanted,
                WORDS[wanted["name"]][0],
                LIGHT[wanted["colour"]],
                table["step"],
                table[wanted["y"]],
            )
        ]
    names = history.get("part_names" if wanted.get("per_part") else "layer_names") or []
    return [
        _line(wanted, layer, colour, table["step"], [row[k] for row in table[wanted["y"]]])
        for k, (layer, colour) in enumerate(zip(names, ramp(len(names)), strict=True))
    ]


def _line(
    wanted: TraceSpec, name: str, colour: str, step: Sequence[int], values: Sequence[float | None]
) -> dict[str, Any]:
    smoothing = wanted.get("smoothing", 0)
    return {
        "type": "scatter",
        "mode": "lines+markers" if wanted.get("markers") else "lines",
        "name": name,
        "x": list(step),
        "y": smooth(values, smoothing) if smoothing else list(values),
        "opacity": wanted.get("opacity", 1),
        "line": {"color": colour, "width": wanted["width"], "dash": wanted.get("dash", "solid")},
    }


def _viridis(t: float) -> str:
    position = min(max(t, 0.0), 1.0) * (len(VIRIDIS) - 1)
    low = min(int(position), len(VIRIDIS) - 2)
    mixed = (
        a + (b - a) * (position - low) for a, b in zip(VIRIDIS[low], VIRIDIS[low + 1], strict=True)
    )
    return "rgb({}, {}, {})".format(*(round(channel) for channel in mixed))
