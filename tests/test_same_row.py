"""A row of a person's own table, as it stands in the file, has one answer on the page, in script, predict and ONNX."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from playground.catalogues.datasets import uploads
from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.export.asking_code import asking_of
from playground.export.onnx import export_onnx
from playground.export.script import script
from playground.export.section import source_of
from playground.results import FinishedRun, train

from .lanes import long_except
from .scripts import run_script
from .test_same_answer import ASKED, TOLERANCE, answer_code, by_page

TOWNS = ("Ulm", "Bonn", "")
LINES = ["größe;preis;ort;seit;note"]
for number in range(90):
    size = "" if number % 11 == 0 else f"{number % 17},5"
    price = f"{number % 9 + 1}.{number * 37 % 1000:03},25 €"
    day = f"{number % 28 + 1:02}.{number % 12 + 1:02}.{2015 + number % 7}"
    mark = "gut" if (number * 7) % 17 < 8 else "schlecht"
    LINES.append(f"{size};{price};{TOWNS[number % 3]};{day};{mark}")
FILE = "\n".join(LINES).encode("cp1252")
# Every row is one that a person may bring: as in the file, with nothing known, with a town that training never saw.
ROWS = {
    "as in the file": {"größe": "3,5", "preis": "1.512,25 €", "ort": "ulm", "seit": "05.11.2017"},
    "with gaps": {"größe": "", "preis": "2.000,00 €", "ort": "n/a", "seit": ""},
    "an unknown town": {"größe": "16,5", "preis": "999", "ort": "Oslo", "seit": "1.2.2024"},
}


def experiment_of(target: str, loss: str) -> Experiment:
    file = uploads.put(FILE, "csv", "orte.csv")
    data = {"dataset": "own_table", "file": file, "target": target, "batch_size": 16}
    layers = [{"layer": "linear", "units": 8}, {"layer": "relu"}]
    training = {"epochs": 1, "loss": {"loss": loss}}
    return Experiment.from_dict({"data": data, "layers": layers, "training": training})


def encoded(experiment: Experiment, sample: dict[str, str]) -> np.ndarray:
    """The row encoded by the example's own lines and functions, which know nothing of ours."""
    asking = asking_of(experiment.data)
    sources = [source_of(function) for function in asking.functions]
    names: dict[str, Any] = {"np": np, "sample": sample}
    exec("\n\n".join([*sources, *asking.lines]), names)
    x: np.ndarray = names["x"]
    return x


def by_graph(finished: FinishedRun, sample: dict[str, str], folder: Path) -> np.ndarray:
    export_onnx(finished, folder / "net.onnx")
    session = onnxruntime.InferenceSession(folder / "net.onnx")
    (answers,) = session.run(None, {"input": encoded(finished.experiment, sample)})
    return np.asarray(answers[0])


def by_script(experiment: Experiment, sample: dict[str, str], folder: Path) -> np.ndarray:
    (folder / "orte.csv").write_bytes(FILE)
    program = script(experiment, takes_path=False)
    asking = asking_of(experiment.data)
    functions = [one for one in asking.functions if f"def {one.__name__}(" not in program]
    sources = "\n\n".join(source_of(function) for function in functions)
    tail = ASKED.format(
        sample=repr(sample),
        lines="\n".join(f"    {line}" for line in "\n".join(asking.lines).split("\n")),
        inputs="torch.from_numpy(normalised(x, mean, std))",
        answer=answer_code(experiment),
    )
    (folder / "script.py").write_text(f"{program}\n{sources}\n{tail}", "utf-8")
    printed = run_script(folder)
    (line,) = [line for line in printed.splitlines() if line.startswith("ANSWER")]
    return np.ravel(json.loads(line.removeprefix("ANSWER")))


@pytest.mark.parametrize("name", long_except(["with gaps"], ROWS))
@pytest.mark.parametrize(("target", "loss"), [("note", "cross_entropy"), ("größe", "mse")])
def test_a_row_of_a_persons_own_table_has_the_same_answer_everywhere(
    target: str, loss: str, name: str, tmp_path: Path, engine: Engine
) -> None:
    experiment = experiment_of(target, loss)
    used = experiment.data.recipe()["columns"]  # type: ignore[attr-defined]
    sample = {column["name"]: ROWS[name].get(column["name"], "") for column in used}
    finished = train(experiment)
    wanted = finished.predict([sample])[0]
    np.testing.assert_array_equal(encoded(experiment, sample), experiment.data.encode([sample]))
    scale = max(1.0, float(np.abs(wanted).max()))
    for found in (by_graph(finished, sample, tmp_path), by_script(experiment, sample, tmp_path)):
        np.testing.assert_allclose(found, wanted, atol=TOLERANCE * scale)
    shown = by_page(engine, finished, sample, tmp_path)
    np.testing.assert_allclose(shown, wanted, atol=1e-4 * scale)  # the page shows five digits
