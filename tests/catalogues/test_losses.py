"""Every loss: torch's own number, or one worked out by hand."""

import math
from itertools import product
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from playground.catalogues.datasets import DATASETS, Dataset
from playground.catalogues.losses import LOSSES
from playground.catalogues.losses.modules import (
    Contrastive,
    LabelWeight,
    LearnedTwoTasks,
    Triplet,
    balanced_weights,
)
from playground.experiment import Experiment
from playground.export.script import script
from playground.results import train

from ..conftest import points

SCORES = torch.tensor([[1.0, 2.0, 0.5], [0.0, 0.0, 0.0], [-1.0, 0.5, 3.0]])
CLASSES = torch.tensor([1, 0, 2])
# Two classes on a line: 0 and 1 together at 0 and 1, 2 and 3 at 1.5 and 4.
PLACES = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1.5, 0.0], [4.0, 0.0]])
PAIRS = torch.tensor([0, 0, 1, 1])


def of(loss: str, data: str | Dataset = "digits", **options: Any) -> nn.Module:
    chosen = DATASETS[data]() if isinstance(data, str) else data
    module: nn.Module = LOSSES[loss](**options).call(chosen).build()
    return module


@pytest.mark.parametrize(
    ("loss", "options", "theirs"),
    [
        ("mse", {}, nn.MSELoss()),
        ("l1", {}, nn.L1Loss()),
        ("huber", {"delta": 0.5}, nn.HuberLoss(delta=0.5)),
        ("smooth_l1", {"beta": 0.5}, nn.SmoothL1Loss(beta=0.5)),
    ],
)
def test_losses_of_values_are_torchs(
    loss: str, options: dict[str, float], theirs: nn.Module
) -> None:
    target = torch.tensor([[0.0, 2.0, 0.4], [1.0, 0.0, -3.0], [0.0, 0.0, 0.0]])
    assert torch.equal(of(loss, "digits_copy", **options)(SCORES, target), theirs(SCORES, target))


def test_huber_is_half_the_square_and_then_a_line() -> None:
    loss = of("huber", "digits_copy", delta=2.0)
    assert loss(torch.tensor([1.0]), torch.tensor([0.0])).item() == pytest.approx(0.5)
    assert loss(torch.tensor([5.0]), torch.tensor([0.0])).item() == pytest.approx(2 * (5 - 1))


@pytest.mark.parametrize(
    ("loss", "options", "theirs"),
    [
        ("cross_entropy", {}, nn.CrossEntropyLoss()),
        ("cross_entropy", {"label_smoothing": 0.2}, nn.CrossEntropyLoss(label_smoothing=0.2)),
        ("multi_margin", {"margin": 0.5}, nn.MultiMarginLoss(margin=0.5)),
        ("nll", {}, nn.CrossEntropyLoss()),
        ("focal", {"alpha": 1.0, "gamma": 0.0}, nn.CrossEntropyLoss()),
    ],
)
def test_losses_of_classes_are_torchs(
    loss: str, options: dict[str, float], theirs: nn.Module
) -> None:
    torch.testing.assert_close(of(loss, **options)(SCORES, CLASSES), theirs(SCORES, CLASSES))


def test_focal_loss_turns_down_what_is_known() -> None:
    p = SCORES.softmax(1)[range(3), CLASSES]
    by_hand = (0.25 * (1 - p) ** 2 * -p.log()).mean()
    torch.testing.assert_close(of("focal")(SCORES, CLASSES), by_hand)


def test_a_half_known_class_costs_a_quarter_of_its_cross_entropy() -> None:
    scores = torch.zeros(1, 2)
    assert of("focal", "xor", alpha=1.0)(scores, torch.tensor([0])).item() == pytest.approx(
        0.25 * math.log(2)
    )


@pytest.mark.parametrize("loss", ["focal", "cross_entropy", "nll"])
def test_padding_counts_for_nothing(loss: str) -> None:
    steps = torch.randn(2, 4, 3, generator=torch.Generator().manual_seed(1))
    labels = torch.tensor([[0, 2, -100, -100], [1, 1, 0, -100]])

    class Steps(type(DATASETS["digits"]())):  # type: ignore[misc]
        task = "labelling"

    found = of(loss, Steps())(steps, labels)
    alone = of(loss)(steps[labels >= 0], labels[labels >= 0])
    torch.testing.assert_close(found, alone)


def test_balanced_weights_make_every_class_count_alike() -> None:
    weights = balanced_weights(torch.tensor([0, 0, 0, 1, -100]), 2)
    assert weights.tolist() == pytest.approx([4 / 6, 4 / 2])
    data = DATASETS["digits_imbalanced"]()
    loss = of("cross_entropy", data, class_weights="balanced")
    counts = torch.bincount(data.split().train_y)
    torch.testing.assert_close(loss.weight * counts, torch.full((10,), counts.sum() / 10))


def test_labels_weigh_what_torch_divides_their_mean_by() -> None:
    target = torch.tensor([[1, 0], [2, -100]])
    weight = torch.tensor([0.5, 2.0, 4.0])
    assert LabelWeight()(target).item() == 3
    assert LabelWeight(weight)(target).item() == 6.5
    scores = torch.randn(4, 3, generator=torch.Generator().manual_seed(4))
    total = nn.CrossEntropyLoss(weight, reduction="sum")(scores, target.flatten())
    mean = nn.CrossEntropyLoss(weight)(scores, target.flatten())
    torch.testing.assert_close(total / mean, torch.tensor(6.5))


def test_a_loss_says_whether_its_batches_are_weighed_and_whether_it_compares_samples() -> None:
    digits, words = DATASETS["digits"](), DATASETS["hyphenation"]()
    balanced = LOSSES["cross_entropy"](class_weights="balanced")
    assert LOSSES["cross_entropy"]().weighing(digits) is None
    assert balanced.weighing(digits) is not None
    assert LOSSES["focal"]().weighing(words) is not None
    comparing = {entry.id for entry in LOSSES if not entry.is_mean_of_samples}
    assert comparing == {"triplet_margin", "contrastive"}


def test_the_script_takes_the_weights_from_its_own_training_part() -> None:
    experiment = Experiment.from_dict(
        {
            "data": {"dataset": "digits_imbalanced"},
            "training": {"loss": {"loss": "nll", "class_weights": "balanced"}},
        }
    )
    text = script(experiment)
    assert (
        "nn.NLLLoss(weight=balanced_weights(train_y, 10))" in text
        and "def balanced_weights" in text
    )


@pytest.mark.parametrize("loss", ["bce", "bce_with_logits"])
def test_two_classes_have_one_output_and_more_have_one_each(loss: str) -> None:
    entry = LOSSES[loss]()
    assert (entry.n_outputs(DATASETS["xor"]()), entry.n_outputs(DATASETS["digits"]())) == (1, 10)
    one, right = torch.tensor([[0.3], [-2.0]]), torch.tensor([1, 0])
    theirs = nn.BCEWithLogitsLoss()
    torch.testing.assert_close(of(loss, "xor")(one, right), theirs(one[:, 0], right.float()))
    torch.testing.assert_close(of(loss)(SCORES, CLASSES), theirs(SCORES, torch.eye(3)[CLASSES]))


def test_pos_weight_is_torchs() -> None:
    theirs = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0]))
    ours = of("bce_with_logits", pos_weight=3.0)
    torch.testing.assert_close(ours(SCORES, CLASSES), theirs(SCORES, torch.eye(3)[CLASSES]))


def test_probabilities_lose_the_gradient_where_logits_keep_it() -> None:
    found = {}
    for loss in ("bce", "bce_with_logits"):
        score = torch.tensor([[200.0]], requires_grad=True)
        of(loss, "xor")(score, torch.tensor([0])).backward()
        found[loss] = score.grad.item()  # type: ignore[union-attr]
    assert found == {"bce": 0.0, "bce_with_logits": 1.0}


def all_triplets(places: Tensor, classes: Tensor, margin: float) -> list[float]:
    """What each valid triplet costs, written out."""
    n = range(len(classes))
    return [
        max(
            0.0,
            (places[a] - places[p]).norm().item() - (places[a] - places[o]).norm().item() + margin,
        )
        for a, p, o in product(n, n, n)
        if a != p and classes[a] == classes[p] and classes[a] != classes[o]
    ]


@pytest.mark.parametrize("margin", [0.2, 1.0, 5.0])
def test_all_triplets_are_counted_without_being_written_down(margin: float) -> None:
    generator = torch.Generator().manual_seed(3)
    places = torch.randn(14, 3, generator=generator, requires_grad=True)
    classes = torch.randint(0, 4, (14,), generator=generator)
    costs = [cost for cost in all_triplets(places, classes, margin) if cost > 0]
    found = Triplet(margin)(places, classes)
    assert found.item() == pytest.approx(sum(costs) / len(costs), rel=1e-5)
    slope = torch.autograd.grad(found, places)[0]
    double = places.detach().double()
    for i, j in (
        (0, 0),
        (5, 2),
        (13, 1),
    ):  # the gradient against a difference quotient of the sum written out
        moved = [double.clone(), double.clone()]
        moved[0][i, j] += 1e-5
        moved[1][i, j] -= 1e-5
        high, low = (
            [cost for cost in all_triplets(each, classes, margin) if cost > 0] for each in moved
        )
        assert slope[i, j].item() == pytest.approx(
            (sum(high) - sum(low)) / len(costs) / 2e-5, rel=1e-2, abs=1e-4
        )


def test_hard_triplets_are_torchs_triplet_loss_of_the_hardest() -> None:
    # anchors 0, 1, 2, 3: the farthest of their own class, the nearest of the other
    same, other = PLACES[[1, 0, 3, 2]], PLACES[[2, 2, 1, 1]]
    theirs = nn.TripletMarginWithDistanceLoss(
        distance_function=nn.PairwiseDistance(eps=0), margin=1.0
    )
    found = Triplet(1.0, "hard")(PLACES, PAIRS)
    torch.testing.assert_close(found, theirs(PLACES, same, other))
    assert found.item() == pytest.approx(
        (1 - 1.5 + 1 + 1 - 0.5 + 1 + 2.5 - 0.5 + 1 + 2.5 - 3 + 1) / 4
    )


def test_contrastive_pulls_likes_and_pushes_others_to_the_margin() -> None:
    # like pairs: 1 and 2.5 apart; others: 1.5, 4, 0.5, 3 apart, of which 1.5 and 0.5 are within the margin of 2
    by_hand = (1**2 + 2.5**2 + (2 - 1.5) ** 2 + (2 - 0.5) ** 2) / 2 / 6
    assert Contrastive(2.0)(PLACES, PAIRS).item() == pytest.approx(by_hand)


@pytest.mark.parametrize(
    "loss", [Triplet(), Triplet(sampling="hard"), Contrastive()], ids=["all", "hard", "pairs"]
)
@pytest.mark.parametrize(
    "classes",
    [[0], [0, 0, 0], [0, 1, 2], [0, 0, 1, 1]],
    ids=["one", "all alike", "all different", "on one spot"],
)
def test_a_batch_without_pairs_or_on_one_spot_has_a_finite_gradient(
    loss: nn.Module, classes: list[int]
) -> None:
    places = torch.zeros(len(classes), 2, requires_grad=True)
    found = loss(places, torch.tensor(classes))
    found.backward()
    assert bool(found.isfinite()) and torch.equal(places.grad, torch.zeros_like(places))  # type: ignore[arg-type]
    if isinstance(loss, Triplet) and len(set(classes)) in (1, len(classes)):
        assert found.item() == 0


def test_two_tasks_weigh_by_what_they_learned() -> None:
    loss = LearnedTwoTasks()
    with torch.no_grad():
        loss.log_variance.copy_(torch.tensor([math.log(2), -math.log(3)]))
    target = torch.tensor([[1.0, 0.5], [0.0, 1.5]])
    scores = torch.tensor([[0.0, 0.0, 1.5], [0.0, 0.0, 0.5]])
    by_hand = math.log(2) / 2 + 3 / 2 * 1.0 + (math.log(2) - math.log(3)) / 2
    assert loss(scores, target).item() == pytest.approx(by_hand)
    assert loss.parts() == pytest.approx(
        {
            "class_weight": 0.5,
            "value_weight": 1.5,
            "class_log_variance": math.log(2),
            "value_log_variance": -math.log(3),
        }
    )
    fixed = of(
        "two_tasks", "digits_two_tasks", weighting="fixed", class_weight=2.0, value_weight=0.5
    )
    assert fixed(scores, target).item() == pytest.approx(2 * math.log(2) + 0.5 * 1.0)
    assert not list(fixed.parameters())


def test_learned_weights_move_and_are_recorded() -> None:
    experiment = Experiment.from_dict(
        {
            "data": {"dataset": "digits_two_tasks", "validation": 0.9},
            "layers": [{"layer": "linear", "units": 8}],
            "training": {"loss": {"loss": "two_tasks"}, "epochs": 2},
        }
    )
    run = train(experiment)
    assert run.history is not None
    assert run.history.part_names == (
        "class_weight",
        "value_weight",
        "class_log_variance",
        "value_log_variance",
    )
    parts = run.history.column("layers", "loss_parts")
    assert abs(parts[-1, 2]) > 1e-4 and parts[-1, 0] == pytest.approx(
        math.exp(-parts[-1, 2]), rel=1e-5
    )
    assert run.history.metrics == ("accuracy", "mae")
    found = run.predict((DATASETS["digits_two_tasks"]().raw()[0][:3, 0] * 255).astype("uint8"))
    assert found.shape == (3, 11) and found[:, :-1].sum(1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("loss", ["bce", "bce_with_logits"])
def test_one_output_learns_and_answers_with_two_probabilities(loss: str) -> None:
    run = train(
        points(
            "gaussians", loss={"loss": loss}, epochs=12, optimizer={"optimizer": "adam", "lr": 0.05}
        )
    )
    assert run.history is not None
    assert run.model.head.out_features == 1
    assert run.history.column("epochs", "val_accuracy")[-1] > 0.9
    x, y = run.experiment.data.raw()
    found = run.predict(x)
    assert found.shape == (len(x), 2) and found.sum(1) == pytest.approx(1)
    assert (found.argmax(1) == y).mean() > 0.9


@pytest.mark.parametrize("loss", ["triplet_margin", "contrastive"])
@pytest.mark.parametrize("dimensions", [2, 5])
def test_an_embedding_brings_likes_together(loss: str, dimensions: int) -> None:
    options = {"loss": loss, "dimensions": dimensions}
    layers = [{"layer": "linear", "units": 16}, {"layer": "relu"}]
    run = train(
        points("xor", layers, loss=options, epochs=15, optimizer={"optimizer": "adam", "lr": 0.01})
    )
    assert run.history is not None
    accuracy = run.history.column("epochs", "val_accuracy")
    assert accuracy[-1] >= 0.9
    assert run.predict(run.experiment.data.raw()[0][:4]).shape == (4, dimensions)
