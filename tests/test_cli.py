"""Without the screen: the command line, saved runs, and their bad input."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

import playground
from playground.__main__ import main
from playground.catalogues.datasets import uploads
from playground.cli.reading import read
from playground.faults import ExperimentError
from playground.results import write_whole

from .conftest import points

KEYS = ["epoch", "step", "train_loss", "val_loss", "val_accuracy", "lr", "samples_per_s", "seconds"]


def test_json_is_one_object_a_line_for_every_epoch(capsys: Any) -> None:
    assert main(["train", "points-xor", "--epochs", "3", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(line) for line in lines] == [KEYS] * 3
    assert [(line["epoch"], line["step"]) for line in lines] == [(1, 25), (2, 50), (3, 75)]


def test_the_last_lines_say_what_a_score_is_worth(capsys: Any) -> None:
    sets = ["--set", "training.optimizer.lr=1e-12", "--set", "training.seed=1"]
    assert main(["train", "table-customers", "--epochs", "1", *sets]) == 0
    baseline, verdict = capsys.readouterr().out.splitlines()[-2:]
    # 131 of the 214 purchases that judge are of the brand CH.
    assert baseline == "without a network, always saying “CH”: accuracy 61.21 %"
    assert verdict == "this network is no better than always saying “CH” (accuracy 61.21 %)"


def test_out_holds_a_run_that_can_be_loaded_and_asked(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "deep" / "run"
    assert (
        main(
            [
                "train",
                "digits-softmax",
                "--epochs",
                "1",
                "--set",
                "data.batch_size=128",
                "--out",
                str(folder),
            ]
        )
        == 0
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "experiment.json",
        "history.csv",
        "model.safetensors",
    ]
    loaded = playground.load(folder)
    assert loaded.experiment.data.batch_size == 128
    raw, y = loaded.experiment.data.raw()
    images = (raw[::10, 0] * 255).round().astype(np.uint8)
    found = loaded.predict(images)
    assert found.shape == (500, 10) and found.dtype == np.float32
    np.testing.assert_allclose(found.sum(1), 1, atol=1e-5)
    assert (found.argmax(1) == y[::10]).mean() > 0.8
    trained = playground.train(loaded.experiment)
    np.testing.assert_array_equal(trained.predict(images), found)
    rows = (folder / "history.csv").read_text().splitlines()
    assert rows[0].startswith("step,train_loss,lr,epoch,val_loss") and len(rows) == 1 + 32


WINE = ["train", "table-customers", "--epochs", "1", "--set", 'data={"dataset": "wine"}']


def test_predict_answers_a_whole_file_and_reports_on_it(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "run"
    assert main([*WINE, "--out", str(folder)]) == 0
    data = playground.load(folder).experiment.data
    _, y = data.raw()
    rows = [",".join([*data.shown(0), "class"])]
    for place in range(0, 178, 10):
        rows.append(",".join([*data.shown(place).values(), data.class_names()[y[place]]]))
    rows[3] = "1,2"
    path = tmp_path / "test.csv"
    path.write_text("\n".join(rows))
    capsys.readouterr()
    assert main(["predict", str(folder), str(path)]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert len(lines) == 18 and lines[0].endswith(
        ",class,answer,p(cultivar 1),p(cultivar 2),p(cultivar 3)"
    )
    assert err == "left out 1: 4 (another number of cells)\n"
    assert (
        main(["predict", str(folder), str(path), "--report", "--out", str(tmp_path / "a.csv")]) == 0
    )
    out, _ = capsys.readouterr()
    assert out.startswith("17 of 17 samples have a known answer\n  accuracy") and "true" in out
    assert (tmp_path / "a.csv").read_text().splitlines() == lines
    assert main(["predict", str(folder), str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["n"] == 17 and sum(map(sum, told["classes"]["confusion"])) == 17


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        ("alcohol\n13\n", [], "error: file: the file has no column “malic acid”"),
        ("", [], "error: data.file: the file is empty"),
    ],
)
def test_a_file_that_cannot_be_answered_is_status_2(
    content: str, arguments: list[str], words: str, tmp_path: Path, capsys: Any
) -> None:
    folder = tmp_path / "run"
    assert main([*WINE, "--out", str(folder)]) == 0
    (tmp_path / "new.csv").write_text(content)
    capsys.readouterr()
    assert main(["predict", str(folder), str(tmp_path / "new.csv"), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(words) and "Traceback" not in err


def test_a_saved_run_keeps_the_table_it_learned_from(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "mine.csv"
    rows = [
        f"{place / 7:.3f},{'ab'[place % 2]},{'yes' if place % 3 else 'no'}" for place in range(60)
    ]
    path.write_text("\n".join(["size,kind,sold", *rows]))
    folder = tmp_path / "run"
    command = ["train", "table-customers", "--csv", str(path), "--target", "sold", "--epochs", "1"]
    assert main([*command, "--out", str(folder)]) == 0
    assert (folder / "data" / "mine.csv").read_bytes() == path.read_bytes()
    before = playground.load(folder).predict([{"size": "3.1", "kind": "a"}])
    uploads.STORE.clear()
    path.write_text("kind,size\na,3.1\n")
    capsys.readouterr()
    assert main(["predict", str(folder), str(path)]) == 0
    (head, line) = capsys.readouterr().out.splitlines()
    assert head == "kind,size,answer,p(no),p(yes)" and line.startswith("a,3.1,")
    assert float(line.split(",")[-1]) == pytest.approx(float(before[0, 1]), abs=1e-6)


def test_predict_refuses_other_shapes_and_types(tmp_path: Path) -> None:
    finished = playground.train(points())
    assert finished.predict(np.zeros((3, 2))).shape == (3, 2)
    assert finished.predict(np.zeros((0, 2))).shape == (0, 2)
    for wrong in (np.zeros((3, 3)), np.zeros(2), np.array([["a", "b"]])):
        with pytest.raises(ValueError, match="predict needs"):
            finished.predict(wrong)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "nope"], "no preset called “nope”"),
        (["train", "nowhere.json"], "nowhere.json"),
        (["train", "points-xor", "--epochs", "0"], "training.epochs: must be at least 1"),
        (["train", "points-xor", "--set", "training.speed=1"], "training.speed"),
        (
            ["train", "points-xor", "--set", "data.batch_size=x"],
            "data.batch_size: needs a whole number",
        ),
        (["train", "points-xor", "--set", "layers[9].units=3"], "layers[9].units"),
        (["train", "points-xor", "--set", "layers[0].units"], "PATH=VALUE"),
        (
            ["train", "points-xor", "--set", "training.optimizer.lr=1e10"],
            "training.optimizer.lr: must be at most",
        ),
        (
            ["train", "points-xor", "--set", "layers[0].units=1000000000"],
            "layers[0].units: must be at most",
        ),
        (["train", "points-xor", "--device", "cuda:77"], "no device called"),
        (["train", "points-xor", "--set", "data.batch_size=4000"], "batch size of 4000"),
    ],
)
def test_bad_input_is_a_line_or_two_and_status_2(
    arguments: list[str], words: str, capsys: Any
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and words in err and "Traceback" not in err and len(err.splitlines()) <= 2


@pytest.mark.parametrize(
    "content", ["", "{", "[" * 5_000, '{"data": {"dataset": "digits"}, "x": 1}', "\0" * 70_000]
)
def test_a_bad_file_is_status_2_too(content: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "e.json"
    path.write_text(content)
    for command in ("check", "train", "code"):
        assert main([command, str(path)]) == 2
        assert capsys.readouterr().err.startswith("error: ")


def test_divergence_is_status_1_and_says_where(capsys: Any) -> None:
    sets = ["--set", 'training.optimizer={"optimizer": "sgd", "lr": 1000}']
    assert main(["train", "digits-mlp", "--epochs", "1", *sets]) == 1
    assert "at step" in capsys.readouterr().err


def test_check_prints_shapes_and_names_the_fault(tmp_path: Path, capsys: Any) -> None:
    assert main(["check", "digits-basic-cnn"]) == 0
    out = capsys.readouterr().out
    assert "32 × 28 × 28" in out and "18,496" in out and "CNN: 1,70" in out
    path = tmp_path / "e.json"
    path.write_text(
        '{"data": {"dataset": "digits"}, "layers": [{"layer": "conv2d"}, {"layer": "linear"}]}'
    )
    assert main(["check", str(path)]) == 2
    assert (
        "layers[1]: 2 Linear needs a flat vector, but it gets 16 × 28 × 28"
        in capsys.readouterr().err
    )


def test_presets_and_code_print_what_they_say(capsys: Any) -> None:
    assert main(["presets"]) == 0
    out = capsys.readouterr().out
    assert all(preset_id in out for preset_id in playground.presets())
    assert main(["code", "points-xor"]) == 0
    compile(capsys.readouterr().out, "script.py", "exec")


def test_the_list_of_presets_parts_every_id_from_its_text(capsys: Any) -> None:
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for preset in playground.presets().values():
        line = next(line for line in lines if line.split(maxsplit=1)[0] == preset.id)
        assert line.endswith(f"  {preset.description[0]}"), line
    assert "digits-resnet18-small-stem" in playground.presets()  # the longest id, 26 letters


PRESET_FILES = Path(playground.__file__).parents[1] / "presets"


@pytest.mark.parametrize("path", sorted(PRESET_FILES.glob("*.json")), ids=lambda path: path.stem)
def test_the_file_of_a_preset_is_the_experiment_of_that_preset(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mine.json"
    copy.write_bytes(path.read_bytes())
    assert read(str(copy)) == playground.preset(path.stem).experiment


def test_a_presets_file_is_trained_checked_and_written_as_code(tmp_path: Path, capsys: Any) -> None:
    file = str(PRESET_FILES / "points-xor.json")
    assert main(["train", file, "--epochs", "1", "--json", "--out", str(tmp_path / "out")]) == 0
    assert json.loads(capsys.readouterr().out)["step"] == 25
    saved = playground.load(tmp_path / "out").experiment
    assert saved.name == "XOR · one hidden layer" and saved.data.id == "xor"
    for command in ("check", "code"):
        assert main([command, file]) == 0
        from_file = capsys.readouterr().out
        assert main([command, "points-xor"]) == 0
        assert capsys.readouterr().out == from_file


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"title": {"en": "T"}, "experiment": {"layers": []}}, "error: data: “data” is missing"),
        (
            {"experiment": {"data": {"dataset": "xor", "size": 1}}},
            "error: data.size: must be at least 40",
        ),
        ({"experiment": [1]}, "error: needs an object"),
        ({"experiment": {"data": {"dataset": "xor"}}, "title": "T"}, ""),
        ({"experiment": {"data": {"dataset": "xor"}}, "title": {"en": "x" * 99}}, "error: name: "),
    ],
)
def test_a_fault_in_a_presets_file_is_named_by_its_place_in_the_experiment(
    content: Any, words: str, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(content), "utf-8")
    assert main(["check", str(path)]) == (2 if words else 0)
    assert capsys.readouterr().err.startswith(words)


def test_a_file_that_is_no_json_is_named(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{")
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err.startswith("error: broken.json: ")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: Any) -> Path:
    folder = tmp_path_factory.mktemp("run")
    playground.train(points()).save(folder)
    return Path(folder)


def rewritten(saved: Path, folder: Path, change: Any) -> Path:
    """A copy of the saved run with changed weights."""
    weights = load_file(saved / "model.safetensors")
    change(weights)
    (folder / "experiment.json").write_bytes((saved / "experiment.json").read_bytes())
    save_file(weights, folder / "model.safetensors", {"mean": "[0, 0]", "std": "[1, 1]"})
    return folder


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: w.pop("head.bias"), "head.bias"),
        (lambda w: w.update(extra=torch.zeros(1)), "extra"),
        (lambda w: w.update({"head.bias": torch.zeros(99)}), "shape"),
        (lambda w: w.update({"head.bias": torch.full((2,), math.nan)}), "NaN"),
    ],
)
def test_weights_that_do_not_fit_are_refused_by_name(
    saved: Path, tmp_path: Path, change: Any, words: str
) -> None:
    with pytest.raises(ExperimentError, match=words):
        playground.load(rewritten(saved, tmp_path, change))


@pytest.mark.parametrize("data", [b"", b"\x80\x04K\x01.", b"\xff" * 100, b"PK\x03\x04"])
def test_files_that_are_no_safetensors_are_refused(
    saved: Path, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "experiment.json").write_bytes((saved / "experiment.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(data)
    with pytest.raises(ExperimentError, match="not a model of ours"):
        playground.load(tmp_path)


def test_saving_again_replaces_and_leaves_nothing_behind(saved: Path) -> None:
    before = (saved / "model.safetensors").read_bytes()
    playground.train(points(seed=9)).save(saved)
    assert (saved / "model.safetensors").read_bytes() != before
    assert len(list(saved.iterdir())) == 3


@pytest.mark.parametrize(
    "mean", ["[0]", "[[0, 0]]", "[0, NaN]", "{}", "null", "[", "[" * 5_000, "[[1], [2, 3]]"]
)
def test_statistics_that_do_not_fit_the_data_are_refused(
    saved: Path, tmp_path: Path, mean: str
) -> None:
    rewritten(saved, tmp_path, lambda weights: None)
    weights = load_file(tmp_path / "model.safetensors")
    save_file(weights, tmp_path / "model.safetensors", {"mean": mean, "std": "[1, 1]"})
    with pytest.raises(ExperimentError, match="not a model of ours"):
        playground.load(tmp_path)


def test_weights_without_statistics_are_not_ours(saved: Path, tmp_path: Path) -> None:
    rewritten(saved, tmp_path, lambda weights: None)
    save_file(load_file(tmp_path / "model.safetensors"), tmp_path / "model.safetensors")
    with pytest.raises(ExperimentError, match="not a model of ours"):
        playground.load(tmp_path)


def test_a_folder_without_files_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"experiment\.json"):
        playground.load(tmp_path)


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_temporary(
    tmp_path: Path, monkeypatch: Any
) -> None:
    path = tmp_path / "model.safetensors"
    write_whole(path, b"old")
    monkeypatch.setattr(
        "os.replace", lambda *names: (_ for _ in ()).throw(OSError("the disk is full"))
    )
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "value", ["[" * 50_000, "9" * 5_000, "NaN", "1e999", "", "null", '{"a": 1}']
)
def test_a_strange_value_of_set_is_refused_in_a_line(value: str, capsys: Any) -> None:
    assert main(["train", "points-xor", "--set", f"training.optimizer.lr={value}"]) == 2
    err = capsys.readouterr().err
    assert (
        err.startswith("error: training.optimizer.lr: ")
        and len(err.splitlines()) == 1
        and len(err) < 200
    )


def test_out_on_a_file_is_refused_before_training(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["train", "points-xor", "--out", str(tmp_path / "taken")]) == 2
    assert "taken" in capsys.readouterr().err
