"""Time series: windows worked out by hand, and nothing known before its time."""

import inspect
from typing import Any

import numpy as np
import pytest
import torch

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.base import FOLDER
from playground.catalogues.datasets.series import Series
from playground.catalogues.datasets.series import base as series_base
from playground.catalogues.datasets.series.windows import window_starts, windows
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.questions.predictions import Fit, Predict, ShowSample
from playground.questions.sample import Sample
from playground.questions.series import NextValues
from playground.results import FinishedRun
from playground.training.trainer import Trainer

BUNDLED = [DATASETS[name] for name in ("co2", "sea_temperature")]
each_series = pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.id)
NAN = float("nan")


def test_windows_by_hand():
    x, y = windows(np.arange(6.0), 3, 2, False)
    assert x[:, :, 0].tolist() == [[0, 1, 2], [1, 2, 3]] and x.shape == (2, 3, 1)
    assert y.tolist() == [[3, 4], [4, 5]]
    x, y = windows(np.arange(6.0), 3, 2, True)
    assert x[:, :, 0].tolist() == [[-2, -1, 0], [-2, -1, 0]] and y.tolist() == [[1, 2], [1, 2]]
    assert x.dtype == y.dtype == np.float32


def test_a_missing_step_is_the_last_known_one_and_never_a_target():
    values = np.array([1, NAN, NAN, 4, 5, NAN, 7.0])
    x, y = windows(values, 2, 1, False)
    assert x[:, :, 0].tolist() == [[1, 1], [1, 4], [5, 5]]
    assert y.tolist() == [[4], [5], [7]]
    assert window_starts(values, 2, 1).tolist() == [1, 2, 4]


def test_before_the_first_value_there_is_nothing_to_fill_with():
    values = np.array([NAN, NAN, 3, 4, 5, 6.0])
    x, y = windows(values, 2, 1, False)
    assert x[:, :, 0].tolist() == [[3, 4], [4, 5]] and y.tolist() == [[5], [6]]
    assert window_starts(values, 2, 1).tolist() == [2, 3]


@each_series
@pytest.mark.parametrize("horizon", [1, 6])
def test_the_past_trains_and_the_future_judges(entry: type[Series], horizon: int):
    data = entry(horizon=horizon)
    starts = data.starts()
    train, held_out = data.divide(np.empty(len(starts)))
    last_trained = starts[train] + data.window + horizon - 1
    first_judged = starts[held_out] + data.window
    assert last_trained.max() < first_judged.min()
    assert (len(train), len(held_out)) == data.counts()
    assert len(starts) == len(data.raw()[0]) == data.n_samples()


@each_series
def test_scaling_knows_the_training_part_only(entry: type[Series], monkeypatch: pytest.MonkeyPatch):
    data = entry(validation=0.3)
    split = data.split()
    values = data.values().copy()
    until = data.starts()[split.train_index[-1]] + data.window + data.horizon
    values[until:] *= 100

    class Changed(entry):  # type: ignore[valid-type, misc]
        def values(self) -> np.ndarray:
            return values

    x, y = Changed(validation=0.3).raw()
    assert np.array_equal(x[split.train_index], data.raw()[0][split.train_index])
    np.testing.assert_allclose(
        split.mean.ravel(), x[split.train_index].mean(axis=(0, 1), dtype=np.float64), atol=1e-4
    )
    np.testing.assert_allclose(
        split.target_mean, y[split.train_index].mean(axis=0, dtype=np.float64), atol=1e-4
    )
    np.testing.assert_allclose(
        split.target_std, y[split.train_index].std(axis=0, dtype=np.float64), rtol=1e-4
    )


def test_the_weeks_over_mauna_loa():
    values = DATASETS["co2"]().values()
    assert len(values) == 2_284 and int(np.isnan(values).sum()) == 59
    assert values[0] == 316.1 and values[-1] == 371.5
    assert DATASETS["co2"]().times()[0] == "1958-03-29"


def test_the_months_off_peru():
    data = DATASETS["sea_temperature"]()
    values = data.values().reshape(-1, 12)
    assert values.shape == (61, 12) and values[0, 0] == 23.11
    assert data.times()[:2] == ["1950-01", "1950-02"]
    assert values.mean(0).argmax() in (1, 2, 3) and values.mean(0).argmin() in (
        7,
        8,
        9,
    )  # the southern summer


def test_naive_errors_by_hand():
    class Ramp(Series):
        """A straight line. Out: x (N, window, 1), y (N, horizon)."""

        id, label, season = "ramp", "Ramp", 4

        def values(self) -> np.ndarray:
            return np.arange(100.0)

        def times(self) -> list[str]:
            return [str(i) for i in range(100)]

    naive = Ramp(window=8, horizon=2).naive()
    assert naive == {"last": 1.5, "season": 4.0, "season_change": 0.0}


@each_series
def test_the_scripts_line_gives_the_same_numbers(
    entry: type[Series], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(FOLDER)
    data = entry()
    line, functions = data.source()
    names: dict[str, Any] = {"np": np}
    for function in functions:
        exec(inspect.getsource(function), names)
    exec(line, names)
    for ours, theirs in zip(data.raw(), (names["x"], names["y"]), strict=True):
        assert np.array_equal(ours, theirs) and ours.dtype == theirs.dtype


def test_numbers_from_outside_are_measured_as_the_windows_are():
    data = DATASETS["co2"](window=3)
    assert data.encode([[1, 2, 4]])[0, :, 0].tolist() == [-3, -2, 0]
    assert data.encode([[None, 2, None]])[0, :, 0].tolist() == [0, 0, 0]
    assert DATASETS["sea_temperature"](window=3).encode([[1, NAN, 4]])[0, :, 0].tolist() == [
        1,
        1,
        4,
    ]


@pytest.mark.parametrize("name", ["co2", "sea_temperature"])
def test_predictions_stand_in_the_unit_of_the_series(name: str) -> None:
    data = {"dataset": name, "window": 8, "horizon": 2, "from_last": name == "co2"}
    layers = [{"layer": "flatten"}, {"layer": "linear", "units": 4}]
    spec = {"data": data, "layers": layers, "training": {"epochs": 1, "loss": {"loss": "mse"}}}
    trainer = Trainer(Experiment.from_dict(spec))
    trainer.model.eval()
    finished = FinishedRun.of(trainer, trainer.model)
    window = [320.0, 321, None, 319, 322, 323, 321, 320.5]
    (found,) = finished.predict([window])
    # By hand: the missing step is the one before it, and everything is measured from the last value.
    filled = np.array([320.0, 321, 321, 319, 322, 323, 321, 320.5])
    base = 320.5 if name == "co2" else 0.0
    x = (filled - base - trainer.split.mean.item()) / trainer.split.std.item()
    with torch.no_grad():
        output = trainer.model(torch.tensor(x, dtype=torch.float32)[None, :, None])
    wanted = trainer.split.natural(output.numpy())[0] + base
    np.testing.assert_allclose(found, wanted, rtol=1e-6)
    asked = Predict(Sample(raw=window))(trainer)
    np.testing.assert_allclose(asked, found, rtol=1e-6)
    forecast = NextValues(Sample(raw=window))(trainer)
    np.testing.assert_allclose(forecast.guess, found, rtol=1e-6)


def test_what_is_asked_of_the_validation_part_stands_in_the_unit_of_the_series() -> None:
    data = {"dataset": "co2", "window": 8, "horizon": 2}
    spec = {"data": data, "layers": [{"layer": "flatten"}], "training": {"loss": {"loss": "mse"}}}
    trainer = Trainer(Experiment.from_dict(spec))
    trainer.model.eval()
    sample = Sample(index=3)
    forecast = NextValues(sample)(trainer)
    np.testing.assert_allclose(Predict(sample)(trainer), forecast.guess, rtol=1e-6)
    shown = ShowSample(sample)(trainer)
    assert forecast.future is not None and shown.values is not None
    np.testing.assert_allclose(shown.values, forecast.future, rtol=1e-6)
    fit = Fit(limit=500)(trainer)
    series = trainer.experiment.data.values()
    first_ahead = trainer.experiment.data.starts()[trainer.split.val_index[0]] + 8
    assert fit.true[0] == pytest.approx(series[first_ahead])
    assert abs(fit.predicted - fit.true).max() < 20


@pytest.mark.parametrize(
    "bad", [[[1, 2]], [[1, 2, 3, 4]], [["a", "b", "c"]], [[NAN] * 3], [[1, 2, float("inf")]], [{}]]
)
def test_what_is_no_window_is_refused_in_a_sentence(bad: Any):
    with pytest.raises(ValueError, match=r"this network takes|no number"):
        DATASETS["co2"](window=3).encode(bad)


def test_a_forecast_stands_in_the_unit_of_the_series():
    data = {"dataset": "co2", "window": 8, "horizon": 2}
    layers = [{"layer": "flatten"}, {"layer": "linear", "units": 4}]
    spec = {"data": data, "layers": layers, "training": {"epochs": 1, "loss": {"loss": "mse"}}}
    trainer = Trainer(Experiment.from_dict(spec))
    trainer.model.eval()
    found = NextValues(Sample(index=0))(trainer)
    values = trainer.experiment.data.values()
    assert found.future is not None
    np.testing.assert_allclose(found.window, values[found.start : found.start + 8], rtol=1e-6)
    np.testing.assert_allclose(found.future, values[found.start + 8 : found.start + 10], rtol=1e-6)
    assert abs(found.guess - found.window[-1]).max() < 20
    again = NextValues(Sample(raw=found.window.tolist()))(trainer)
    np.testing.assert_allclose(again.guess, found.guess, rtol=1e-5)
    assert again.future is None and again.start == -1


def own(text: str, **options: Any) -> Series:
    return DATASETS["own_series"](file=uploads.put(text.encode(), "series"), **options)


LONG = [f"{i * i % 37}" for i in range(80)]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LONG),
        "\n".join(["value", *LONG]),
        "\n".join(["day;value", *(f"{i};{v},0" for i, v in enumerate(LONG))]),
        "\ufeff" + "\r\n".join(["day,value,note", *(f"{i},{v},dry" for i, v in enumerate(LONG))]),
    ],
    ids=["one column", "with a name", "decimal commas", "with notes"],
)
def test_a_column_of_ones_own_is_found(text: str):
    data = own(text, window=8, horizon=2)
    assert data.values().tolist() == [float(v) for v in LONG]
    x, y = data.raw()
    assert x.shape == (71, 8, 1) and y.shape == (71, 2) == (data.n_samples(), 2)
    assert data.preview()["own"] and not data.preview()["example"]  # type: ignore[index]


def test_blank_rows_and_cells_are_missing_steps():
    values = own("\n".join(["v", *LONG[:5], "", "NA", *LONG[5:], "", ""]), window=8).values()
    assert np.isnan(values[5:7]).all() and len(values) == 82


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("\n".join(LONG[:20]), "data.window", "20 steps give 0 windows"),
        ("\n".join(["v"] + ["7"] * 80), "data.column", "every value of “v” is 7"),
        (
            "\n".join(["v", "1", "2", *[""] * 60, *LONG[:9]]),
            "data.column",
            "60 of the 71 steps of “v”",
        ),
        (
            "\n".join(["day,word", *("mon,a" for _ in range(40))]),
            "data.column",
            "“word” contains no numbers",
        ),
    ],
    ids=["short", "constant", "gaps", "no numbers"],
)
def test_what_cannot_be_foretold_is_told_with_its_place(text: str, place: str, said: str):
    with pytest.raises(ExperimentError) as caught:
        own(text).raw()
    assert caught.value.faults[0].place == place and said in caught.value.faults[0].message


def test_a_column_that_is_not_there_and_a_file_that_is_gone_are_named():
    with pytest.raises(ExperimentError, match=r"“b”.*available: a"):
        own("\n".join(["a", *LONG]), column="b").values()
    with pytest.raises(ExperimentError, match="upload it again"):
        DATASETS["own_series"](file="0" * 64).values()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00\x01\x02" * 50, b'"open', b",,,\n,,,"])
def test_what_is_no_series_is_refused_as_it_arrives(data: bytes):
    with pytest.raises(ExperimentError):
        uploads.STORE.check(data, "series")
        uploads.facts(data, "series")


def test_the_script_reads_ones_own_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch):
    text = "\n".join(["day;value", *(f"{i};{v},5" for i, v in enumerate(LONG)), "81;", "82;3,25"])
    data = own(text, window=8, horizon=2)
    (tmp_path / "series.csv").write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    line, functions = data.source()
    names: dict[str, Any] = {"np": np, "DATA_FILE": data.own_file()}
    for function in functions:
        exec(inspect.getsource(function), names)
    exec(line, names)
    assert np.array_equal(names["x"], data.raw()[0]) and np.array_equal(names["y"], data.raw()[1])


def test_too_many_windows_ask_for_a_shorter_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(series_base, "MOST_NUMBERS", 1_000)
    with pytest.raises(ExperimentError, match="at most"):
        own("\n".join(LONG), window=24).raw()


def test_the_column_is_the_last_one_that_can_be_foretold():
    rows = ["day,value,place,one", *(f"{i},{v},here,1" for i, v in enumerate(LONG))]
    data = own("\n".join(rows), window=8)
    assert data.preview()["column"] == "value"  # type: ignore[index]
    with pytest.raises(ExperimentError, match="every value of “one” is 1"):
        own("\n".join(rows), column="one").values()
