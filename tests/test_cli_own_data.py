"""A file of the person's own on the command line: `--data FILE`, whatever it is."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import playground
from playground.__main__ import main
from playground.cli.reading import read
from tests.reading.data.cases import months, people, table
from tests.reading.handed_in import archive

SAID = [
    "see you at noon then",
    "win a prize, call now",
    "are we meeting at six?",
    "free money for you",
]


def texts(path: Path) -> Path:
    """Messages with labels, all of them different."""
    rows = [
        ["spam" if i % 2 else "ham", f"{SAID[i % 4]} {'abcdefgh'[i % 8] * (i // 8 + 1)}"]
        for i in range(80)
    ]
    path.write_text(table([["label", "message"], *rows]))
    return path


def trained(capsys: Any, *options: str) -> tuple[dict[str, Any], str]:
    """The last epoch of a training, and what was said on standard error."""
    assert main(["train", *options, "--epochs", "1", "--json"]) == 0
    said = capsys.readouterr()
    return json.loads(said.out.splitlines()[-1]), said.err


def test_texts_are_recognised_and_get_a_network_that_reads_them(
    tmp_path: Path, capsys: Any
) -> None:
    file, folder = texts(tmp_path / "sms.csv"), tmp_path / "run"
    epoch, said = trained(capsys, "points-xor", "--data", str(file), "--out", str(folder))
    assert "val_accuracy" in epoch and "a small network is used" in said
    experiment = playground.Experiment.load(folder / "experiment.json")
    assert experiment.data.id == "own_texts" and experiment.data.class_names() == ("ham", "spam")
    assert experiment.data.batch_size == 10
    assert [layer.id for layer in experiment.layers] == ["embedding", "time_pool"]
    answers = playground.load(folder).predict(["win a prize, call now"])
    assert answers.shape == (1, 2) and answers.sum() == pytest.approx(1)


def test_the_layers_stay_where_they_suit(tmp_path: Path, capsys: Any) -> None:
    file, folder = texts(tmp_path / "sms.csv"), tmp_path / "run"
    _, said = trained(capsys, "text-reviews", "--data", str(file), "--out", str(folder))
    assert "small network" not in said
    layers = playground.Experiment.load(folder / "experiment.json").layers
    assert layers == read("text-reviews").layers


def test_doubts_are_told_and_settled_by_a_choice(tmp_path: Path, capsys: Any) -> None:
    file, folder = tmp_path / "people.csv", tmp_path / "run"
    file.write_text(people())
    _, said = trained(capsys, "table-customers", "--data", str(file))
    assert "asked: which column is to be predicted?" in said and "--choose 'target=wage'" in said
    options = ("--data", str(file), "--choose", "target=wage", "--out", str(folder))
    epoch, said = trained(capsys, "table-customers", *options)
    assert "which column" not in said and "val_accuracy" not in epoch
    data = playground.Experiment.load(folder / "experiment.json").data
    assert data.model_dump()["target"] == "wage"


def test_a_long_text_teaches_to_write(tmp_path: Path, capsys: Any) -> None:
    file, folder = tmp_path / "tale.txt", tmp_path / "run"
    file.write_text("It was the best of times, it was the worst of times.\nIt was spring.\n" * 40)
    said = trained(
        capsys, "names-lstm", "--data", str(file), "--kind", "text", "--out", str(folder)
    )
    assert "a small network is used" in said[1]
    loaded = playground.load(folder)
    assert loaded.experiment.data.id == "own_texts"
    assert loaded.predict(["It was"]).shape[0] == 1


def test_an_archive_of_pictures_gets_a_network_for_pictures(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "pictures.zip"
    file.write_bytes(archive(6))
    assert main(["check", "points-xor", "--data", str(file), "--choose", "pictures=go_on"]) == 0
    assert "CNN" in capsys.readouterr().out


def test_the_kind_may_be_said(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "sales.csv"
    rows = [[day.isoformat(), i % 7] for i, day in enumerate(months(60))]
    file.write_text(table([["month", "sold"], *rows]))
    assert main(["check", "table-house-prices", "--data", str(file), "--kind", "table"]) == 0
    assert "DynamicMLP" in capsys.readouterr().out


def test_check_and_code_take_the_same_file(tmp_path: Path, capsys: Any) -> None:
    file = str(texts(tmp_path / "sms.csv"))
    assert main(["check", "points-xor", "--data", file]) == 0
    assert "SequenceNetwork" in capsys.readouterr().out
    assert main(["code", "points-xor", "--data", file]) == 0
    assert "labelled_texts(rows, TEXTS)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--choose", "target=a"), "--data FILE"),
        (("--data", "nowhere.csv"), "No such file"),
        (("--data", "people.csv", "--choose", "nonsense=1"), "is not an option"),
        (("--data", "picture.png"), "single picture"),
    ],
)
def test_bad_options_end_with_status_2_and_a_sentence(
    options: tuple[str, ...],
    message: str,
    tmp_path: Path,
    capsys: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(people())
    Path("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(np.arange(50, dtype=np.uint8)))
    assert main(["train", "points-xor", *options]) == 2
    assert message in capsys.readouterr().err
