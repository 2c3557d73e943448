"""What a run is judged by, summed up batch after batch. Each class stands alone: the exported script carries it."""

import torch


class Accuracy:
    """Share of right answers.

    In: scores (N, C) or (N, T, C) (one score: positive means class 1), class numbers, −100 where none counts.
    """

    names = ("accuracy",)

    def __init__(self):
        self.right = 0
        self.n = 0

    def add(self, output, target):
        guess = output.argmax(-1)
        if output.shape[-1] == 1:
            guess = (output.squeeze(-1) > 0).long()
        if target.ndim == 2:
            # The network cuts a batch of texts to its longest.
            target = target[:, : output.shape[1]]
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
        self.n = 0
        self.absolute = 0.0
        nothing = torch.zeros((), dtype=torch.float64)
        self.squared = nothing
        self.total = nothing
        self.total_squares = nothing

    def add(self, output, target):
        output = output.detach().cpu().double()
        output = output.reshape(target.shape) * self.scale
        target = target.cpu().double() * self.scale
        self.n += len(target)
        off = output - target
        of_sample = tuple(range(1, target.ndim))
        self.absolute += off.abs().mean(of_sample).sum().item()
        self.squared = self.squared + (off**2).sum(0)
        self.total = self.total + target.sum(0)
        self.total_squares = self.total_squares + (target**2).sum(0)

    def result(self):
        spread = self.total_squares - self.total**2 / self.n
        spread = spread.sum().item()
        r2 = float("nan")
        if spread > 0:
            r2 = 1 - self.squared.sum().item() / spread
        return {"mae": self.absolute / self.n, "r2": r2}


class NearestNeighbour:
    """Share of samples whose nearest other sample is of their class: what an embedding is good for.

    In: embeddings (N, D), class numbers (N,). The first 2,000 count.
    """

    names = ("accuracy",)

    def __init__(self):
        self.outputs = []
        self.targets = []

    def add(self, output, target):
        n = sum(len(targets) for targets in self.targets)
        if n < 2_000:
            self.outputs.append(output.detach().float())
            self.targets.append(target)

    def result(self):
        x = torch.cat(self.outputs)[:2_000]
        y = torch.cat(self.targets)[:2_000]
        if len(y) < 2:
            return {"accuracy": float("nan")}
        distance = torch.cdist(x, x)
        distance.fill_diagonal_(float("inf"))
        nearest = distance.argmin(1)
        is_right = y[nearest] == y
        return {"accuracy": is_right.float().mean().item()}


class ClassAndValue:
    """Accuracy of the class and mean absolute error of the value, for two tasks learned at once.

    In: outputs (N, C + 1), targets float (N, 2): class number, value in units of `scale`.
    """

    names = ("accuracy", "mae")

    def __init__(self, scale):
        self.scale = torch.as_tensor(scale).item()
        self.n = 0
        self.right = 0
        self.absolute = 0.0

    def add(self, output, target):
        scores, value = output[:, :-1], output[:, -1]
        off = value - target[:, 1]
        self.n += len(target)
        self.right += int((scores.argmax(1) == target[:, 0]).sum())
        self.absolute += off.abs().sum().item() * self.scale

    def result(self):
        return {"accuracy": self.right / self.n, "mae": self.absolute / self.n}
