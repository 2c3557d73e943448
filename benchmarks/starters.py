"""The network that is offered for a table, against a linear model on the same split and features.

python -m benchmarks.starters [--seeds 5] [--epochs 5]

Ten small tables, of the playground and of scikit-learn. The score is the accuracy, or R² where a number is predicted;
for the network it is that after the last epoch, as a mean over the seeds.
"""

import argparse
import csv
import io
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sklearn import datasets

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.layers.starters import STARTER_TRAINING, STARTERS
from playground.catalogues.samples import suited_batch
from playground.experiment import Experiment
from playground.results import train
from playground.training.linear_model import linear_model

ALLOWED = 0.02  # below the linear model
BUNDLED = ("iris", "wine", "breast_cancer", "diabetes", "house_prices", "orange_juice")


def own_table(rows: Iterable[Sequence[Any]], names: Sequence[str], target: str) -> dict[str, Any]:
    """Hands in a CSV file with these rows. Out: its data set's settings."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(rows)
    file = uploads.put(text.getvalue().encode(), "csv", "table.csv")
    return {"dataset": "own_table", "file": file, "target": target}


def from_scikit_learn() -> dict[str, dict[str, Any]]:
    """Four tables more, handed in as a person would."""
    digits = datasets.load_digits()
    pixels = [f"pixel {i}" for i in range(64)]
    digit_rows = [[*x, f"digit {y}"] for x, y in zip(digits.data, digits.target, strict=True)]
    iris = datasets.load_iris().data
    lengths = ["sepal length", "sepal width", "petal length", "petal width"]
    wine = datasets.load_wine()
    x, y = datasets.make_friedman1(300, noise=1.0, random_state=0)
    curved_rows = [[*features, goal] for features, goal in zip(x, y, strict=True)]
    letters = [*"abcdefghij"]
    return {
        "digits, 8 × 8 pixels": own_table(digit_rows, [*pixels, "digit"], "digit"),
        "width of iris petals": own_table(iris, lengths, "petal width"),
        "alcohol of wine": own_table(wine.data, wine.feature_names, "alcohol"),
        "Friedman's curve": own_table(curved_rows, [*letters, "y"], "y"),
    }


def experiment_of(data: Mapping[str, Any], epochs: int, seed: int) -> Experiment:
    """The starter on a table, as one click on the page makes it."""
    entry = DATASETS.parse({**data, "batch_size": 2})
    batch = suited_batch(sum(entry.counts()))
    loss = {"loss": entry.goal.natural}
    training = {**STARTER_TRAINING["table"], "loss": loss, "seed": seed, "epochs": epochs}
    return Experiment.from_dict(
        {"data": {**data, "batch_size": batch}, "layers": STARTERS["table"], "training": training}
    )


def score(scores: Mapping[str, float]) -> float:
    """The one that counts: R² for numbers, accuracy for classes."""
    return scores["r2"] if "r2" in scores else scores["accuracy"]


def main() -> None:
    """Prints a row a table, and whether every one holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=STARTER_TRAINING["table"]["epochs"])
    options = parser.parse_args()
    tables: dict[str, dict[str, Any]] = {name: {"dataset": name} for name in BUNDLED}
    tables |= from_scikit_learn()
    print("| table | rows | batch | baseline | linear model | starter, mean | difference |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    worst = 1.0
    for name, data in tables.items():
        experiments = [experiment_of(data, options.epochs, seed) for seed in range(options.seeds)]
        finished = [train(experiment) for experiment in experiments]
        linear = score(linear_model(experiments[0]).scores)
        starter = statistics.mean(score(run.scores()) for run in finished)
        baseline = score(finished[0].baselines[0].scores)
        first = experiments[0].data
        rows = sum(first.counts())
        difference = starter - linear
        worst = min(worst, difference)
        print(
            f"| {name} | {rows:,} | {first.batch_size} | {baseline:.3f} | {linear:.3f} | {starter:.3f} "
            f"| {difference:+.3f} |",
            flush=True,
        )
    verdict = "holds" if worst >= -ALLOWED else "does not hold"
    print(f"none more than {ALLOWED} below the linear model: {verdict} (worst {worst:+.3f})")


if __name__ == "__main__":
    main()
