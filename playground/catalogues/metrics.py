"""What a run is judged by, summed up batch after batch. Each class stands alone: the exported script carries it."""

import torch


class Accuracy:
    """Share of right answers.

    In: scores (N, C) or (N, T, C) (one score: positive means class 1), class numbers, −100 where none counts.
    """

    names = ("accuracy",)

    def __init__(self):
        self.right = self.n = 0

    def add(self, output, target):
        guess = output.argmax(-1) if output.shape[-1] > 1 else (output.squeeze(-1) > 0).long()
        target = target[:, : output.shape[1]] if target.ndim == 2 else target
        self.right += int((guess == target).sum())
        self.n += int((target != -100).sum())

    def result(self):
        return {"accuracy": self.right / max(1, self.n)}


class RegressionError:
    """Mean absolute error in the target's own unit, and R²: the share of its variance that is explained.

    In: outputs and targets of one shape, both in units of `scale`, one for each of the last axis.
    """

    names = ("mae", "r2")

    def __init__(self, scale):
        self.scale = torch.as_tensor(scale, dtype=torch.float64)
        self.n, self.absolute = 0, 0.0
        self.squared = self.total = self.total_squares = torch.zeros((), dtype=torch.float64)

    def add(self, output, target):
        output = output.detach().cpu().double().reshape(target.shape) * self.scale
        target = target.cpu().double() * self.scale
        self.n += len(target)
        self.absolute += (output - target).abs().mean(tuple(range(1, target.ndim))).sum().item()
        self.squared = self.squared + ((output - target) ** 2).sum(0)
        self.total = self.total + target.sum(0)
        self.total_squares = self.total_squares + (target**2).sum(0)

    def result(self):
        spread = (self.total_squares - self.total**2 / self.n).sum().item()
        r2 = 1 - self.squared.sum().item() / spread if spread > 0 else float("nan")
        return {"mae": self.absolute / self.n, "r2": r2}


class NearestNeighbour:
    """Share of samples whose nearest other sample is of their class: what an embedding is good for.

    In: embeddings (N, D), class numbers (N,). The first 2,000 count.
    """

    names = ("accuracy",)

    def __init__(self):
        self.outputs, self.targets = [], []

    def add(self, output, target):
        if sum(map(len, self.targets)) < 2_000:
            self.outputs.append(output.detach().float())
            self.targets.append(target)

    def result(self):
        x, y = torch.cat(self.outputs)[:2_000], torch.cat(self.targets)[:2_000]
        distance = torch.cdist(x, x)
        distance.fill_diagonal_(float("inf"))
        return {
            "accuracy": (y[distance.argmin(1)] == y).float().mean().item()
            if len(y) > 1
            else float("nan")
        }


class ClassAndValue:
    """Accuracy of the class and mean absolute error of the value, for two tasks learned at once.

    In: outputs (N, C + 1), targets float (N, 2): class number, value in units of `scale`.
    """

    names = ("accuracy", "mae")

    def __init__(self, scale):
        self.scale = torch.as_tensor(scale).item()
        self.n, self.right, self.absolute = 0, 0, 0.0

    def add(self, output, target):
        self.n += len(target)
        self.right += int((output[:, :-1].argmax(1) == target[:, 0]).sum())
        self.absolute += (output[:, -1] - target[:, 1]).abs().sum().item() * self.scale

    def result(self):
        return {"accuracy": self.right / self.n, "mae": self.absolute / self.n}
