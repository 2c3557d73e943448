"""Weights of torchvision's networks made in the test, where a download would have put them."""

from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision

from playground.catalogues.datasets import downloads
from playground.catalogues.datasets.downloads import Downloads, Weights, sha256_of
from playground.experiment import Experiment
from playground.network import pretrained

NET = "shufflenet_v2_x0_5"  # the smallest


def network(name: str = NET, seed: int = 7) -> Any:
    """torchvision's own, with random weights and means, ready to be asked."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        made = torchvision.models.get_model(name, weights=None)
        for module in made.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.1)
                module.running_var.uniform_(0.5, 1.5)
    return made.eval()


def put_weights(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, weights: Any) -> Path:
    """Saves them in a data folder of its own, under a name that says how their SHA-256 begins."""
    draft = folder / "draft.pth"
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(weights, draft)
    file = f"backbones/{name}-{sha256_of(draft)[:8]}.pth"
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    draft.replace(path)
    monkeypatch.setitem(downloads.SOURCES, name, Weights(name, (file,)))
    for room in (downloads, pretrained):
        monkeypatch.setattr(room, "DOWNLOADS", Downloads(folder))
    return path


def over_digits(
    layers: list[dict[str, Any]] | None = None, training: Any = None, **options: Any
) -> Experiment:
    """A backbone over few digits. In: layers after it, its settings."""
    backbone = {"layer": "backbone", "net": NET, "size": 64, **options}
    data = {"dataset": "digits", "validation": 0.5, "batch_size": 60}
    return Experiment.from_dict(
        {
            "data": data,
            "layers": [backbone, *(layers or [])],
            "training": {"epochs": 2, **(training or {})},
        }
    )
