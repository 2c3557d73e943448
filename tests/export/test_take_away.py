"""What one takes along: the notebook, and the network as ONNX."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

from playground.catalogues.modules import Recurrent
from playground.experiment import Experiment
from playground.export.notebook import notebook, notebook_text
from playground.export.onnx import Padded, export_onnx
from playground.export.script import script
from playground.export.whole import raw_samples, whole_answers
from playground.faults import ExperimentError
from playground.preset_files import presets
from playground.results import train

from ..conftest import points, short
from ..lanes import long_except


@pytest.mark.parametrize("preset_id", presets())
def test_a_notebook_has_the_scripts_lines_in_their_order(preset_id: str) -> None:
    experiment = presets()[preset_id].experiment
    found = notebook(experiment)
    assert found["nbformat"] == 4 and [cell["cell_type"] for cell in found["cells"]] == [
        "markdown",
        *["code"] * 4,
    ]
    code = "\n".join(
        "".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"
    )
    body = script(experiment).split('"""', 2)[2]
    assert [line for line in code.splitlines() if line] == [
        line for line in body.splitlines() if line
    ]
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


ONNX_PRESETS = [
    "digits-basic-net",
    "digits-small-resnet",
    "names-gru",
    "names-tcn",
    "names-transformer",
    "text-hyphenation",
    "series-co2",
]


@pytest.mark.parametrize("preset_id", long_except(["digits-basic-net"], ONNX_PRESETS))
def test_the_onnx_file_gives_the_networks_answers_to_raw_samples(
    preset_id: str, tmp_path: Path
) -> None:
    finished = train(_few_samples(short(preset_id, 1)))
    assert export_onnx(finished, tmp_path / "net.onnx") < 1e-4
    session = onnxruntime.InferenceSession(
        tmp_path / "net.onnx", providers=["CPUExecutionProvider"]
    )
    batch = raw_samples(finished, 40)
    (found,) = session.run(None, {"input": batch})
    wanted = whole_answers(finished, batch)
    np.testing.assert_allclose(found[:, : wanted.shape[1]], wanted, atol=1e-4)


@pytest.mark.parametrize("returns", ["sequence", "last"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", [nn.RNN, nn.LSTM, nn.GRU])
def test_padding_that_runs_along_changes_nothing(
    cell: type[nn.RNNBase], bidirectional: bool, layers: int, returns: str
) -> None:
    torch.manual_seed(0)
    packed = Recurrent(
        cell(3, 4, layers, batch_first=True, bidirectional=bidirectional), returns
    ).eval()
    x, lengths = torch.randn(4, 6, 3), torch.tensor([6, 1, 4, 3])
    with torch.no_grad():
        torch.testing.assert_close(Padded(packed)(x, lengths), packed(x, lengths))
        torch.testing.assert_close(Padded(packed)(x), packed(x))


def test_what_torch_cannot_write_is_told_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise RuntimeError("no such operator\nand more")

    monkeypatch.setattr(torch.onnx, "export", refuse)
    with pytest.raises(
        ExperimentError, match="as ONNX: no such operator; its weights and its script"
    ):
        export_onnx(train(points(epochs=1)), tmp_path / "net.onnx")
    assert not (tmp_path / "net.onnx").exists()


def _few_samples(experiment: Experiment) -> Experiment:
    return experiment.model_copy(
        update={"data": experiment.data.model_copy(update={"validation": 0.9})}
    )
