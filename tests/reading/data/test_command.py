"""`playground data FILE` and `read_data`: one object, one status, no torch."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from playground import read_data
from playground.__main__ import main
from playground.reading.calls import read

from .cases import N, packed, people, pictures
from .cases import read as read_data_of

KEYS = {
    "kind", "encoding", "separator", "decimal", "rows", "columns", "target", "proposed", "classes", "time", "values",
    "groups", "parts", "left_out", "doubts", "notes",
}  # fmt: skip


@pytest.fixture
def table_file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(people(), "utf-8")
    return path


def test_one_object_with_documented_keys(
    table_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", str(table_file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == KEYS
    assert (answer["kind"], answer["rows"], answer["target"], answer["time"]) == (
        "table",
        N,
        None,
        None,
    )
    assert set(answer["columns"][0]) == {"name", "type", "first", "missing", "unit", "why"}
    assert set(answer["doubts"][0]) == {"code", "place", "message", "remedies"}
    assert set(answer["doubts"][0]["remedies"][0]) == {"label", "set"}
    assert answer["left_out"]["count"] == 0


def test_a_choice_settles_a_doubt(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(table_file), "--json", "--set", "target=left"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["target"] == "left" and answer["doubts"] == []


def test_a_readable_report(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(table_file)]) == 0
    report = capsys.readouterr().out
    assert "understood as table, 60 rows × 3 columns" in report
    assert "--set 'target=left'" in report and "yes 40, no 20" in report


def test_a_zip_of_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "insects.zip"
    path.write_bytes(packed(pictures()))
    assert main(["data", str(path)]) == 0
    assert "8 in 2 classes" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-1.4", b"a,b\n"])
def test_a_file_that_is_none_of_ours_is_one_sentence_and_status_2(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert main(["data", str(path), "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.startswith("error: file.csv: ")
    assert captured.err.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(tmp_path / "gone.csv")]) == 2
    assert "gone.csv" in capsys.readouterr().err


def test_a_file_is_looked_at_without_torch(table_file: Path) -> None:
    code = (
        "import sys; from playground.__main__ import main; "
        f"main(['data', {str(table_file)!r}]); print(sorted({{'torch', 'gradio', 'pandas'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_python_gives_the_same(table_file: Path) -> None:
    understood = read_data(table_file, missing={"age": ["30"]}, target="left")
    assert understood.target == "left" and understood.rows == N
    assert read_data(str(table_file), "table").kind == "table"


def test_a_reader_gives_the_same_apart() -> None:
    options = {"choices": {"target": "left"}, "name": "people.csv"}
    answer = read("understood", options, people().encode()).value
    assert answer == read_data_of(people(), "target=left").to_json()
