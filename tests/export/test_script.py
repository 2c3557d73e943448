"""The script: it stands alone, and prints the run's numbers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import playground.catalogues.datasets
from playground.catalogues.datasets import digits, uploads
from playground.catalogues.datasets.base import _split
from playground.engine.devices import cpu_has_bf16
from playground.experiment import Experiment
from playground.export.notebook import notebook_text
from playground.export.script import script
from playground.faults import ExperimentError
from playground.preset_files import presets
from playground.results import train

from ..conftest import points, short
from ..lanes import long_except
from ..scripts import run_script, run_script_by_itself

FILES = Path(playground.catalogues.datasets.__file__).with_name("files")
DROPOUT = [{"layer": "linear", "units": 8}, {"layer": "relu"}, {"layer": "dropout"}]
BATCHNORM = [{"layer": "linear", "units": 8}, {"layer": "batchnorm1d"}, {"layer": "relu"}]
RESTLESS = {"optimizer": "adam", "lr": 0.3}  # its validation loss goes up and down
OWN = [
    {"layer": "linear", "units": 8, "learning": {"frozen": True}},
    {"layer": "relu"},
    {
        "layer": "linear",
        "units": 8,
        "learning": {"lr_scale": 0.1, "weight_decay": 0.05, "init": {"init": "kaiming_normal"}},
    },
]


def sequence(
    data: dict[str, Any], last: dict[str, Any] | None = None, loss: str = "cross_entropy"
) -> Experiment:
    """A small network over texts or series."""
    layers = [] if loss == "mse" else [{"layer": "embedding", "size": 4}]
    layers += [{"layer": "linear", "units": 6}, {"layer": "tanh"}, *([last] if last else [])]
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 2, "loss": {"loss": loss}}}
    )


def rows_of(data: dict[str, Any], loss: str) -> Experiment:
    """A small network over a table."""
    layers = [{"layer": "linear", "units": 8}, {"layer": "relu"}]
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 2, "loss": {"loss": loss}}}
    )


# Its validation takes long: compared on fewer digits than it has.
LONG = "digits-resnet18-small-stem"
# A second epoch of these takes long; the others run two, so that what one epoch leaves to the next is compared too.
ONE_EPOCH = {
    "digits-basic-cnn",
    "digits-small-resnet",
    "digits-resnet18",
    "digits-conv-autoencoder",
    "names-tcn",
}


def picture(last: dict[str, Any]) -> Experiment:
    """A convolution and one more layer over few digits."""
    layers = [{"layer": "conv2d", "channels": 4, "stride": 3}, last, {"layer": "flatten"}]
    data = {"dataset": "digits", "validation": 0.8}
    return Experiment.from_dict({"data": data, "layers": layers, "training": {"epochs": 2}})


def imbalanced(**training: Any) -> Experiment:
    """Classes of very different size that count alike."""
    loss = {"loss": "cross_entropy", "class_weights": "balanced"}
    data = {"dataset": "digits_imbalanced", "validation": 0.6, "batch_size": 50}
    layers = [{"layer": "flatten"}, {"layer": "linear", "units": 8}, {"layer": "relu"}]
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 2, "loss": loss, **training}}
    )


def labelled_steps(**training: Any) -> Experiment:
    """Letters of words, of which words have more or fewer."""
    experiment = sequence({"dataset": "hyphenation", "validation": 0.9, "batch_size": 32})
    changed = experiment.training.model_copy(update=training)
    return experiment.model_copy(update={"training": changed})


# One of each kind of data in the quick lane.
QUICK_PRESETS = [
    "digits-basic-net",
    "points-moons-bce",
    "table-customers",
    "names-gru",
    "series-co2",
]
QUICK_VARIANTS = [
    "one cycle",
    "clipping both ways",
    "series",
    "balanced classes, accumulated",
    "averaged, accumulated, stopped early",
]
VARIANTS: dict[str, Experiment] = {
    "warm-up": points(schedule={"schedule": "constant", "warmup_steps": 5}),
    "warm-up before a curve": points(schedule={"schedule": "cosine", "warmup_steps": 5}),
    "warm-up that multiplies": points(
        schedule={"schedule": "exponential", "warmup_steps": 30, "warmup_multiplies": True}
    ),
    "one cycle": points(schedule={"schedule": "one_cycle"}),
    "step": points(schedule={"schedule": "step", "every": 1, "gamma": 0.25}),
    "clipping": points(clip_norm=0.1),
    "clipping both ways": points(clip_norm=0.02, clip_value=0.01),
    "muon": points(optimizer={"optimizer": "muon", "lr": 0.01}),
    "plateau": points(epochs=8, schedule={"schedule": "plateau", "patience": 0, "warmup_steps": 5}),
    "several steps": points(schedule={"schedule": "multi_step", "milestones": [1, 2]}),
    "first weights": points("moons", init={"init": "orthogonal", "nonlinearity": "tanh"}),
    "layers of their own": points(
        "moons",
        OWN,
        output={"lr_scale": 10.0},
        optimizer={"optimizer": "adamw", "matrices_only": True},
    ),
    "momentum": points(
        optimizer={"optimizer": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True}
    ),
    "rmsprop": points(optimizer={"optimizer": "rmsprop", "weight_decay": 0.01}),
    "smoothing": points(loss={"loss": "cross_entropy", "label_smoothing": 0.2}),
    "dropout": points("moons", DROPOUT, seed=11),
    "gaussians": points("gaussians"),
    "labelled steps": sequence({"dataset": "hyphenation", "validation": 0.9, "batch_size": 32}),
    "next characters": sequence(
        {"dataset": "next_characters", "country": "Japan", "batch_size": 64}
    ),
    "words": sequence(
        {"dataset": "reviews", "max_words": 60, "validation": 0.6}, {"layer": "time_pool"}
    ),
    "series": sequence(
        {"dataset": "sea_temperature", "window": 6, "horizon": 2}, {"layer": "time_pool"}, "mse"
    ),
    "table": rows_of({"dataset": "house_prices", "batch_size": 64}, "mse"),
    "scikit-learn's table": rows_of({"dataset": "wine", "batch_size": 32}, "cross_entropy"),
    "accumulated steps": points("moons", DROPOUT, size=190, accumulate=3),
    "averaged weights": points("moons", BATCHNORM, epochs=4, ema=0.75),
    "early stopping": points(
        "moons", BATCHNORM, epochs=20, optimizer=RESTLESS, patience=2, keep_best=True
    ),
    "balanced classes": imbalanced(),
    "balanced classes, accumulated": imbalanced(accumulate=3, patience=1),
    "labelled steps, accumulated": labelled_steps(accumulate=2),
    "early stopping by a margin": points("moons", epochs=9, patience=2, min_delta=0.25),
    "averaged, accumulated, stopped early": points(
        "moons",
        DROPOUT,
        epochs=30,
        optimizer=RESTLESS,
        ema=0.5,
        accumulate=3,
        patience=3,
        keep_best=True,
        clip_norm=0.5,
    ),
    "one batch by heart": points("moons", DROPOUT, size=190, overfit_batch=True),
    "one batch by heart, accumulated": points(
        "moons", DROPOUT, size=190, overfit_batch=True, accumulate=3
    ),
    **{
        f"{kind} before flatten": picture({"layer": kind})
        for kind in ("batchnorm2d", "gelu", "relu", "layernorm")
    },
    "own series": sequence({"dataset": "own_series", "window": 6}, {"layer": "time_pool"}, "mse"),
}
# These end with other weights than those of the last step.
KEPT_WEIGHTS = ("averaged weights", "early stopping", "averaged, accumulated, stopped early")


def lines_of(
    experiment: Experiment, folder: Path, run: Callable[[Path], str] = run_script
) -> list[str]:
    """What the script prints for every epoch, in a clean process."""
    (folder / "script.py").write_text(script(experiment))
    for name in experiment.data.files:
        if not (folder / name).exists():
            shutil.copy(FILES / name, folder)
    return [line for line in run(folder).splitlines() if line.startswith("epoch")]


def expected(experiment: Experiment) -> list[str]:
    history = train(experiment).history
    assert history is not None
    table = history.table("epochs")
    return [
        f"epoch {i + 1}: train_loss {table['train_loss'][i]:.9g}  val_loss {table['val_loss'][i]:.9g}  "
        + "  ".join(f"val_{name} {table[f'val_{name}'][i]:.9g}" for name in history.metrics)
        for i in range(len(table["epoch"]))
    ]


@pytest.mark.parametrize("preset_id", long_except(QUICK_PRESETS, sorted(presets().keys() - {LONG})))
def test_every_presets_script_prints_the_runs_numbers(preset_id: str, tmp_path: Path) -> None:
    experiment = short(preset_id, 1 if preset_id in ONE_EPOCH else 2)
    if experiment.data.shape_kind in (
        "image",
        "text",
    ):  # a tenth of the samples is enough to compare numbers
        experiment = experiment.model_copy(
            update={"data": experiment.data.model_copy(update={"validation": 0.9})}
        )
    assert lines_of(experiment, tmp_path) == expected(experiment)


@pytest.fixture
def fewer_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every tenth of the bundled digits, for the run and, in a file beside it, for the script."""
    with np.load(digits.FILE) as bundled:
        np.savez(tmp_path / digits.FILE.name, x=bundled["x"][::10], y=bundled["y"][::10])
    monkeypatch.setattr(digits, "FILE", tmp_path / digits.FILE.name)
    monkeypatch.setattr(digits.Digits, "n_samples", lambda _: 500)
    _split.cache_clear()
    yield
    _split.cache_clear()


@pytest.mark.long
@pytest.mark.usefixtures("fewer_digits")
def test_the_longest_presets_script_prints_the_runs_numbers(tmp_path: Path) -> None:
    assert lines_of(short(LONG, 1), tmp_path) == expected(short(LONG, 1))


@pytest.mark.parametrize("name", long_except(QUICK_VARIANTS, VARIANTS))
def test_every_choice_is_in_the_script(name: str, tmp_path: Path) -> None:
    assert lines_of(VARIANTS[name], tmp_path) == expected(VARIANTS[name])


@pytest.mark.long
@pytest.mark.parametrize("name", KEPT_WEIGHTS)
def test_the_script_saves_the_weights_that_the_run_ends_with(name: str, tmp_path: Path) -> None:
    lines_of(VARIANTS[name], tmp_path)
    saved, kept = torch.load(tmp_path / "model.pt"), train(VARIANTS[name]).model.state_dict()
    assert list(saved) == list(kept)
    assert all(torch.equal(saved[key], value) for key, value in kept.items())


@pytest.mark.long
def test_the_script_of_a_persons_own_table_reads_it_as_the_run_did(tmp_path: Path) -> None:
    lines = ["größe;stadt;preis"]
    lines += [
        f"{i % 17},5;{'Köln' if i % 3 else ''};{'' if i == 5 else i * 2 % 31},25"
        for i in range(120)
    ]
    text = "\n".join(lines).encode("cp1252")
    (tmp_path / "Preise (2024).csv").write_bytes(text)
    experiment = rows_of(
        {
            "dataset": "own_table",
            "file": uploads.put(text, "csv", r"C:\Daten\Preise (2024).csv"),
            "batch_size": 20,
        },
        "mse",
    )
    assert lines_of(experiment, tmp_path, run_script_by_itself) == expected(experiment)


@pytest.mark.long
@pytest.mark.skipif(not cpu_has_bf16(), reason="this CPU has no bf16")
def test_a_bf16_run_repeats_too(tmp_path: Path) -> None:
    experiment = short("digits-basic-net", 1, precision="bf16")
    assert lines_of(experiment, tmp_path) == expected(experiment)


@pytest.mark.parametrize(
    "name", ['"""\nimport os\n"""', "\\", 'a"b', "\n\n1/0", "é 中文", "{x}", ""]
)
def test_a_name_cannot_leave_its_docstring(name: str) -> None:
    experiment = points().model_copy(update={"name": name})
    tree = compile(script(experiment), "script.py", "exec", dont_inherit=True)
    assert tree.co_consts[0].startswith(("import os", "ab", "1/0", "é 中文", "{x}", "Untitled"))


@pytest.mark.parametrize("preset_id", presets())
def test_the_scripts_network_has_the_models_keys(preset_id: str) -> None:
    text = script(presets()[preset_id].experiment)
    namespace: dict[str, Any] = {}
    network = text[text.index("# ---- network") : text.index("# ---- training")]
    exec(text[: text.index("# ---- data")] + network, namespace)
    from playground.network.builder import build_model

    assert list(namespace["model"].state_dict()) == list(
        build_model(presets()[preset_id].experiment).state_dict()
    )


def test_what_cannot_be_built_has_no_script() -> None:
    with pytest.raises(ExperimentError):
        script(
            Experiment.from_dict({"data": {"dataset": "digits"}, "layers": [{"layer": "conv2d"}]})
        )


def test_a_bf16_script_says_so_where_the_cpu_has_none_and_calculates_in_float32(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = script(points(precision="bf16"))
    namespace: dict[str, Any] = {}
    exec(text[: text.index("# ---- data")], namespace)
    assert namespace["cpu_has_bf16"]() is cpu_has_bf16()
    without_bf16 = text.replace("HAS_BF16 = cpu_has_bf16()", "HAS_BF16 = False")
    assert without_bf16 != text
    exec(compile(without_bf16, "script.py", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert (
        "This CPU has no bf16, so float32 is used: the numbers will differ from the run's." in lines
    )
    assert [line for line in lines if line.startswith("epoch")] == expected(points())


def own_table(called: str) -> Experiment:
    lines = ["size,town,price", *(f"{i % 17},{'xy'[i % 2]},{i * 2 % 31}" for i in range(120))]
    file = uploads.put("\n".join(lines).encode(), "csv", called)
    return rows_of({"dataset": "own_table", "file": file, "batch_size": 20}, "mse")


def test_the_script_of_an_own_file_names_it_and_takes_a_path_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = own_table("my houses.csv")
    text = script(experiment)
    about = text.split('"""')[1]
    assert "Reads my houses.csv, your own file: put it next to this script, or say where:" in about
    assert 'python own-table-network.py "path/to/my houses.csv"' in about
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_bytes(uploads.get(experiment.data.file))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["own-table-network.py", str(elsewhere)])
    exec(compile(text, "script.py", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("epoch")] == expected(experiment)


def test_a_notebook_of_an_own_file_reads_it_by_its_name_since_it_has_no_arguments() -> None:
    text = notebook_text(own_table("my houses.csv"))
    assert "sys.argv" not in text and "DATA_FILE = 'my houses.csv'" in text


def test_a_script_of_bundled_data_takes_no_path() -> None:
    assert "DATA_FILE" not in script(rows_of({"dataset": "house_prices"}, "mse"))
