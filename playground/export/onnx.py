"""A trained network as ONNX, from raw samples to answers, checked against itself."""

import copy
import io
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..catalogues.modules import Recurrent, through
from ..faults import ExperimentError
from ..network.models import SequenceNetwork
from ..results import FinishedRun, write_whole
from ..training.trainer import Trainer
from .example import example_code, recipe_text
from .whole import Whole, raw_samples, unit_of, whole_answers

TOLERANCE = 1e-4  # most that two float32 programs of the same network may differ
DIRECTION_ENDINGS = ("", "_reverse")  # of torch's names of recurrent weights: forwards, backwards
# Samples that are exported with: more than one, so that the exporter does not take the batch for a fixed size.
EXAMPLES = 3


@dataclass(frozen=True)
class NetworkCopy:
    """A question to a run: its network as it is at this moment, as a copy on the CPU."""

    def __call__(self, trainer: Trainer) -> FinishedRun:
        model = copy.deepcopy(trainer.model).cpu()
        return FinishedRun.of(trainer, model)


class Padded(nn.Module):
    """A `Recurrent` without packed sequences, which ONNX does not have: the padding runs along and changes nothing.

    In: (N, T, F), lengths int64 (N,). Out: as the `Recurrent`'s own: (N, T, H) for every step, or (N, H) of the last.
    """

    takes_lengths = True

    def __init__(self, packed: Recurrent):
        super().__init__()
        self.returns = packed.returns
        cell = packed.cell
        self.size = cell.hidden_size
        self.directions = 2 if cell.bidirectional else 1
        # Layer by layer, the forward direction first.
        self.cells = nn.ModuleList()
        for layer in range(cell.num_layers):
            for ending in DIRECTION_ENDINGS[: self.directions]:
                self.cells.append(_one_layer(cell, layer, ending))

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        n, steps = x.shape[0], x.shape[1]
        if lengths is None:
            lengths = torch.full((n,), steps, device=x.device)
        positions = torch.arange(steps, device=x.device)
        is_real = (positions < lengths[:, None])[..., None]  # (N, T, 1)
        # The real steps from last to first; the padding stays behind them, where it changes nothing.
        backwards = (lengths[:, None] - 1 - positions).clamp(min=0)[..., None]  # (N, T, 1)
        for first in range(0, len(self.cells), self.directions):
            by_direction = [self.cells[first](x)[0]]
            if self.directions == 2:
                reversed_x = x.gather(1, backwards.expand(-1, -1, x.shape[2]))
                reversed_output = self.cells[first + 1](reversed_x)[0]
                # The same positions again bring the steps back into their own order.
                output = reversed_output.gather(1, backwards.expand(-1, -1, self.size))
                by_direction.append(output)
            x = torch.where(is_real, torch.cat(by_direction, -1), 0.0)
        return x if self.returns == "sequence" else self._ends(x, lengths)

    def _ends(self, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Where each direction has read everything: forwards at the last real step, backwards at the first."""
        last = (lengths - 1)[:, None, None].expand(-1, 1, self.size)
        ends = [x[..., : self.size].gather(1, last).squeeze(1)]
        if self.directions == 2:
            ends.append(x[:, 0, self.size :])
        return torch.cat(ends, -1)


def _one_layer(cell: nn.RNNBase, layer: int, ending: str) -> nn.RNNBase:
    """One layer of a recurrent network in one direction, with the same weights."""
    input_weights = getattr(cell, f"weight_ih_l{layer}{ending}")
    n_inputs = input_weights.shape[1]
    options = {"nonlinearity": cell.nonlinearity} if isinstance(cell, nn.RNN) else {}
    single: nn.RNNBase = type(cell)(
        n_inputs, cell.hidden_size, bias=cell.bias, batch_first=True, **options
    )
    of_all_layers = dict(cell.named_parameters())
    weights = {}
    for name in single.state_dict():
        kind = name.removesuffix("_l0")  # the only layer of `single` is its layer 0
        weights[name] = of_all_layers[f"{kind}_l{layer}{ending}"]
    single.load_state_dict(weights)
    return single.eval()


class FullLength(nn.Module):
    """A `SequenceNetwork` that reads every text in its full length, padding too: no size depends on the words.

    In: int64 (N, T). Out: as the network's, for labelled steps (N, T, outputs).
    """

    def __init__(self, network: SequenceNetwork):
        super().__init__()
        self.features = copy.deepcopy(network.features)
        self.head = network.head
        # Lists, since the network changes while it is gone through.
        for parent in list(self.features.modules()):
            for name, child in list(parent.named_children()):
                if isinstance(child, Recurrent):
                    setattr(parent, name, Padded(child))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        lengths = (x != 0).sum(1).clamp(min=1)  # 0 is padding; an empty text counts as one step
        features = through(self.features, x, lengths)
        return self.head(features)


def export_onnx(finished: FinishedRun, path: str | Path) -> float:
    """Writes `onnx_bytes` to a file, and beside it a script that asks it. Out: the largest difference.

    Raises: ExperimentError, OSError.
    """
    path = Path(path)
    data, difference = onnx_bytes(finished)
    example = example_code(finished.experiment, path.name)
    write_whole(path, data)
    write_whole(example_path(path), example.encode())
    return difference


def example_path(path: Path) -> Path:
    """net.onnx -> net_example.py."""
    return path.with_name(f"{path.stem}_example.py")


@dataclass(frozen=True)
class Draft:
    """All that an ONNX file is made of, without the data set.

    example, expected: raw samples, and what the network answers to them. scale: what differences are measured in.
    about: texts for the file's metadata.
    """

    network: nn.Module
    example: np.ndarray
    expected: np.ndarray
    scale: Any
    about: Mapping[str, str]


def onnx_bytes(finished: FinishedRun) -> tuple[bytes, float]:
    """The network with its weights and scaling as ONNX; a batch may have any size, a sequence the data set's length.

    In the file: raw samples in (`Whole`), answers as `FinishedRun.predict` gives them out; what cannot be in a graph
    stands in its metadata as `recipe` (JSON) and `example.py`.

    Out: the file, and the largest difference between its outputs (as onnxruntime computes them) and the network's; of
    values in units of their spread. Raises: ExperimentError where torch cannot write this network, or they differ.
    """
    return written(draft_of(finished))


def draft_of(finished: FinishedRun) -> Draft:
    """What needs the data set."""
    model = finished.model.cpu().eval()
    example = raw_samples(finished, EXAMPLES)
    expected = whole_answers(finished, example)
    network: nn.Module = model
    if isinstance(model, SequenceNetwork) and example.dtype == np.int64:
        network = FullLength(model)
    unit = unit_of(finished, expected.shape[1:])
    whole = Whole(network, finished, unit).eval()
    about = {
        "recipe": recipe_text(finished.experiment),
        "example.py": example_code(finished.experiment),
    }
    scale = 1.0 if unit is None else unit.std
    return Draft(whole, example, expected, scale, about)


def written(draft: Draft) -> tuple[bytes, float]:
    """The file and its difference, as `onnx_bytes` gives them. Nothing else may use torch in this process meanwhile:
    its exporter changes how every module is called, in all threads."""
    # For the whole process: the exporter warns of what the comparison below decides.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    try:
        data = _written(draft.network, torch.from_numpy(draft.example), draft.about)
    except Exception as error:
        lines = str(error).splitlines() or [type(error).__name__]
        reason = lines[0][:160]
        detail = f"torch cannot write this network as ONNX: {reason}; its weights and its script can be taken along"
        raise ExperimentError.at("layers", "invalid", detail=detail) from None
    difference = _difference(data, draft.example, draft.expected, draft.scale)
    if not difference <= TOLERANCE:  # so that NaN is refused too
        detail = f"the ONNX file's outputs differ by {difference:.2g} from the network's"
        raise ExperimentError.at("layers", "invalid", detail=detail)
    return data, difference


@torch.no_grad()
def _written(network: nn.Module, example: torch.Tensor, about: Mapping[str, str]) -> bytes:
    """The file as torch's exporter makes it.

    In: a batch, of which every size except the first is a fixed one; texts for its metadata.
    """
    any_batch = {0: torch.export.Dim("batch", min=1)}
    with _plain_attention(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            verbose=False,
            input_names=["input"],
            output_names=["output"],
            dynamic_shapes=(any_batch,),
        )
    assert program is not None  # only the old exporter gives nothing back
    program.model.metadata_props.update(about)
    buffer = io.BytesIO()
    program.save(buffer)
    return buffer.getvalue()


@contextmanager
def _plain_attention() -> Iterator[None]:
    """Inside, attention is made of operations that ONNX has."""
    before = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        torch.backends.mha.set_fastpath_enabled(before)


def _difference(data: bytes, example: np.ndarray, expected: np.ndarray, scale: Any) -> float:
    """The largest difference between the file's outputs and what is expected, for batches of two sizes."""
    import onnxruntime  # loaded with the first export: it takes a moment

    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    differences = []
    for n in (len(example), 1):
        (output,) = session.run(None, {"input": example[:n]})
        wanted = expected[:n]
        if wanted.ndim == 3:
            # The network itself cuts a batch to its longest text.
            n_steps = wanted.shape[1]
            output = output[:, :n_steps]
        difference = np.abs(output - wanted) / scale
        differences.append(float(difference.max()))
    return max(differences)
