"""Losses that torch does not have as they are. Each class stands alone: the exported script carries its source."""

import torch
from torch import nn


def balanced_weights(labels, n_classes):
    """A weight for each class, the mean count over its own: rare classes count more, all together as much as before.

    In: class numbers, negative ones left out. Out: float32 (n_classes,).
    """
    labels = labels[labels >= 0]
    counts = torch.bincount(labels, minlength=n_classes)
    counts = counts.clamp(min=1).float()  # a class without samples has nothing to weigh
    return len(labels) / (n_classes * counts)


class LabelWeight(nn.Module):
    """What the mean loss of some labels was divided by: their number, or the sum of the weights of their classes.

    In: class numbers, −100 where none counts. Out: scalar.
    Source: torch.nn.CrossEntropyLoss, reduction "mean".
    """

    def __init__(self, weight: torch.Tensor | None = None):
        super().__init__()
        self.register_buffer("weight", weight)

    def forward(self, target: torch.Tensor) -> torch.Tensor:
        # In double precision, since many batches are added up from these.
        counted = target != -100
        if self.weight is None:
            return counted.sum(dtype=torch.float64)
        labels = target[counted]
        weights = self.weight[labels]
        return weights.sum(dtype=torch.float64)


class LogSoftmaxFirst(nn.Module):
    """A loss that wants log-probabilities, given scores (N, C)."""

    def __init__(self, loss: nn.Module):
        super().__init__()
        self.loss = loss

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        # Logarithms of bfloat16 are too coarse: a step would be 0.03 at a loss of 5.
        log_probabilities = output.float().log_softmax(-1)
        return self.loss(log_probabilities, target)


class SigmoidFirst(nn.Module):
    """A loss that wants probabilities, given scores. In: scores and targets 0 or 1 of one shape. Out: scalar."""

    def __init__(self, loss: nn.Module):
        super().__init__()
        self.loss = loss

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        # Probabilities need all their digits.
        with torch.autocast(output.device.type, enabled=False):
            probabilities = output.float().sigmoid()
            return self.loss(probabilities, target)


class OneAgainstRest(nn.Module):
    """A yes-or-no loss for classes: one score says the second of two, several say one class each.

    In: scores (N, 1) or (N, C), class numbers (N,). Out: scalar.
    """

    def __init__(self, loss: nn.Module):
        super().__init__()
        self.loss = loss

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        n_outputs = output.shape[1]
        answers = target[:, None]
        if n_outputs > 1:
            answers = nn.functional.one_hot(target, n_outputs)
        return self.loss(output, answers.to(output.dtype))


class Focal(nn.Module):
    """The mean of alpha · (1 − p)^gamma · (−log p), p the probability of the right class.

    In: scores (N, C), class numbers (N,), −100 where none counts. Out: scalar.
    """

    def __init__(self, alpha: float = 0.25, gamma: float = 2.0):
        super().__init__()
        self.alpha = alpha
        self.gamma = gamma

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        # −log p, and 0 where the label does not count.
        surprise = nn.functional.cross_entropy(output.float(), target, reduction="none")
        unsure = -torch.expm1(-surprise)  # 1 − p, also where p is almost 1
        # For gamma < 1 the power has no slope at 0.
        turned_down = unsure.clamp(min=1e-6) ** self.gamma
        n = (target >= 0).sum().clamp(min=1)
        return self.alpha * (turned_down * surprise).sum() / n


class Triplet(nn.Module):
    """max(0, d(anchor, same class) − d(anchor, other class) + margin) over triplets of the batch.

    sampling "all": the mean over every triplet that costs something. "hard": for each anchor the farthest of its
    class and the nearest other, the mean over anchors that have both. In: places (N, D), class numbers (N,).
    Out: scalar; 0 where there is no triplet.
    """

    def __init__(self, margin: float = 1.0, sampling: str = "all"):
        super().__init__()
        self.margin = margin
        self.sampling = sampling

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        output = output.float()
        # Exact differences: by way of a matrix product, places close to each other would get a rounded distance.
        distance = torch.cdist(output, output, compute_mode="donot_use_mm_for_euclid_dist")
        alike = target[:, None] == target
        other = ~alike
        itself = torch.eye(len(target), dtype=torch.bool, device=target.device)
        alike = alike & ~itself
        if self.sampling == "hard":
            return self.of_hardest(distance, alike, other)
        return self.of_all(distance, alike, other)

    def of_hardest(
        self, distance: torch.Tensor, alike: torch.Tensor, other: torch.Tensor
    ) -> torch.Tensor:
        """For every anchor one triplet: the farthest of its class, and the nearest of the others."""
        farthest = distance.masked_fill(~alike, 0).amax(1)
        nearest = distance.masked_fill(~other, float("inf")).amin(1)
        valid = alike.any(1) & other.any(1)
        costs = farthest - nearest + self.margin
        costs = torch.where(valid, costs, 0).relu()
        return costs.sum() / valid.sum().clamp(min=1)

    def of_all(
        self, distance: torch.Tensor, alike: torch.Tensor, other: torch.Tensor
    ) -> torch.Tensor:
        """All triplets, N³ of them, without writing them down.

        A triplet costs something where d(anchor, other) < d(anchor, same) + margin. Counting in sorted rows tells how
        many such triplets each distance is part of, on either side: it enters the sum so many times.
        """
        with torch.no_grad():
            reach = distance + self.margin
            # ±∞ stands where a pair is of the wrong kind, and is counted by neither search.
            others = distance.masked_fill(~other, float("inf")).sort(1).values
            reaches = reach.masked_fill(~alike, float("-inf")).sort(1).values
            n_others_within_reach = torch.searchsorted(others, reach)
            as_same = n_others_within_reach * alike
            n_too_short = torch.searchsorted(reaches, distance.contiguous(), right=True)
            as_other = (len(distance) - n_too_short) * other
            n = as_same.sum()
        total = ((as_same - as_other) * distance).sum() + self.margin * n
        return total / n.clamp(min=1)


class Contrastive(nn.Module):
    """½d² for pairs of one class, ½ max(0, margin − d)² for others: the mean over all pairs of the batch.

    In: places (N, D), class numbers (N,). Out: scalar; 0 for a batch of one.
    """

    def __init__(self, margin: float = 1.0):
        super().__init__()
        self.margin = margin

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        output = output.float()
        # Exact differences: by way of a matrix product, places close to each other would get a rounded distance.
        distance = torch.cdist(output, output, compute_mode="donot_use_mm_for_euclid_dist")
        alike = target[:, None] == target
        too_near = (self.margin - distance).relu()
        costs = torch.where(alike, distance, too_near) ** 2 / 2
        # Each pair is counted from both sides; a sample with itself costs 0.
        n = len(target)
        pairs = n * (n - 1)
        return costs.sum() / max(1, pairs)


class LearnedTwoTasks(nn.Module):
    """exp(−s₁) · cross-entropy + ½ exp(−s₂) · squared error + ½ (s₁ + s₂), s₁ and s₂ learned.

    In: outputs (N, C + 1), targets float (N, 2): class number, value. Out: scalar.
    """

    def __init__(self):
        super().__init__()
        self.log_variance = nn.Parameter(torch.zeros(2))

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        output = output.float()
        scores, value = output[:, :-1], output[:, -1]
        labels, true_value = target[:, 0].long(), target[:, 1]
        of_class = nn.functional.cross_entropy(scores, labels)
        of_value = nn.functional.mse_loss(value, true_value) / 2
        costs = torch.stack([of_class, of_value])
        weights = (-self.log_variance).exp()
        return (weights * costs + self.log_variance / 2).sum()

    def parts(self) -> dict[str, float]:
        """The weights now, and the log-variances that they come from."""
        of_class, of_value = self.log_variance.tolist()
        weights = (-self.log_variance.detach()).exp()
        class_weight, value_weight = weights.tolist()
        return {
            "class_weight": class_weight,
            "value_weight": value_weight / 2,  # the ½ before the squared error
            "class_log_variance": of_class,
            "value_log_variance": of_value,
        }


class FixedTwoTasks(nn.Module):
    """class_weight · cross-entropy + value_weight · squared error.

    In: outputs (N, C + 1), targets float (N, 2): class number, value. Out: scalar.
    """

    def __init__(self, class_weight: float = 1.0, value_weight: float = 1.0):
        super().__init__()
        self.class_weight = class_weight
        self.value_weight = value_weight

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        output = output.float()
        scores, value = output[:, :-1], output[:, -1]
        labels, true_value = target[:, 0].long(), target[:, 1]
        of_class = nn.functional.cross_entropy(scores, labels)
        of_value = nn.functional.mse_loss(value, true_value)
        return self.class_weight * of_class + self.value_weight * of_value
