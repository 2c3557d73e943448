"""Amounts whose sign stands beside them: a new file, a row and the ONNX file are signed as the training's file was."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from playground.answering import answer_file
from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.asking import asked
from playground.export.onnx import export_onnx
from playground.faults import ExperimentError

from ..test_same_row import encoded
from .test_odd_files import MONTHS, N, answers_of, series_of, table_of, written
from .test_own_files import trained

AMOUNTS = [f"{100 + 3 * i},{10 + i}" for i in range(N)]
WAYS = ["S" if i % 3 else "H" for i in range(N)]
SIGNED = [
    float(amount.replace(",", ".")) * (-1 if way == "S" else 1)
    for amount, way in zip(AMOUNTS, WAYS, strict=True)
]
ROWS = [[amount, way, i] for i, (amount, way) in enumerate(zip(AMOUNTS, WAYS, strict=True))]
CONTENT = written([["Betrag", "S/H", "y"], *ROWS])
PAID_OUT = [i for i in range(N) if WAYS[i] == "S"]
SAID = "signs.Betrag=beside"


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (CONTENT, range(N)),  # control: the training's file itself
        (written([["Betrag", "S/H"], *[ROWS[i][:2] for i in PAID_OUT]]), PAID_OUT),
        (written([["Betrag", "S/H"], ROWS[1][:2]]), [1]),
        (written([["s/h", "BETRAG"], *[row[1::-1] for row in ROWS]], "\t"), range(N)),
        (written([["Betrag", "S/H"], *[[row[0], row[1].lower()] for row in ROWS]]), range(N)),
        (
            written(
                [
                    ["Betrag", "D/C", "S/H"],
                    *[[row[0], "CD"[i % 2], row[1]] for i, row in enumerate(ROWS)],
                ]
            ),
            range(N),
        ),
    ],
)
@pytest.mark.parametrize("further", [(), ("columns.S/H=leave_out",)])
def test_amounts_of_a_new_table_are_signed_by_the_same_column(
    content: bytes, places: list[int], further: tuple[str, ...]
) -> None:
    """Even where all were paid out, there is one row, the columns change places, or other signs stand nearer."""
    data = table_of(CONTENT, SAID, *further)
    found = asked(data, content, "new.csv").x[:, 0]
    np.testing.assert_allclose(found, [SIGNED[i] for i in places], rtol=1e-6)


def test_without_the_column_of_signs_amounts_cannot_be_read() -> None:
    data = table_of(CONTENT, SAID, "columns.S/H=leave_out")
    with pytest.raises(ExperimentError) as refusal:
        asked(data, b"Betrag;other\n12,50;1\n13,50;2\n", "new.csv")
    assert refusal.value.faults[0].code == "asked_no_column"
    assert refusal.value.faults[0].values["name"] == "S/H"
    as_written = table_of(CONTENT, "columns.S/H=leave_out")
    assert asked(as_written, b"Betrag;k\n12,50;1\n13,50;2\n", "new.csv").x[:, 0].tolist() == [
        12.5,
        13.5,
    ]


@pytest.mark.parametrize("use", ["beside", "as_written"])
def test_a_row_as_it_stands_in_the_file_has_the_same_answer_everywhere(
    use: str, tmp_path: Path
) -> None:
    """In the app, from the example's own functions, in a file of one row, and by the ONNX file."""
    file = uploads.put(CONTENT, "csv", "bank.csv")
    said = {"target": "y", "choices": [f"signs.Betrag={use}"], "batch_size": 16}
    finished = trained({"dataset": "own_table", "file": file, **said}, "linear", loss="mse")
    export_onnx(finished, tmp_path / "net.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "net.onnx")
    wanted = finished.predict(finished.experiment.data.raw()[0])
    for place in (0, 1):
        amount, way, _ = ROWS[place]
        for cell in {amount, f"-{amount}" if (use, way) == ("beside", "S") else amount}:
            row = {"Betrag": cell, "S/H": way}
            x = encoded(finished.experiment, row)
            np.testing.assert_allclose(finished.predict([row])[0], wanted[place], rtol=1e-5)
            np.testing.assert_allclose(
                session.run(None, {"input": x})[0][0], wanted[place], rtol=1e-5
            )
        new = written([["Betrag", "S/H"], [amount, way]])
        np.testing.assert_allclose(answers_of(finished, new), wanted[place], rtol=1e-5)
    assert answer_file(finished, CONTENT).report is not None


def test_a_new_series_of_nothing_but_payments_is_below_zero() -> None:
    rows = [[month, *row[:2]] for month, row in zip(MONTHS, ROWS, strict=True)]
    data = series_of(written([["Datum", "Betrag", "S/H"], *rows]), SAID, column="Betrag")
    np.testing.assert_allclose(data.series()[0][:, 0], SIGNED)
    new = written([["Datum", "Betrag", "S/H"], *[rows[i] for i in PAID_OUT]])
    (series,) = data.new_series(new)
    np.testing.assert_allclose(series.values[:, 0], [SIGNED[i] for i in PAID_OUT])


def test_longitudes_of_a_new_file_that_lie_all_in_the_west_are_negative() -> None:
    rows = [[f"{10 + i}.5", "EW"[i % 2], i] for i in range(N)]
    data = table_of(written([["Longitude", "EW", "y"], *rows]), "signs.Longitude=beside")
    new = written([["Longitude", "EW"], ["33.5", "W"], ["12.5", "W"]])
    np.testing.assert_allclose(asked(data, new, "new.csv").x[:, 0], [-33.5, -12.5], rtol=1e-6)
    east = written([["Longitude", "EW"], ["33.5", "E"], ["12.5", "E"]])
    np.testing.assert_allclose(asked(data, east, "new.csv").x[:, 0], [33.5, 12.5], rtol=1e-6)
