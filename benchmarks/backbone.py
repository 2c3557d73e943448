"""Two classes of 60 pictures: a frozen backbone that learned from other pictures, against the same from scratch.

python -m benchmarks.backbone [--seeds 3] [--epochs 20]

Stripes at twelve angles and two widths teach the backbone; the two classes are stripes between these, in noise.
The weights go into a data folder of their own, where a download would have put them.
"""

import argparse
import io
import os
import statistics
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torchvision
from PIL import Image

from playground.catalogues.backbones import stages_of
from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.downloads import SOURCES, Weights, sha256_of
from playground.experiment import Experiment
from playground.results import train

NET = "shufflenet_v2_x0_5"
SIDE = 32
LESSONS = [(angle, width) for angle in range(0, 180, 15) for width in (4.0, 7.0)]
LESSON_PICTURES = 60
ASKED = [(35.0, 5.0), (55.0, 5.0)]  # angle in degrees, width in pixels
ASKED_PICTURES = 60
NOISE = 60.0
SOUGHT = 0.15


def stripes(angle: float, width: float, rng: np.random.Generator) -> np.ndarray:
    """One picture: uint8 (32, 32, 3), the stripes anywhere, their colours by chance."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    radians = np.deg2rad(angle + rng.normal(0, 3))
    along = columns * np.cos(radians) + rows * np.sin(radians)
    wave = np.sin(2 * np.pi * along / width + rng.uniform(0, 2 * np.pi))
    colour = rng.uniform(30, 60, 3)
    picture = 128 + wave[..., None] * colour + rng.normal(0, NOISE, (SIDE, SIDE, 1))
    return picture.clip(0, 255).astype(np.uint8)


def archive(kinds: list[tuple[float, float]], n: int, seed: int) -> str:
    """Hands in a ZIP with a folder for every kind. Out: its id."""
    rng = np.random.default_rng(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for i, (angle, width) in enumerate(kinds):
            for k in range(n):
                png = io.BytesIO()
                Image.fromarray(stripes(angle, width, rng)).save(png, "PNG")
                packed.writestr(f"kind{i:02}/{k}.png", png.getvalue())
    return uploads.put(buffer.getvalue(), "images", "stripes.zip")


def experiment(file: str, epochs: int, seed: int, **backbone: Any) -> Experiment:
    """A backbone and the output layer over the pictures of an archive."""
    layer = {"layer": "backbone", "net": NET, "size": 64, "stage": 3, **backbone}
    data = {"dataset": "own_images", "file": file, "size": SIDE, "colour": True}
    optimizer = {"optimizer": "adam", "lr": 0.003}
    training = {"epochs": epochs, "seed": seed, "optimizer": optimizer}
    return Experiment.from_dict(
        {
            "data": {**data, "batch_size": 30, "validation": 0.5},
            "layers": [layer],
            "training": training,
        }
    )


def learn(folder: Path, epochs: int) -> float:
    """Trains the backbone on the lessons and keeps its weights as torchvision would. Out: its accuracy."""
    file = archive(LESSONS, LESSON_PICTURES, seed=1)
    finished = train(experiment(file, epochs, 0, weights="random", frozen=False))
    whole = torchvision.models.get_model(NET, weights=None)
    stages_of(whole, NET, 3).load_state_dict(finished.model.features[0].stages.state_dict())
    path = folder / "draft.pth"
    torch.save(whole.state_dict(), path)
    name = f"{NET}-{sha256_of(path)[:8]}.pth"
    path.rename(folder / name)
    SOURCES[NET] = Weights(NET, (name,))
    return last_accuracy(finished)


def last_accuracy(finished: Any) -> float:
    return float(finished.history.table("epochs")["val_accuracy"][-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PLAYGROUND_DATA_FOLDER"] = folder
        print(f"lessons: accuracy {learn(Path(folder), 12):.2f} of {len(LESSONS)} kinds")
        frozen, scratch = [], []
        for seed in range(options.seeds):
            file = archive(ASKED, ASKED_PICTURES, seed=100 + seed)
            pretrained = experiment(file, options.epochs, seed)
            fresh = experiment(file, options.epochs, seed, weights="random", frozen=False)
            frozen.append(last_accuracy(train(pretrained)))
            scratch.append(last_accuracy(train(fresh)))
            print(
                f"seed {seed}: frozen {frozen[-1]:.3f}, from scratch {scratch[-1]:.3f}", flush=True
            )
    gain = statistics.mean(frozen) - statistics.mean(scratch)
    print(f"frozen is {gain:+.3f} better; wanted: at least +{SOUGHT}")


if __name__ == "__main__":
    main()
