"""One raw sample has one answer: on the page, by the exported script's network, by `predict`, and by the ONNX file."""

import base64
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from PIL import Image

from playground.catalogues.datasets import uploads
from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.export.asking_code import asking_of
from playground.export.onnx import example_path, export_onnx, onnx_bytes
from playground.export.script import script
from playground.export.section import source_of
from playground.questions import question_of
from playground.results import FinishedRun, train

from .lanes import long_except
from .scripts import run_script, run_script_by_itself

FILES = Path(__file__).parents[1] / "playground/catalogues/datasets/files"
TOLERANCE = 1e-5
QUICK = ["text by word", "series as it is", "own table"]
# What the script's network makes of `sample`, printed behind everything else.
ASKED = """
import json
import unicodedata

model.eval()
with torch.no_grad():
    sample = {sample}
{lines}
    output = model({inputs})
print("ANSWER", json.dumps(({answer}).tolist()))
"""
CASES: dict[str, dict[str, Any]] = {
    "table of classes": {"data": {"dataset": "orange_juice"}, "layers": ["linear", "relu"]},
    "table of values": {"data": {"dataset": "house_prices"}, "layers": ["linear"], "loss": "mse"},
    "table of a package": {"data": {"dataset": "iris"}, "layers": ["linear"]},
    "text by word": {"data": {"dataset": "reviews"}, "layers": ["embedding", "time_pool"]},
    "text by letter": {
        "data": {"dataset": "place_names"},
        "layers": ["embedding", {"layer": "gru", "returns": "last"}],
    },
    "series": {"data": {"dataset": "co2"}, "layers": ["flatten"], "loss": "mse"},
    "series as it is": {
        "data": {"dataset": "sea_temperature"},
        "layers": ["flatten"],
        "loss": "mse",
    },
    "own table": {"data": {"dataset": "own_table"}, "layers": ["linear"], "loss": "mse"},
    "own texts": {"data": {"dataset": "own_texts"}, "layers": ["embedding", "time_pool"]},
    "own series": {"data": {"dataset": "own_series"}, "layers": ["flatten"], "loss": "mse"},
    "picture": {"data": {"dataset": "digits"}, "layers": ["flatten"]},
}


def experiment_of(case: dict[str, Any]) -> Experiment:
    layers = [{"layer": layer} if isinstance(layer, str) else layer for layer in case["layers"]]
    loss = {"loss": case.get("loss", "cross_entropy")}
    training = {"epochs": 1, "loss": loss}
    return Experiment.from_dict({"data": case["data"], "layers": layers, "training": training})


def raw_sample(experiment: Experiment, folder: Path) -> Any:
    """What a person brings: cells, a text, numbers, the path of a picture that this writes."""
    asking = asking_of(experiment.data)
    if not asking.is_path:
        return asking.sample
    pixels = np.zeros((28, 28), np.uint8)
    pixels[6:22, 12:16] = 230
    Image.fromarray(pixels).save(folder / asking.sample)
    return asking.sample


def by_predict(finished: FinishedRun, sample: Any, folder: Path) -> np.ndarray:
    if finished.experiment.data.shape_kind != "image":
        return finished.predict([sample])[0]
    with Image.open(folder / sample) as picture:
        return finished.predict(np.asarray(picture)[None])[0]


def by_example(finished: FinishedRun, folder: Path) -> list[float]:
    """The example that lies beside the ONNX file, in a process that knows nothing of ours."""
    path = folder / "net.onnx"
    export_onnx(finished, path)
    shutil.copy(example_path(path), folder / "script.py")
    printed = run_script_by_itself(folder).splitlines()
    return [float(line.split("\t")[1]) for line in printed]


def by_script(finished: FinishedRun, sample: Any, folder: Path) -> list[float]:
    """The network that the exported script trains, asked about the sample encoded as the example does it."""
    experiment = finished.experiment
    for name in experiment.data.files:
        if name != experiment.data.own_file():
            shutil.copy(FILES / name, folder / name)
    asking = asking_of(experiment.data)
    is_scaled = experiment.data.statistic_axes() is not None
    tail = ASKED.format(
        sample=repr(sample),
        lines="\n".join(f"    {line}" for line in series_lines(experiment, asking.lines)),
        inputs="torch.from_numpy(normalised(x, mean, std))" if is_scaled else "torch.from_numpy(x)",
        answer=answer_code(experiment),
    )
    program = script(experiment)
    functions = [one for one in asking.functions if f"def {one.__name__}(" not in program]
    sources = "\n\n".join(source_of(function) for function in functions)
    (folder / "script.py").write_text(f"{program}\n{sources}\n{tail}", "utf-8")
    printed = run_script(folder)
    (line,) = [line for line in printed.splitlines() if line.startswith("ANSWER")]
    return list(np.ravel(json.loads(line.removeprefix("ANSWER"))))


def series_lines(experiment: Experiment, lines: Sequence[str]) -> list[str]:
    """The script's windows are measured from their last value, as the graph of an ONNX file does it inside."""
    if not getattr(experiment.data, "from_last", False):
        return list(lines)
    # Of several columns only the one that is forecast.
    measured = "x[:, :, 0] = x[:, :, 0] - last"
    return [*lines, "last = x[:, -1:, 0].copy()", measured, "x = x.astype(np.float32)"]


def answer_code(experiment: Experiment) -> str:
    if experiment.data.goal.answer == "classes":
        return "output.softmax(1)"
    natural = "output.double().numpy() * target_std + target_mean"
    return f"{natural} + last" if getattr(experiment.data, "from_last", False) else natural


def by_page(engine: Engine, finished: FinishedRun, sample: Any, folder: Path) -> list[float]:
    """What the page is told, with the finished run's weights."""
    experiment = finished.experiment
    run = engine.start(experiment, paused=True)
    weights = finished.model.state_dict()
    run.ask(lambda trainer: trainer.model.load_state_dict(weights))
    asked = {"kind": "raw", "value": sample}
    if experiment.data.shape_kind == "image":
        with Image.open(folder / sample) as picture:
            asked = {"kind": "drawn", "pixels": base64.b64encode(picture.tobytes()).decode()}
    name = "forecast" if experiment.data.shape_kind == "series" else "predict"
    question = question_of({"question": name, "sample": asked})
    told = question.tell(run.ask(question), experiment)
    return list(told.get("probabilities") or told["values"])


@pytest.mark.parametrize("name", long_except(QUICK, CASES))
def test_a_raw_sample_has_the_same_answer_everywhere(
    name: str, tmp_path: Path, engine: Engine
) -> None:
    experiment = experiment_of(CASES[name])
    check_everywhere(experiment, tmp_path, engine)


def test_a_window_of_ones_own_series_has_the_same_answer_everywhere(
    tmp_path: Path, engine: Engine
) -> None:
    """Two series below each other, decimal commas, a unit, a further column, rows in no order."""
    rows = []
    for place, town in enumerate(("Ulm", "Bonn")):
        for i in range(60):
            load = f"{100 * (place + 1) + i % 12 + i / 7:.2f} kW".replace(".", ",")
            rows.append(f"{town};{1 + i % 12:02d}.{1990 + i // 12};{load};{i % 5},5")
    rows = rows[40:] + rows[:40]
    content = "\n".join(["town;month;load;rain", *rows]).encode()
    file = uploads.put(content, "own", "load.csv")
    (tmp_path / "load.csv").write_bytes(content)
    data = {
        "dataset": "own_series",
        "file": file,
        "choices": ["group=*"],
        "column": "load",
        "inputs": ["rain"],
        "window": 8,
        "horizon": 2,
        "batch_size": 16,
    }
    experiment = experiment_of({"data": data, "layers": ["flatten"], "loss": "mse"})
    check_everywhere(experiment, tmp_path, engine)


def check_everywhere(experiment: Experiment, tmp_path: Path, engine: Engine) -> None:
    """The same answer by predict, in the ONNX file's example, by the script's network, and on the page."""
    finished = train(experiment)
    sample = raw_sample(experiment, tmp_path)
    wanted = np.asarray(by_predict(finished, sample, tmp_path), np.float64)
    scale = np.abs(wanted).max()
    for found in (
        by_example(finished, tmp_path),
        by_script(finished, sample, tmp_path),
    ):
        np.testing.assert_allclose(found, wanted, atol=TOLERANCE * max(1.0, scale))
    # The page shows five digits.
    shown = by_page(engine, finished, sample, tmp_path)
    np.testing.assert_allclose(shown, wanted, atol=1e-4 * max(1.0, scale))


def test_the_graph_fills_what_is_missing_as_training_does(tmp_path: Path) -> None:
    finished = train(experiment_of(CASES["table of values"]))
    export_onnx(finished, tmp_path / "net.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "net.onnx")
    row = {**asking_of(finished.experiment.data).sample, "lot size": ""}
    x = finished.experiment.data.encode([row])
    assert np.isnan(x).any()
    (found,) = session.run(None, {"input": x})
    np.testing.assert_allclose(found, finished.predict([row]), rtol=TOLERANCE)


def test_the_graph_fills_a_window_from_the_last_known_value(tmp_path: Path) -> None:
    finished = train(experiment_of(CASES["series as it is"]))
    export_onnx(finished, tmp_path / "net.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "net.onnx")
    window = np.array(asking_of(finished.experiment.data).sample, np.float64)
    gaps = window.copy()
    gaps[[0, 1, 20, 21, -1]] = np.nan
    filled = window.copy()
    filled[[0, 1]] = window[2]
    filled[[20, 21]] = window[19]
    filled[-1] = window[-2]
    (from_gaps,) = session.run(None, {"input": gaps[None, :, None]})
    (from_filled,) = session.run(None, {"input": filled[None, :, None]})
    np.testing.assert_array_equal(from_gaps, from_filled)


def test_the_file_tells_what_goes_in_and_comes_out(tmp_path: Path) -> None:
    finished = train(experiment_of(CASES["table of classes"]))
    export_onnx(finished, tmp_path / "net.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "net.onnx")
    about = session.get_modelmeta().custom_metadata_map
    recipe = json.loads(about["recipe"])
    assert recipe["input"] == {"name": "input", "shape": ["batch", 13], "type": "float32"}
    assert recipe["output"]["names"] == ["CH", "MM"]
    assert recipe["output"]["meaning"] == "probabilities of the classes"
    assert "session.run" in about["example.py"]


@pytest.mark.long
def test_weights_of_the_run_stay_as_they_were() -> None:
    """Exporting copies nothing into the network and takes nothing away."""
    finished = train(experiment_of(CASES["text by letter"]))
    before = {name: value.clone() for name, value in finished.model.state_dict().items()}
    onnx_bytes(finished)
    for name, value in finished.model.state_dict().items():
        assert torch.equal(value, before[name])
