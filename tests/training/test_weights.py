"""Weights from a file: what fits goes in, what does not is told, and nothing in a file is ever run."""

import io
import os
import pickle
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save
from torch import Tensor, nn

from playground.engine.engine import Engine
from playground.faults import ExperimentError
from playground.network.builder import build_model
from playground.results import train
from playground.training.trainer import Trainer
from playground.training.weights import StartingWeights, load_weights, read_weights

from ..conftest import points

NEVER = Path(tempfile.gettempdir()) / f"never-{os.getpid()}"
EXPERIMENT = points()
WIDER = points(layers=[{"layer": "linear", "units": 9}, {"layer": "tanh"}])


def pt(value: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file, **options)
    return file.getvalue()


def state() -> dict[str, Tensor]:
    return build_model(EXPERIMENT).state_dict()


@pytest.mark.parametrize(
    "write", [save, pt, lambda s: pt({"state_dict": s}), lambda s: pt({"model": s, "epoch": 3})]
)
@pytest.mark.parametrize("prefix", ["", "module.", "_orig_mod."])
def test_both_formats_are_read_whatever_wraps_them(write: Any, prefix: str, tmp_path: Path) -> None:
    torch.manual_seed(1)
    given, model = state(), build_model(EXPERIMENT)
    path = tmp_path / "weights"
    path.write_bytes(write({prefix + name: value for name, value in given.items()}))
    report = load_weights(model, path)
    assert report.fits and report.loaded == tuple(given)
    assert all(torch.equal(value, given[name]) for name, value in model.state_dict().items())


def test_the_table_names_what_differs_and_what_fits_can_be_taken() -> None:
    given = state() | {"extra": torch.zeros(2)}
    del given["head.bias"]
    model = build_model(WIDER)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with pytest.raises(ExperimentError) as caught:
        load_weights(model, save(given))
    text = str(caught.value)
    assert "0 of 4 tensors fit" in text
    assert "features.0.weight: [6, 2] in the file, [9, 2] in the network" in text
    assert "head.bias: not in the file" in text and "extra: not in the network" in text
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    with pytest.raises(ExperimentError, match="nothing in the file fits"):
        load_weights(model, save(given), what_fits=True)
    deeper = points(layers=[*({"layer": "linear", "units": 6}, {"layer": "tanh"}) * 2])
    model = build_model(deeper)
    report = load_weights(model, save(state()), what_fits=True)
    assert report.loaded == ("features.0.weight", "features.0.bias", "head.weight", "head.bias")
    assert report.missing == ("features.2.weight", "features.2.bias") and not report.fits


class Evil:
    def __reduce__(self) -> Any:
        return os.mkdir, (str(NEVER),)


def view() -> bytes:
    """A file of a kilobyte that claims 10^12 numbers."""
    return pt({**state(), "head.bias": torch.zeros(1).expand(10**12)})


def deflated() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(pt(state()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def spoiled() -> bytes:
    return save(state() | {"head.bias": torch.full_like(state()["head.bias"], torch.nan)})


BAD: dict[str, tuple[Any, str]] = {
    "a whole module": (lambda: pt(build_model(EXPERIMENT)), "more than numbers"),
    "code": (lambda: pt({"a": Evil()}), "more than numbers"),
    "a plain pickle": (lambda: pickle.dumps(Evil()), "pickle"),
    "the old format": (lambda: pt(state(), _use_new_zipfile_serialization=False), "pickle"),
    "a view of 10^12 numbers": (view, "claims 1,000,000,000,000 numbers"),
    "compressed": (deflated, "compressed"),
    "NaN": (spoiled, "NaN or infinity"),
    "nothing": (lambda: b"", "neither"),
    "no tensors": (lambda: pt({}), "no tensors"),
    "a list": (lambda: pt([torch.zeros(2)]), "not a state_dict"),
    "numbers": (lambda: pt({"a": 3}), "not a tensor"),
    "half a file": (lambda: pt(state())[:600], "damaged"),
    "half a safetensors": (lambda: save(state())[:80], "neither"),
    "HTML": (lambda: b"<html>" * 9, "neither"),
    "complex": (lambda: pt({"a": torch.zeros(2, dtype=torch.complex64)}), "ordinary"),
    "nested": (
        lambda: pt({"a": torch.nested.nested_tensor([torch.ones(1), torch.ones(2)])}),
        "ordinary|damaged|more than",
    ),
    "without numbers": (
        lambda: pt({"a": torch.empty(2, device="meta")}),
        "ordinary|damaged|more than|claims",
    ),
    "sparse": (lambda: pt({"a": torch.eye(2).to_sparse()}), "ordinary|damaged|more than"),
    "another network": (lambda: save(build_model(WIDER).state_dict()), "another network"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(name: str) -> None:
    make, words = BAD[name]
    model = build_model(EXPERIMENT)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    with pytest.raises(ExperimentError, match=words):
        load_weights(model, make())
    assert not NEVER.exists()
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())


def test_numbers_too_large_for_the_network_are_refused() -> None:
    given = {name: value.double() for name, value in state().items()}
    given["head.bias"] = torch.full_like(given["head.bias"], 1e300)  # infinite in float32
    with pytest.raises(ExperimentError, match=r"head\.bias” holds numbers too large"):
        load_weights(build_model(EXPERIMENT), save(given))
    given["head.bias"] = torch.full_like(given["head.bias"], 1e30)
    model = build_model(EXPERIMENT)
    assert load_weights(model, save(given)).fits
    assert model.head.bias.tolist() == pytest.approx([1e30] * 2)


def test_a_state_without_the_count_of_batches_loads_as_in_torch() -> None:
    """Weights of before torch 0.4.1 have no `num_batches_tracked`."""
    layers = [{"layer": "linear", "units": 6}, {"layer": "batchnorm1d"}, {"layer": "tanh"}]
    experiment = points(layers=layers)
    torch.manual_seed(5)
    given = build_model(experiment).state_dict()
    del given["features.1.num_batches_tracked"]
    model = build_model(experiment)
    report = load_weights(model, pt(given))
    assert report.fits and report.loaded == tuple(given)
    for name, value in given.items():
        assert torch.equal(model.state_dict()[name], value)
    assert model.state_dict()["features.1.num_batches_tracked"] == 0
    del given["features.1.running_mean"]
    with pytest.raises(ExperimentError, match=r"features\.1\.running_mean: not in the file"):
        load_weights(model, pt(given))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "w").write_bytes(bytes(1000))
    with pytest.raises(
        ExperimentError, match=r"has 1\.0 kB; at most 999 B are accepted: choose a smaller one"
    ):
        read_weights(tmp_path / "w", 999)


def test_a_run_begins_from_weights() -> None:
    torch.manual_seed(2)
    given = state()
    trainer = Trainer(EXPERIMENT)
    StartingWeights(given)(trainer)
    assert all(
        torch.equal(value, given[name]) for name, value in trainer.model.state_dict().items()
    )
    fast = points(optimizer={"optimizer": "adam", "lr": 0.05})
    begun = train(fast)
    first, second = (
        begun.history,
        train(fast, begin=StartingWeights(begun.model.state_dict())).history,
    )
    assert first is not None and second is not None
    assert second.column("epochs", "val_loss")[-1] < first.column("epochs", "val_loss")[-1]


def test_the_engine_starts_a_run_from_weights(engine: Engine) -> None:
    given = train(EXPERIMENT).model.state_dict()
    run = engine.start(EXPERIMENT, paused=True, begin=StartingWeights(given))
    asked = run.ask(
        lambda trainer: {name: value.clone() for name, value in trainer.model.state_dict().items()}
    )
    assert all(torch.equal(value, given[name]) for name, value in asked.items())
    wrong = engine.start(WIDER, begin=StartingWeights(given))
    assert (
        wrong.wait(30) == "failed"
        and wrong.reason is not None
        and wrong.reason.code == "weights_differ"
    )


def test_a_module_of_ones_own_takes_weights_too() -> None:
    net = nn.Linear(2, 3)
    assert load_weights(net, pt(nn.Linear(2, 3).state_dict())).fits
