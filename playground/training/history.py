"""What a run measured: tables of numbers with a cursor each, in bounded memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np

from ..catalogues.baselines import Baseline
from .measurements import MEASUREMENTS

CAPACITY = 8_192  # rows kept of a table; past that it is thinned to half
WIDE_CAPACITY = 2_048  # the same for tables with a number for every layer
WIRE_ROWS = 400  # rows of one table sent at once
FIRST_ROWS = 4_000  # rows sent at first, to a page that has none yet
FIRST_NUMBERS = 40_000  # numbers sent at first of one table: wide ones get fewer rows
MOST_EVENTS = 2_000
LARGEST_MARK = 2**53  # the largest whole number that the page's JavaScript has exactly
Columns = dict[str, int | None]  # width of a column by its name; None: one number a row
STEP_COLUMNS: Columns = dict.fromkeys(("step", "train_loss", "lr"))


def thin_rows(step: np.ndarray, key: np.ndarray, rows: int) -> np.ndarray:
    """Which rows to keep: of equal stretches of steps the lowest and the highest, so that spikes stay.

    In: steps (N,) ascending, values (N,). Out: ascending positions, at most `rows`, the last one always among them.
    """
    n = len(step)
    if n <= rows:
        return np.arange(n)
    # Two rows a stretch, and one place for the last row of all.
    n_stretches = max(1, (rows - 1) // 2)
    since_first = step - step[0]
    span = max(1.0, float(since_first[-1] + 1))
    stretch = (since_first * (n_stretches / span)).astype(np.int64)
    # NaN counts as the highest: a chart must not lose the step where a run broke.
    value = np.where(np.isfinite(key), key, np.inf)
    # Sorted by stretch, then by value: so the lowest is the first of its stretch, the highest the last.
    order = np.lexsort((value, stretch))
    first = np.flatnonzero(np.diff(stretch[order], prepend=-1))
    last = np.append(first[1:] - 1, n - 1)
    lowest, highest, newest = order[first], order[last], [n - 1]
    return np.unique(np.concatenate((lowest, highest, newest)))


class Table:
    """Rows of numbers by step. Columns may be vectors: (rows, width)."""

    def __init__(self, columns: Mapping[str, int | None], key: str, capacity: int = CAPACITY):
        self._columns: dict[str, np.ndarray] = {}
        for name, width in columns.items():
            shape = (capacity,) if width is None else (capacity, width)
            # Not filled with anything: rows that were never written take no memory, and no time of a start.
            self._columns[name] = np.empty(shape)
        self._key = key
        self.capacity = capacity
        self._n = 0

    def __len__(self) -> int:
        return self._n

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._columns)

    @property
    def first_rows(self) -> int:
        """Rows for a reader that has none yet."""
        width = sum(column[0].size for column in self._columns.values())
        return min(FIRST_ROWS, FIRST_NUMBERS // width)

    def column(self, name: str) -> np.ndarray:
        """A copy of a column: (rows,) or (rows, width)."""
        return self._columns[name][: self._n].copy()

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds rows in order of their step."""
        for row in rows:
            if self._n == self.capacity:
                self._thin()
            for name, column in self._columns.items():
                column[self._n] = row[name]
            self._n += 1

    def state_dict(self) -> dict[str, np.ndarray]:
        """Every column, as it stands after thinning."""
        return {name: self.column(name) for name in self._columns}

    def load_state_dict(self, state: Mapping[str, np.ndarray]) -> None:
        """Raises: KeyError, ValueError where the columns are others."""
        n = len(state["step"])
        is_ragged = any(len(state[name]) != n for name in self._columns)
        if n > self.capacity or is_ragged:
            raise ValueError("the columns of the history do not fit each other")
        for name, column in self._columns.items():
            column[:n] = state[name]
        self._n = n

    def since(self, step: float, limit: int = CAPACITY) -> dict[str, np.ndarray]:
        """Rows after `step`, thinned to `limit`."""
        all_steps = self._columns["step"][: self._n]
        start = int(np.searchsorted(all_steps, step, side="right"))
        steps = all_steps[start:]
        key = self._columns[self._key][start : self._n]
        chosen = start + thin_rows(steps, key, limit)
        return {name: column[chosen] for name, column in self._columns.items()}

    def _thin(self) -> None:
        """Halves the older three quarters; the newest stay whole, so that a page that keeps up misses none."""
        n_older = self._n - self.capacity // 4
        steps = self._columns["step"][:n_older]
        key = self._columns[self._key][:n_older]
        kept_older = thin_rows(steps, key, n_older // 2)
        newer = np.arange(n_older, self._n)
        kept_rows = np.append(kept_older, newer)
        n_kept = len(kept_rows)
        for column in self._columns.values():
            column[:n_kept] = column[kept_rows]
        self._n = n_kept


@dataclass(frozen=True)
class EventRecord:
    """What a person did to the run: `kind` is one of `LIVE_SETTINGS`, `value` the new one (NaN: none)."""

    step: int
    kind: str
    value: float


class History:
    """The tables of one run, appended to by its worker alone and read by anybody.

    steps (every step): step, train_loss, lr.
    layers (every few steps): step; train_<metric> of the batch; one value a layer of `layer_names`: all of
    `MEASUREMENTS`, and clipped_grad_norm (after clipping) in runs that clip; total_norm, clipped_norm, clipped_share
    and clip_limit in those runs, of the whole gradient; loss_parts, one value a part of `part_names`.
    epochs: epoch, step, train_loss (mean over the samples), val_loss, val_<metric>, lr, and the measured times
    seconds, samples_per_s.
    Equal experiments have equal tables, but for the times.
    """

    TIMES = frozenset({"seconds", "samples_per_s"})

    def __init__(
        self,
        layer_names: Sequence[str] = (),
        metrics: Sequence[str] = ("accuracy",),
        part_names: Sequence[str] = (),
        sampled: Sequence[str] = (),
        by_layer: Sequence[str] = (),
    ):
        """In: `sampled` and `by_layer`, more columns of the layers' table, with one number a row or one a layer."""
        self.layer_names = tuple(layer_names)
        self.metrics = tuple(metrics)
        self.part_names = tuple(part_names)
        layers = self._layer_columns(sampled, by_layer)
        self._tables = {
            "steps": Table(STEP_COLUMNS, "train_loss"),
            "layers": Table(layers, f"train_{metrics[0]}", WIDE_CAPACITY),
            "epochs": Table(self._epoch_columns(), "val_loss"),
        }
        # What its scores are to be compared with; worked out with the first of them.
        self.baselines: tuple[Baseline, ...] | None = None
        self._events: list[EventRecord] = []
        self._lock = Lock()

    def _layer_columns(self, sampled: Sequence[str], by_layer: Sequence[str]) -> Columns:
        columns: Columns = {"step": None}
        n_layers = len(self.layer_names)
        for name in self.metrics:
            columns[f"train_{name}"] = None
        for name in (*MEASUREMENTS, *by_layer):
            columns[name] = n_layers
        for name in sampled:
            columns[name] = None
        if self.part_names:
            columns["loss_parts"] = len(self.part_names)
        return columns

    def _epoch_columns(self) -> Columns:
        scores = [f"val_{name}" for name in self.metrics]
        names = ["epoch", "step", "train_loss", "val_loss", *scores, "lr"]
        names += ["seconds", "samples_per_s"]
        return dict.fromkeys(names)

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds rows to a table: all of them become visible at once."""
        with self._lock:
            self._tables[table].append(rows)

    def last_value(self, kind: str) -> float | None:
        """What the last event of a kind says; None where there was none."""
        with self._lock:
            for event in reversed(self._events):
                if event.kind == kind:
                    return event.value
        return None

    def append_event(self, event: EventRecord) -> None:
        """Adds what a person did; the first few thousand of it."""
        with self._lock:
            if len(self._events) < MOST_EVENTS:
                self._events.append(event)

    def capacity(self, table: str) -> int:
        """Rows that a table can have."""
        return self._tables[table].capacity

    def column(self, table: str, name: str) -> np.ndarray:
        """A copy of a column."""
        with self._lock:
            return self._tables[table].column(name)

    def table(self, name: str) -> dict[str, np.ndarray]:
        """A copy of a whole table."""
        with self._lock:
            return self._tables[name].state_dict()

    @property
    def events(self) -> tuple[EventRecord, ...]:
        return tuple(self._events)

    def since(self, cursor: str = "", limit: int = WIRE_ROWS) -> tuple[dict[str, Any], str]:
        """What is new since `cursor` ("" for all), and the cursor for the next call.

        At most `limit` rows of a table; more of one of which nothing was seen yet: a reloaded page looks as before.
        A cursor names the last step seen of each table and the events seen; an unreadable one counts as "".
        """
        *marks, n_events_seen = _marks(cursor, len(self._tables) + 1)
        news: dict[str, Any] = {}
        with self._lock:
            for i, (name, table) in enumerate(self._tables.items()):
                most_rows = limit
                if marks[i] < 0:
                    most_rows = max(limit, table.first_rows)
                columns = table.since(marks[i], most_rows)
                if len(columns["step"]):
                    marks[i] = int(columns["step"][-1])
                    news[name] = columns
            events = self._events[max(0, n_events_seen) :]
            n_events_seen = len(self._events)
        if events:
            news["events"] = events
        new_cursor = ".".join(map(str, [*marks, n_events_seen]))
        return news, new_cursor

    def state_dict(self) -> dict[str, Any]:
        """All tables and events, for a checkpoint."""
        with self._lock:
            tables = {name: table.state_dict() for name, table in self._tables.items()}
            events = [(event.step, event.kind, event.value) for event in self._events]
            return {"tables": tables, "events": events}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Raises: KeyError, ValueError, TypeError where it is the history of another network."""
        with self._lock:
            for name, table in self._tables.items():
                table.load_state_dict(state["tables"][name])
            events = []
            for step, kind, value in state["events"]:
                events.append(EventRecord(int(step), str(kind), float(value)))
            self._events = events

    def equals(self, other: "History") -> bool:
        """Whether both measured the same, bit for bit; times do not count."""
        for table in self._tables:
            for name, column in self.table(table).items():
                if name in self.TIMES:
                    continue
                if not np.array_equal(column, other.column(table, name), equal_nan=True):
                    return False
        return True


def _marks(cursor: str, n: int) -> list[int]:
    """The numbers of a cursor: the last step seen of each table, −1 where none was, and the events seen."""
    try:
        marks = [min(max(int(part), -1), LARGEST_MARK) for part in cursor.split(".")]
    except ValueError:
        marks = []
    if len(marks) == n:
        return marks
    return [-1] * (n - 1) + [0]
