"""Series in a person's own file: read as it is understood, and by the script to the same bits."""

import inspect
import math
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.series.own import OwnSeries
from playground.faults import ExperimentError

WAVE = [round(100 + 10 * math.sin(i * math.pi / 6) + 0.3 * i, 2) for i in range(120)]
NAN = float("nan")


def months(n: int) -> list[date]:
    """The first days of n months from January 1990 on."""
    return [date(1990 + i // 12, i % 12 + 1, 1) for i in range(n)]


def days(n: int) -> list[date]:
    """n days from the first of January 2024 on."""
    return [date(2024, 1, 1) + timedelta(days=i) for i in range(n)]


def table(*rows: Any, sep: str = ",") -> str:
    """Rows as lines."""
    return "\n".join(sep.join(map(str, row)) for row in rows) + "\n"


def own(text: str | bytes, *choices: str, **options: Any) -> OwnSeries:
    """The data set of a file, with short windows."""
    content = text if isinstance(text, bytes) else text.encode()
    file = uploads.put(content, "own" if "own" in uploads.KINDS else "series", "mine.csv")
    settings = {"window": 8, "horizon": 2, **options}
    data = DATASETS["own_series"](file=file, choices=list(choices), **settings)
    assert isinstance(data, OwnSeries)
    return data


def executed(data: OwnSeries, content: bytes, folder: Path) -> dict[str, Any]:
    """The names that the script's lines set."""
    path = folder / "mine.csv"
    path.write_bytes(content)
    lines, functions = data.source()
    names: dict[str, Any] = {"np": np, "DATA_FILE": str(path)}
    for function in (*functions, data.divided_by().function):
        exec(inspect.getsource(function), names)
    exec(lines, names)
    return names


def monthly(order: Callable[[list[Any]], list[Any]] = list) -> str:
    rows = order(list(zip(months(120), WAVE, strict=True)))
    return table(["month", "level"], *rows)


def shuffled(rows: list[Any]) -> list[Any]:
    return random.Random(0).sample(rows, len(rows))


def backwards(rows: list[Any]) -> list[Any]:
    return rows[::-1]


@pytest.mark.parametrize("order", [list, backwards, shuffled])
def test_whatever_the_order_of_the_rows_the_series_runs_from_the_past_to_the_future(
    order: Callable[[list[Any]], list[Any]],
) -> None:
    data = own(monthly(order))
    assert data.values().tolist() == WAVE
    assert data.times()[0] == "1990-01-01" and data.times()[-1] == "1999-12-01"
    assert data.preview()["time"]["step"] == "month"  # type: ignore[index]


def grouped(n: int = 40) -> str:
    """Three towns below each other, each with values of a size of its own."""
    rows = []
    for factor, town in ((1, "north"), (2, "south"), (3, "west")):
        for day, value in zip(months(n), WAVE, strict=False):
            rows.append([town, day, round(value * factor, 2), round(value / 2, 2)])
    return table(["town", "month", "price", "rain"], *rows)


def doubled() -> str:
    """The sixth day is there twice, the tenth three times."""
    rows = []
    for i, (day, value) in enumerate(zip(days(60), WAVE, strict=False)):
        copies = {5: 2, 9: 3}.get(i, 1)
        rows += [[day, value + copy] for copy in range(copies)]
    return table(["day", "level"], *rows)


def with_gaps() -> str:
    rows = [[day, value] for day, value in zip(months(120), WAVE, strict=True)]
    return table(["month", "level"], *(row for i, row in enumerate(rows) if i not in (20, 50, 51)))


def hourly() -> str:
    rows = []
    for i, value in enumerate(WAVE):
        moment = datetime(2024, 1, 1) + timedelta(hours=i)
        rows.append([f"{moment:%d.%m.%Y}", f"{moment:%H:%M}", f"{value:.1f}".replace(".", ",")])
    return table(["Datum", "Uhrzeit", "Last"], *shuffled(rows), sep=";")


def in_parts() -> str:
    rows = [[day.year, day.month, value] for day, value in zip(months(120), WAVE, strict=True)]
    return table(["year", "month", "level"], *shuffled(rows))


def with_names_of_months() -> str:
    rows = [[day.year, f"{day:%B}", value] for day, value in zip(months(120), WAVE, strict=True)]
    return table(["year", "month", "level"], *shuffled(rows))


def in_quarters() -> str:
    rows = [[1990 + i // 4, i % 4 + 1, value] for i, value in enumerate(WAVE)]
    return table(["year", "quarter", "level"], *shuffled(rows))


def in_words() -> str:
    """Hours as American power markets write them: HE 1 ends at one o'clock."""
    rows = []
    for i, value in enumerate(WAVE):
        moment = datetime(2024, 1, 1) + timedelta(hours=i)
        rows.append([f"{moment:%Y-%m-%d}", f"HE {moment.hour + 1}", value])
    return table(["date", "hour ending", "load"], *shuffled(rows))


def thai_years(in_two_columns: bool) -> str:
    rows = []
    for day, value in zip(months(120), WAVE, strict=True):
        year = day.year + 543
        rows.append(
            [year, day.month, value] if in_two_columns else [f"1/{day.month}/{year}", value]
        )
    names = ["ปี", "เดือน", "level"] if in_two_columns else ["วันที่", "level"]
    return table(names, *shuffled(rows))


def with_zones() -> str:
    """Around the end of summer time: two o'clock is there twice, with different zones."""
    rows = []
    for i, value in enumerate(WAVE):
        moment = datetime(2024, 10, 25) + timedelta(hours=i)
        ahead = 2 if moment < datetime(2024, 10, 27, 1) else 1
        local = moment + timedelta(hours=ahead)
        rows.append([f"{local:%Y-%m-%dT%H:%M}+0{ahead}:00", value])
    return table(["time", "load"], *shuffled(rows))


def with_sentinels() -> str:
    rows = [
        [day, -200 if i % 17 == 3 else v]
        for i, (day, v) in enumerate(zip(days(120), WAVE, strict=True))
    ]
    return table(["day", "CO"], *rows)


def weeks() -> str:
    """A year and a week, in no order."""
    return table(
        ["Jahr", "KW", "x"], *shuffled([[2020 + i // 52, i % 52 + 1, WAVE[i]] for i in range(104)])
    )


def merged_years() -> str:
    """A year only beside its first month."""
    rows = [[1990 + i // 12 if i % 12 == 0 else "", i % 12 + 1, WAVE[i]] for i in range(120)]
    return table(["Year", "Month", "x"], *rows)


def years_among_quarters() -> str:
    rows: list[list[Any]] = []
    for i in range(80):
        rows.append([f"{1990 + i // 4}Q{i % 4 + 1}", WAVE[i]])
        if i % 4 == 3:
            rows.append([1990 + i // 4, 0])
    return table(["Period", "x"], *rows)


def twice_in_autumn() -> str:
    """Quarters of an hour around the end of summer time, without zones."""
    start = datetime(2021, 10, 30, 20)
    rows = []
    for i in range(100):
        local = start + timedelta(minutes=15 * i - 60 * (i >= 28))
        rows.append([local, WAVE[i]])
    return table(["time", "x"], *rows)


def months_across() -> str:
    rows = [[1990 + i, *WAVE[12 * i : 12 * i + 12]] for i in range(10)]
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return table(["Year", *names], *rows)


FILES: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "in order": (monthly(), ()),
    "newest first": (monthly(backwards), ()),
    "in no order": (monthly(shuffled), ()),
    "one of several": (grouped(), ("group=south", "value=price")),
    "each of several": (grouped(), ("group=*", "value=price")),
    "each of several, mixed": (
        "town,month,price,rain\n" + "\n".join(shuffled(grouped().splitlines()[1:])),
        ("group=*", "value=price"),
    ),
    "the mean of doubles": (doubled(), ()),
    "the first of doubles": (doubled(), ("doubled=first",)),
    "the last of doubles": (doubled(), ("doubled=last",)),
    "gaps as rows": (with_gaps(), ("gaps=as_rows",)),
    "gaps filled": (with_gaps(), ("gaps=fill",)),
    "date and hour apart, commas": (hourly(), ()),
    "year and month apart": (in_parts(), ()),
    "months by name": (with_names_of_months(), ()),
    "year and quarter": (in_quarters(), ()),
    "hours in words": (in_words(), ()),
    "Thai dates": (thai_years(False), ()),
    "Thai years and months": (thai_years(True), ()),
    "zones": (with_zones(), ()),
    "year and week": (weeks(), ()),
    "merged years": (merged_years(), ("gaps=fill",)),
    "years among quarters": (years_among_quarters(), ()),
    "an hour twice": (twice_in_autumn(), ("gaps=fill",)),
    "months across": (months_across(), ()),
    "turned round": (monthly(backwards).replace("-", "."), ("time=newest_first",)),
    "numbers for missing": (with_sentinels(), ("missing.CO=-200",)),
    "one column": ("level\n" + "\n".join(map(str, WAVE)), ()),
    "blank lines": ("level\n" + "\n".join(map(str, [*WAVE[:9], "", "", *WAVE[9:]])), ()),
    "no names": (table(*zip(months(120), WAVE, strict=True)), ()),
    "other letters": (monthly().replace("level", "Höhe").encode("utf-16"), ()),
}


@pytest.mark.parametrize(("text", "choices"), FILES.values(), ids=FILES)
def test_the_script_reads_the_same_bits(
    text: str | bytes, choices: tuple[str, ...], tmp_path: Path
) -> None:
    data = own(text, *choices)
    content = text if isinstance(text, bytes) else text.encode()
    names = executed(data, content, tmp_path)
    for ours, theirs in zip(data.raw(), (names["x"], names["y"]), strict=True):
        assert np.array_equal(ours, theirs) and ours.dtype == theirs.dtype and len(ours)
    ours = data.divided_by()
    theirs = eval(ours.code(), names)
    for part, of_script in zip(ours.build(names["y"]), theirs, strict=True):
        assert np.array_equal(part, of_script)


def test_one_of_several_series_is_used_until_each_is_wanted() -> None:
    first = own(grouped(), "value=price")
    assert first.values().tolist() == WAVE[:40]
    assert [doubt["code"] for doubt in first.understood()["doubts"]] == ["group"]
    south = own(grouped(), "value=price", "group=south")
    assert south.values().tolist() == [round(2 * value, 2) for value in WAVE[:40]]
    each = own(grouped(), "value=price", "group=*")
    assert [len(values) for values in each.series()] == [40, 40, 40]
    x, y = each.raw()
    assert len(x) == 3 * len(south.raw()[0]) == each.n_samples()
    assert np.array_equal(x[31:62], south.raw()[0]) and np.array_equal(y[31:62], south.raw()[1])


def test_no_window_crosses_the_border_between_two_series() -> None:
    each = own(grouped(), "value=price", "group=*", horizon=3)
    for start in each.starts():
        assert start % 40 + each.window + each.horizon <= 40


def test_inside_every_series_the_past_trains_and_the_future_judges() -> None:
    each = own(grouped(), "value=price", "group=*", validation=0.3)
    split = each.split()
    assert (len(split.train_index), len(split.val_index)) == each.counts()
    starts = each.starts()
    for first in (0, 40, 80):
        trained = starts[split.train_index] - first
        judged = starts[split.val_index] - first
        last_seen = trained[(trained >= 0) & (trained < 40)].max() + each.window + each.horizon - 1
        assert last_seen < judged[(judged >= 0) & (judged < 40)].min() + each.window


def test_a_series_too_short_for_both_parts_only_trains() -> None:
    text = grouped() + "".join(
        f"east,{day},{value},1\n" for day, value in zip(months(10), WAVE, strict=False)
    )
    each = own(text, "value=price", "group=*")
    assert [len(values) for values in each.series()] == [10, 40, 40, 40]
    train, held_out = each.parts()
    assert 0 in train and (each.starts()[held_out] >= 10).all()
    assert each.preview()["from"] == 10  # type: ignore[index]


def test_further_columns_are_seen_beside_the_one_that_is_forecast() -> None:
    data = own(grouped(), "group=north", column="price", inputs=["rain"])
    x, y = data.raw()
    assert data.input_shape == (8, 2) and x.shape[1:] == (8, 2) and y.shape[1:] == (2,)
    rain = [round(value / 2, 2) for value in WAVE[:8]]
    np.testing.assert_allclose(x[0, :, 1], rain, rtol=1e-6)
    np.testing.assert_allclose(x[0, :, 0], np.array(WAVE[:8]) - WAVE[7], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(y[0], np.array(WAVE[8:10]) - WAVE[7], rtol=1e-4)
    window = np.stack([WAVE[:8], rain], axis=1)
    np.testing.assert_allclose(data.encode([window])[0], x[0], rtol=1e-6)
    with pytest.raises(ValueError, match="takes 8 × 2 numbers"):
        data.encode([WAVE[:8]])


def test_the_script_reads_further_columns_of_each_series(tmp_path: Path) -> None:
    data = own(grouped(), "group=*", column="price", inputs=["rain"])
    names = executed(data, grouped().encode(), tmp_path)
    assert np.array_equal(names["x"], data.raw()[0]) and names["x"].shape[1:] == (8, 2)


def test_a_further_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ExperimentError, match=r"data.inputs.*“snow”.*price, rain"):
        own(grouped(), "group=north", inputs=["snow"]).raw()


def test_a_number_for_missing_is_one_until_its_owner_says_so() -> None:
    data = own(with_sentinels())
    assert data.values()[3] == -200
    (doubt,) = data.understood()["doubts"]
    assert doubt["code"] == "suspected_missing"
    settled = data.model_copy(update=data.settled(doubt["remedies"][0]["set"]))
    assert np.isnan(settled.values()[3]) and np.isnan(settled.values()).sum() == 7
    assert settled.understood()["doubts"] == []


def test_rows_of_one_time_become_one_as_their_owner_says() -> None:
    assert own(doubled()).values()[[5, 9]].tolist() == pytest.approx([WAVE[5] + 0.5, WAVE[9] + 1])
    assert own(doubled(), "doubled=first").values()[[5, 9]].tolist() == [WAVE[5], WAVE[9]]
    assert own(doubled(), "doubled=last").values()[[5, 9]].tolist() == [WAVE[5] + 1, WAVE[9] + 2]
    assert len(own(doubled()).values()) == 60


def test_steps_without_a_row_are_filled_in_as_missing_or_passed_over() -> None:
    passed_over = own(with_gaps())
    assert len(passed_over.values()) == 117
    told = passed_over.preview()["clock"]  # type: ignore[index]
    assert (told["missing"], told["gaps"], told["largest"]) == (3, 2, 2)
    filled = own(with_gaps(), "gaps=fill")
    assert np.flatnonzero(np.isnan(filled.values())).tolist() == [20, 50, 51]
    known = ~np.isnan(filled.values())
    assert filled.values()[known].tolist() == [WAVE[i] for i in range(120) if i not in (20, 50, 51)]
    assert filled.preview()["clock"]["missing"] == 0  # type: ignore[index]
    assert filled.understood()["values"]["steps"] == 120


@pytest.mark.parametrize(
    ("text", "season"), [(monthly(), 12), (doubled(), 7), (in_quarters(), 4), (hourly(), 24)]
)
def test_the_season_follows_from_the_step_until_another_is_set(text: str, season: int) -> None:
    assert own(text).season == season
    assert own(text, season_steps=6).season == 6
    assert own(text, season_steps=1).season == 0
    assert (
        "season" in own(text, horizon=2).naive()
        and "season" not in own(text, season_steps=1).naive()
    )


def test_naive_errors_of_several_series_are_their_mean() -> None:
    rows = [["a", day, i] for i, day in enumerate(months(40))]
    rows += [["b", day, 3 * i] for i, day in enumerate(months(40))]
    each = own(table(["name", "month", "level"], *rows), "group=*")
    # One step ahead a is off by 1 and b by 3, two steps ahead by twice as much; a season before both are 12 steps off.
    assert each.naive() == {"last": pytest.approx(3.0), "season": 24.0, "season_change": 0.0}


def test_old_settings_mean_what_they_meant() -> None:
    data = own(table(*zip(months(120), WAVE, strict=True)), first_row="data")
    assert data.lines() == ("names=none",) and data.values().tolist() == WAVE
    data = own(grouped(), "group=west", column="rain", first_row="names")
    assert data.lines() == ("group=west", "value=rain", "names=first_row")
    assert data.values().tolist() == [round(value / 2, 2) for value in WAVE[:40]]
    assert data.settled("value=price") == {"column": "price"}
    assert data.settled("names=none")["first_row"] == "auto"


def test_the_unit_of_the_column_is_the_unit_of_the_series() -> None:
    rows = [[day, f"{value} kg"] for day, value in zip(months(120), WAVE, strict=True)]
    data = own(table(["month", "weight"], *rows))
    assert data.unit == "kg" and data.values().tolist() == WAVE


def test_a_bad_choice_is_a_fault_at_its_place() -> None:
    data = own(monthly(), "gaps=often")
    fault = data.fault()
    assert fault is not None and fault.place == "data.choices"
    with pytest.raises(ExperimentError, match="no series called “east”"):
        own(grouped(), "group=east").raw()


def test_a_season_before_the_first_known_value_forecasts_nothing() -> None:
    values = [*[""] * 16, *range(30)]
    data = own(table(["month", "level"], *zip(months(46), values, strict=True)), validation=0.9)
    assert data.season == 12 and data.naive() == {"last": 1.5}
