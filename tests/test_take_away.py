"""What one takes along: the notebook, and the network as ONNX."""

import json
from pathlib import Path

import pytest

from playground.experiment import Experiment
from playground.export import script
from playground.faults import ExperimentError
from playground.notebook import notebook, notebook_text
from playground.presets import presets
from playground.results import train

from .conftest import points, short


@pytest.mark.parametrize("preset_id", presets())
def test_a_notebook_has_the_scripts_lines_in_their_order(preset_id: str) -> None:
    experiment = presets()[preset_id].experiment
    found = notebook(experiment)
    assert found["nbformat"] == 4 and [cell["cell_type"] for cell in found["cells"]] == ["markdown", *["code"] * 4]
    code = "\n".join("".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code")
    body = script(experiment).split('"""', 2)[2]
    assert [line for line in code.splitlines() if line] == [line for line in body.splitlines() if line]
    assert len({cell["id"] for cell in found["cells"]}) == len(found["cells"])


def test_a_notebook_runs_cell_by_cell_and_prints_the_runs_numbers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    experiment = points()
    history = train(experiment).history
    assert history is not None
    space: dict[str, object] = {}
    for cell in json.loads(notebook_text(experiment))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "cell", "exec"), space)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("epoch")]
    wanted = [f"val_loss {loss:.9g}" for loss in history.column("epochs", "val_loss")]
    assert len(lines) == 3 and all(want in line for want, line in zip(wanted, lines, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("preset_id", ["digits-basic-net", "digits-small-resnet", "names-tcn", "series-co2"])
def test_the_onnx_file_gives_the_networks_outputs(preset_id: str, tmp_path: Path) -> None:
    pytest.importorskip("onnxscript")
    from playground.onnx_export import export_onnx

    finished = train(_few_samples(short(preset_id, 1)))
    difference = export_onnx(finished, tmp_path / "net.onnx")
    assert difference is not None and difference < 1e-4
    assert (tmp_path / "net.onnx").stat().st_size > 1_000


@pytest.mark.slow
def test_what_onnx_cannot_say_is_told_with_a_way_out(tmp_path: Path) -> None:
    pytest.importorskip("onnxscript")
    from playground.onnx_export import export_onnx

    with pytest.raises(ExperimentError, match="packed sequences"):
        export_onnx(train(_few_samples(short("names-gru", 1))), tmp_path / "net.onnx")
    assert not (tmp_path / "net.onnx").exists()


def _few_samples(experiment: Experiment) -> Experiment:
    return experiment.model_copy(update={"data": experiment.data.model_copy(update={"validation": 0.9})})
