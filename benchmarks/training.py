"""The engine against other ways to run the same training, interleaved in one run.

    pip install -r requirements.txt -r benchmarks/requirements.txt
    python -m benchmarks.training [--rounds 9] [--device cuda]

Each contestant trains the same network on the same 4,000 digits, batch 64, Adam, float32. A round is a fixed number of
steps of each, one after the other; figures are medians over rounds, of the training steps alone (nobody validates
inside the timed part) and, for the engine, of everything with its validation. The engine runs as in the app: in a
process of its own, on a worker thread, with all default measurements, served over HTTP, with one page's event stream
open and read throughout. On a GPU the loops have their data there, too, and a round ends when the GPU is done.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from playground.engine.devices import cpu_has_bf16
from playground.experiment import Experiment
from playground.network.builder import build_model
from playground.network.models import memory_format
from playground.preset_files import preset

warnings.filterwarnings("ignore")
BATCH = 64
FOREVER = 10_000
Contestant = Callable[[int], float]  # steps -> seconds


def long(experiment: Experiment, **training: Any) -> Experiment:
    """The experiment with so many epochs that a benchmark never reaches its end; no schedule, as the rivals."""
    changes = {
        "epochs": FOREVER,
        "schedule": {"schedule": "constant"},
        "loss": {"loss": "cross_entropy"},
        **training,
    }
    value = experiment.model_dump(mode="json")
    value["training"] |= changes
    return Experiment.from_dict(value)


class Loop:
    """A hand-written loop over data in memory."""

    def __init__(
        self, experiment: Experiment, threads: int, device: str, *, fused: bool, tuned: bool
    ):
        self.split = experiment.data.split()
        self.model = build_model(experiment).to(device)
        self.x, self.y = self.split.train_x.to(device), self.split.train_y.to(device)
        self.device = device
        if tuned:
            self.model.to(memory_format=memory_format(self.model))
            if memory_format(self.model) is torch.channels_last:
                self.x = self.x.contiguous(memory_format=torch.channels_last)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, fused=fused)
        self.loss = experiment.training.loss.call(experiment.data).build()
        self.batch = experiment.data.batch_size
        self.threads = threads
        self.order: list[torch.Tensor] = []

    def __call__(self, steps: int) -> float:
        torch.set_num_threads(self.threads)
        self.model.train()
        began = time.perf_counter()
        for _ in range(steps):
            if not self.order:
                order = torch.randperm(len(self.x), device=self.device)
                self.order = list(order.split(self.batch))
            chosen = self.order.pop()
            loss = self.loss(self.model(self.x[chosen]), self.y[chosen])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
        wait_for(self.device)
        return time.perf_counter() - began


def wait_for(device: str) -> None:
    """A GPU works behind the program that orders."""
    if device != "cpu":
        torch.cuda.synchronize(device)


def loader(experiment: Experiment, threads: int, device: str) -> Contestant:
    """The tutorial's loop: DataLoader, loss.item() every step."""
    split = experiment.data.split()
    model = build_model(experiment).to(device)
    optimizer, loss_function = torch.optim.Adam(model.parameters(), lr=1e-3), nn.CrossEntropyLoss()
    batches = DataLoader(TensorDataset(split.train_x, split.train_y), BATCH, shuffle=True)

    def run(steps: int) -> float:
        torch.set_num_threads(threads)
        began, left, total = time.perf_counter(), steps, 0.0
        while left:
            for x, y in batches:
                loss = loss_function(model(x.to(device)), y.to(device))
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.item()
                left -= 1
                if not left:
                    break
        return time.perf_counter() - began

    return run


class Child:
    """The engine as in the app, in a process of its own, so that its threads and the rivals' do not meet."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.engine_child"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, value: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        print(json.dumps(value), file=self.process.stdin, flush=True)
        return dict(json.loads(self.process.stdout.readline()))


class Served:
    """A run of the child; a round is a stretch of its steps."""

    def __init__(self, experiment: Experiment, child: Child, device: str):
        self.child, self.busy = child, 0.0
        self.begun = child.ask({"experiment": experiment.to_dict(), "device": device})

    def __call__(self, steps: int) -> float:
        """Wall-clock seconds of so many steps, the validations taken off; `busy` gets them with the validations."""
        found = self.child.ask({"run": self.begun["run"], "steps": steps})
        self.busy = found["busy"]
        return float(found["seconds"])


def skorch_net(experiment: Experiment, threads: int, device: str) -> Contestant:
    from skorch import NeuralNetClassifier

    split = experiment.data.split()
    net = NeuralNetClassifier(
        build_model(experiment), criterion=nn.CrossEntropyLoss, optimizer=torch.optim.Adam, lr=1e-3,
        batch_size=BATCH, train_split=None, verbose=0, iterator_train__shuffle=True, max_epochs=1, device=device,
    )  # fmt: skip
    net.initialize()

    def run(steps: int) -> float:
        torch.set_num_threads(threads)
        x, y = split.train_x[: steps * BATCH], split.train_y[: steps * BATCH]
        began = time.perf_counter()
        net.partial_fit(x, y)
        return (time.perf_counter() - began) * steps / -(-len(x) // BATCH)

    return run


def ignite_trainer(experiment: Experiment, threads: int, device: str) -> Contestant:
    from ignite.engine import create_supervised_trainer

    split = experiment.data.split()
    model = build_model(experiment).to(device)
    optimizer, loss = torch.optim.Adam(model.parameters(), lr=1e-3), nn.CrossEntropyLoss()
    trainer = create_supervised_trainer(model, optimizer, loss, device=device)

    def run(steps: int) -> float:
        torch.set_num_threads(threads)
        batches = DataLoader(
            TensorDataset(split.train_x[: steps * BATCH], split.train_y[: steps * BATCH]),
            BATCH,
            True,
        )
        began = time.perf_counter()
        trainer.run(batches, max_epochs=1)
        return (time.perf_counter() - began) * steps / len(batches)

    return run


def lightning_trainer(experiment: Experiment, threads: int, device: str) -> Contestant:
    import logging

    import lightning

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    split = experiment.data.split()

    class Module(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.model = build_model(experiment)

        def training_step(self, batch: Any, _: int) -> torch.Tensor:
            return nn.functional.cross_entropy(self.model(batch[0]), batch[1])

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.Adam(self.parameters(), lr=1e-3)

    class Clock(lightning.Callback):
        began = ended = 0.0

        def on_train_epoch_start(self, *_: Any) -> None:
            self.began = time.perf_counter()

        def on_train_epoch_end(self, *_: Any) -> None:
            self.ended = time.perf_counter()

    module = Module()
    accelerator = "cpu" if device == "cpu" else "gpu"

    def run(steps: int) -> float:
        torch.set_num_threads(threads)
        clock = Clock()
        batches = DataLoader(
            TensorDataset(split.train_x[: steps * BATCH], split.train_y[: steps * BATCH]),
            BATCH,
            True,
        )
        trainer = lightning.Trainer(
            max_epochs=1, accelerator=accelerator, devices=1, logger=False, enable_checkpointing=False,
            callbacks=[clock], enable_progress_bar=False, enable_model_summary=False,
        )  # fmt: skip
        trainer.fit(module, batches)
        return (clock.ended - clock.began) * steps / len(batches)

    return run


def keras_model(experiment: Experiment, threads: int, device: str) -> Contestant:
    import keras

    split, layers = experiment.data.split(), []
    channels_last = split.train_x.permute(0, 2, 3, 1).contiguous().numpy()
    image = any(layer.id == "conv2d" for layer in experiment.layers)
    for layer in experiment.layers:
        made = {
            "linear": lambda layer: keras.layers.Dense(layer.units),
            "conv2d": lambda layer: keras.layers.Conv2D(
                layer.channels, layer.kernel, padding="same"
            ),
            "batchnorm2d": lambda layer: keras.layers.BatchNormalization(),
            "relu": lambda layer: keras.layers.ReLU(),
            "maxpool2d": lambda layer: keras.layers.MaxPooling2D(layer.size),
            "flatten": lambda layer: keras.layers.Flatten(),
            "dropout": lambda layer: keras.layers.Dropout(layer.p),
        }[layer.id](layer)
        layers.append(made)
    start = [keras.Input((28, 28, 1))] + ([] if image else [keras.layers.Flatten()])
    model = keras.Sequential([*start, *layers, keras.layers.Dense(10)])
    model.compile(
        keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    y = split.train_y.numpy()

    def run(steps: int) -> float:
        torch.set_num_threads(threads)
        n = min(len(y), steps * BATCH)
        began = time.perf_counter()
        model.fit(channels_last[:n], y[:n], batch_size=BATCH, epochs=1, verbose=0)
        return (time.perf_counter() - began) * steps / -(-n // BATCH)

    return run


def contest(
    name: str, contestants: dict[str, Contestant], steps: int, rounds: int, base: str
) -> dict[str, float]:
    """Prints a table of medians and gives steps a second by contestant."""
    for run in contestants.values():
        run(max(2, steps // 4))
    seconds: dict[str, list[float]] = {key: [] for key in contestants}
    whole: list[float] = []
    for _ in range(rounds):
        for key, run in contestants.items():
            seconds[key].append(run(steps) / steps)
            if isinstance(run, Served) and key == "engine":
                whole.append(run.busy / steps)
    speed = {key: 1 / statistics.median(values) for key, values in seconds.items()}
    print(
        f"\n### {name}: {rounds} rounds of {steps} steps\n\n| | steps/s | against {base} |\n| --- | --- | --- |"
    )
    for key, value in speed.items():
        ratio = statistics.median(b / o for b, o in zip(seconds[base], seconds[key], strict=True))
        print(f"| {key} | {value:,.1f} | {ratio:.2f} |")
    best = [
        min(seconds[key][i] for key in contestants if key.startswith("hand-tuned"))
        for i in range(rounds)
    ]
    ratio = statistics.median(b / o for b, o in zip(best, seconds["engine"], strict=True))
    print(f"| engine, against the best hand-tuned loop of each round | | {ratio:.2f} |")
    if whole:
        print(
            f"| engine, validations counted | {1 / statistics.median(whole):,.1f} | |", flush=True
        )
    return speed


# Name, preset, steps a round on the CPU and on a GPU.
NETWORKS = (
    ("MLP", "digits-mlp", 60, 1_000),
    ("BasicCNN", "digits-basic-cnn", 20, 600),
    ("ResNet-18", "digits-resnet18", 0, 150),
)


def main() -> int:
    """Prints all tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--only", default="")
    options.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    chosen = options.parse_args()
    device = chosen.device
    child = Child()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, torch {torch.__version__}"
    )
    if device == "cuda":
        print(f"{torch.cuda.get_device_name()}")
    for name, preset_id, cpu_steps, gpu_steps in NETWORKS:
        steps = cpu_steps if device == "cpu" else gpu_steps
        if chosen.only not in name or not steps:
            continue
        plain = long(preset(preset_id).experiment)
        base = "plain in-memory loop"
        contest(name, rivals_of(plain, child, device, name), steps, chosen.rounds, base)
    if chosen.only in "tiny":
        layers = [
            {"layer": "linear", "units": 4},
            {"layer": "tanh"},
            {"layer": "linear", "units": 2},
            {"layer": "tanh"},
        ]
        data = {"dataset": "circles", "batch_size": 10}
        one_output = {"loss": "bce_with_logits"}
        tiny = Experiment.from_dict(
            {"data": data, "layers": layers, "training": {"loss": one_output}}
        )
        tiny = long(tiny, loss=one_output)
        rivals: dict[str, Contestant] = {
            "engine": Served(tiny, child, device),
            "hand-tuned": Loop(tiny, 1, device, fused=True, tuned=True),
        }
        contest("2-4-2-1 tanh net, batch 10", rivals, 2_000, chosen.rounds, "hand-tuned")
    child.process.kill()
    return 0


def rivals_of(plain: Experiment, child: Child, device: str, name: str) -> dict[str, Contestant]:
    """The engine and all others on one network."""
    cores = os.cpu_count() or 1
    engine = Served(plain, child, device)
    contestants: dict[str, Contestant] = {"engine": engine}
    for threads in sorted({1, cores}) if device == "cpu" else [1]:
        tuned = Loop(plain, threads, device, fused=True, tuned=True)
        contestants[f"hand-tuned, {threads} thread(s)"] = tuned
    contestants["plain in-memory loop"] = Loop(plain, cores, device, fused=False, tuned=False)
    if device == "cpu":
        alone = Loop(plain, 1, device, fused=False, tuned=False)
        contestants["plain in-memory loop, 1 thread"] = alone
    makers = [loader, skorch_net, ignite_trainer, lightning_trainer]
    names = ["DataLoader loop", "skorch", "Ignite", "Lightning"]
    if name != "ResNet-18":
        makers.append(keras_model)
        names.append("Keras on torch")
    for key, make in zip(names, makers, strict=True):
        with suppress(ImportError):
            contestants[key] = make(plain, engine.begun["threads"], device)
    if name == "BasicCNN" and (device != "cpu" or cpu_has_bf16()):
        contestants["engine, bf16"] = Served(long(plain, precision="bf16"), child, device)
    return contestants


if __name__ == "__main__":
    sys.exit(main())
