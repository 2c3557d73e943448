"""What the lab about attention draws: the plane, the scores, the weights, one row worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from .parts import Array, Figure, Handle, Part, Picture, Say, Table

SMALLEST_EDGE = 3.0  # of the plane, above and below
WIDEST = 9  # pixels of the line to a key that has all the weight


@dataclass(frozen=True)
class View:
    """Scores and weights (T, S), (heads, T, S) or (S,), and the row that is looked at."""

    scores: torch.Tensor
    weights: torch.Tensor
    temperature: float
    query: int
    row_names: Sequence[str]
    column_names: Sequence[str]

    @property
    def row(self) -> int:
        """The row that is looked at, or the last one where there are fewer."""
        return min(self.query, len(self.row_names) - 1)

    @property
    def row_weights(self) -> torch.Tensor:
        """Of that row (S,), in the first head."""
        return self.weights.reshape(-1, *self.weights.shape[-1:])[self.row]

    @property
    def row_scores(self) -> torch.Tensor:
        return self.scores.reshape(-1, *self.scores.shape[-1:])[self.row]


def empty_rows(weights: torch.Tensor) -> list[int]:
    """Rows in which every key is hidden: their weights are NaN."""
    has_nan = weights.isnan().any(-1).reshape(-1)
    return has_nan.nonzero().flatten().tolist()


def plane(
    view: View,
    queries: Sequence[Sequence[float]],
    keys: Sequence[Sequence[float]],
    mixed: torch.Tensor,
) -> Figure:
    """Queries and keys as points that can be dragged; lines from the query that is looked at, as wide as weights."""
    traces = []
    start = queries[view.row]
    for key, weight in zip(keys, view.row_weights.nan_to_num().tolist(), strict=True):
        traces.append(
            {
                "x": [start[0], key[0]],
                "y": [start[1], key[1]],
                "color": "dim",
                "width": max(0.3, WIDEST * weight),
                "showlegend": False,
                "hoverinfo": "skip",
            }
        )
    traces += [
        _points(keys, view.column_names, "keys", "negative", "square"),
        _points(queries, view.row_names, "queries", "value", "circle"),
        _points(mixed.tolist(), view.row_names, "mixed", "gradient", "x")
        | {"textposition": "bottom center"},
    ]
    heights = [abs(point[1]) for point in [*queries, *keys]]
    edge = max(SMALLEST_EDGE, max(heights) + 0.4)
    side = {"range": [-edge, edge], "zeroline": True}
    return Figure(
        "plane",
        traces,
        layout={"xaxis": side, "yaxis": side | {"scaleanchor": "x"}},
        handles=[
            *_handles(queries, view.row_names, "queries", "value"),
            *_handles(keys, view.column_names, "keys", "negative"),
        ],
        title="plane",
        height=420,
    )


def _points(
    points: Sequence[Sequence[float]], names: Sequence[str], name: str, role: str, symbol: str
) -> dict[str, Any]:
    return {
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "mode": "markers+text",
        "text": list(names),
        "textposition": "top center",
        "name": name,
        "color": role,
        "size": 18,  # the handle lies upon it, and the name stands clear of both
        "symbol": symbol,
    }


def _handles(
    points: Sequence[Sequence[float]], names: Sequence[str], field: str, role: str
) -> list[Handle]:
    handles = []
    for index, (point, name) in enumerate(zip(points, names, strict=True)):
        x, y = point
        handles.append(Handle(x, y, field, field, index, name, whole=points, color=role))
    return handles


def small_picture(weights: torch.Tensor) -> Picture:
    """Weights as pixels, for the card."""
    return Picture("weights", weights)


def tables(view: View) -> list[Part]:
    """Scores, weights, and the softmax of one row worked out."""
    names: dict[str, Any] = {
        "row_names": view.row_names,
        "column_names": view.column_names,
        "digits": 2,
    }
    shape = view.weights.shape
    marks = _row_marks(view)
    parts: list[Part] = [
        Array("weights", view.weights, shape, "weights", colours="levels", marks=marks, **names),
        Array("scores", view.scores, shape, "scores", **names),
    ]
    empty = empty_rows(view.weights)
    if empty:
        rows = ", ".join(view.row_names[place % len(view.row_names)] for place in empty)
        parts.append(Say("empty", "empty", {"rows": rows}, "fault"))
    if view.row not in empty:
        parts.append(_most_looked_at(view))
    if view.weights.dim() < 3:
        parts.append(_worked_out(view))
    return parts


def _row_marks(view: View) -> list[tuple[list[int], str]]:
    """The cells of the row that is looked at."""
    # With heads, the row of the first one; a single row of scores has no axis before its columns.
    before = [0, view.row][3 - view.weights.dim() :]
    marks = []
    for column in range(len(view.column_names)):
        marks.append(([*before, column], "window"))
    return marks


def _most_looked_at(view: View) -> Say:
    place = int(view.row_weights.argmax())
    values = {
        "row": view.row_names[view.row],
        "key": view.column_names[place],
        "share": f"{view.row_weights[place].item():.0%}",
    }
    return Say("most", "most", values)


def _worked_out(view: View) -> Table:
    """The softmax of the row: exponentials of the scores, divided by their sum."""
    weights = view.row_weights
    is_hidden = (weights == 0) | weights.isnan()
    scaled = view.row_scores / view.temperature
    # As torch does it: the largest score is taken away first, so that no exponential overflows.
    largest = scaled.masked_fill(is_hidden, float("-inf")).max()
    powers = (scaled - largest).exp().masked_fill(is_hidden, 0)
    rows = []
    columns = zip(view.column_names, view.row_scores, powers, weights, strict=True)
    for name, score, power, weight in columns:
        rows.append([name, _short(score), _short(power), _short(weight)])
    rows.append(["Σ", "", _short(powers.sum()), _short(weights.sum())])
    return Table("row", ["key", "score", "power", "weight"], rows, title="row")


def _short(number: torch.Tensor) -> float:
    """Four digits, for a table."""
    return float(f"{number.item():.4g}")


def places_figure(places: torch.Tensor, names: Sequence[str]) -> Figure:
    """The vectors that tell places, quick waves on the left."""
    trace = {
        "type": "heatmap",
        "z": places,
        "y": list(names),
        "colours": "values",
        "hoverongaps": False,
    }
    layout = {"yaxis": {"autorange": "reversed"}}
    return Figure("places", [trace], "feature", layout=layout, title="places", height=260)


def said_twice(view: View, words: Sequence[str]) -> list[Say]:
    """How far apart the rows of a word are that is there twice; nothing where all words differ."""
    for second, word in enumerate(words):
        first = words.index(word)
        if first < second:
            rows = view.weights[..., [first, second], :]
            difference = (rows[..., 0, :] - rows[..., 1, :]).abs().max().item()
            values = {"word": word, "first": first + 1, "second": second + 1}
            values["difference"] = f"{difference:.2g}"
            return [Say("twice", "twice", values)]
    return []
