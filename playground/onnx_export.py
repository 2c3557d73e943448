"""A trained network as ONNX, checked against itself where onnxruntime is there."""

import copy
import io
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .faults import ExperimentError
from .results import FinishedRun, write_whole
from .training import Trainer

TOLERANCE = 1e-4
EXAMPLES = 3


@dataclass(frozen=True)
class Taken:
    """A question: the network as it is at this moment, as a copy on the CPU."""

    def __call__(self, trainer: Trainer) -> FinishedRun:
        split = trainer.split
        model = copy.deepcopy(trainer.model).cpu()
        return FinishedRun(trainer.experiment, model, split.mean, split.std, None, split.target_mean, split.target_std)


def export_onnx(finished: FinishedRun, path: str | Path) -> float | None:
    """Writes `onnx_bytes` to a file. Out: the largest difference. Raises: ExperimentError, OSError."""
    data, difference = onnx_bytes(finished)
    write_whole(Path(path), data)
    return difference


def onnx_bytes(finished: FinishedRun) -> tuple[bytes, float | None]:
    """The network with its weights as ONNX; the batch may have any size, a sequence the length of the data set's.

    Out: the file, and the largest difference between its outputs (as onnxruntime computes them) and the network's, None
    where onnxruntime is not installed. Raises: ExperimentError where torch cannot write this network, or they differ.
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    model = finished.model.cpu().eval()
    example = finished.experiment.data.split().val_x[:EXAMPLES].contiguous()
    buffer = io.BytesIO()
    try:
        with torch.no_grad():
            program = torch.onnx.export(
                model, (example,), dynamo=True, verbose=False, input_names=["input"], output_names=["output"],
                dynamic_shapes=({0: torch.export.Dim("batch", min=1)},),
            )  # fmt: skip
            assert program is not None
            program.save(buffer)
    except ImportError:
        raise ExperimentError.at("", "invalid", detail="ONNX needs two packages: pip install onnx onnxscript") from None
    except Exception as error:
        detail = f"torch cannot write this network as ONNX: {(str(error).splitlines() or [''])[0][:160]}"
        if example.dtype == torch.int64 and any(isinstance(each, nn.RNNBase) for each in model.modules()):
            detail = "ONNX has no packed sequences, which a recurrent layer needs for texts of different lengths; "
            detail += "use convolutions over time or attention instead"
        raise ExperimentError.at("layers", "invalid", detail=detail) from None
    difference = _difference(buffer.getvalue(), finished, example)
    if difference is not None and not difference <= TOLERANCE:
        detail = f"the ONNX file's outputs differ by {difference:.2g} from the network's"
        raise ExperimentError.at("layers", "invalid", detail=detail)
    return buffer.getvalue(), difference


@torch.no_grad()
def _difference(data: bytes, finished: FinishedRun, example: torch.Tensor) -> float | None:
    try:
        import onnxruntime
    except ImportError:
        return None
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    differences = []
    for batch in (example, example[:1]):
        (output,) = session.run(None, {"input": batch.numpy()})
        differences.append(float(np.abs(output - finished.model(batch).numpy()).max()))
    return max(differences)
