"""Modules that torch does not have. Each class stands alone: the exported script carries its source."""

import torch
from torch import nn


def through(modules, x, lengths):
    """x through one module after another; those that look along time are told the lengths (N,), None for all of T."""
    for module in modules:
        takes_lengths = getattr(module, "takes_lengths", False)
        x = module(x, lengths) if takes_lengths else module(x)
    return x


def is_padding(x, lengths):
    """True where a step comes after the end of its sequence. In: (N, T, F), lengths (N,). Out: (N, T)."""
    steps = torch.arange(x.shape[1], device=x.device)
    return steps >= lengths[:, None]


class Residual(nn.Module):
    """shortcut(x) + body(x).

    In: (N, …). Out: the shape of body(x). Source: He et al. 2015, Deep Residual Learning.
    """

    takes_lengths = True
    uses = (through,)

    def __init__(self, body: nn.Sequential, shortcut: nn.Module):
        super().__init__()
        self.body = body
        self.shortcut = shortcut

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        return self.shortcut(x) + through(self.body, x, lengths)


class Chain(nn.Module):
    """One module after another, as one branch of a block.

    In: (N, …). Out: that of the last.
    """

    takes_lengths = True
    uses = (through,)

    def __init__(self, body: nn.Sequential):
        super().__init__()
        self.body = body

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        return through(self.body, x, lengths)


class Parallel(nn.Module):
    """The same input through every branch; the results added, or laid side by side.

    In: (N, …). Out: that of the branches, with `how` "concat" their channels (images) or features one after the other.
    Source: Szegedy et al. 2014, Going Deeper with Convolutions.
    """

    takes_lengths = True
    uses = (through,)

    def __init__(self, how: str, *branches: nn.Module):
        super().__init__()
        self.how = how
        self.body = nn.ModuleList(branches)

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        results = []
        for branch in self.body:
            results.append(through([branch], x, lengths))
        if self.how == "add":
            return torch.stack(results).sum(0)
        # An image has its channels first, (N, C, H, W); everything else its features last.
        is_image = x.ndim == 4
        return torch.cat(results, 1 if is_image else -1)


class TimePool(nn.Module):
    """One vector for a sequence: the last true step, the mean or the largest value of the true steps.

    In: (N, T, F), lengths (N,) or None where all steps are true. Out: (N, F).
    """

    takes_lengths = True
    uses = (is_padding,)

    def __init__(self, how: str = "last"):
        super().__init__()
        self.how = how

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        if lengths is None:
            return self.over_all_steps(x)
        if self.how == "last":
            rows = torch.arange(x.shape[0], device=x.device)
            return x[rows, lengths - 1]
        padding = is_padding(x, lengths)[..., None]
        if self.how == "mean":
            total = x.masked_fill(padding, 0).sum(1)
            return total / lengths[:, None]
        # Less than every number, so that padding is never the largest.
        return x.masked_fill(padding, float("-inf")).amax(1)

    def over_all_steps(self, x: torch.Tensor) -> torch.Tensor:
        """The vector where no sequence has padding."""
        if self.how == "last":
            return x[:, -1]
        if self.how == "mean":
            return x.mean(1)
        return x.amax(1)


class GlobalPool(nn.Module):
    """One number for every channel: its mean, or its largest value.

    In: (N, C, H, W). Out: (N, C). Source: Lin et al. 2013, Network in Network.
    """

    def __init__(self, how: str = "avg"):
        super().__init__()
        self.how = how

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        height_and_width = (2, 3)
        if self.how == "avg":
            return x.mean(height_and_width)
        return x.amax(height_and_width)


class Recurrent(nn.Module):
    """An nn.RNN, nn.LSTM or nn.GRU that is told how long each sequence really is.

    In: (N, T, F), lengths (N,) or None where all steps are true. Out: (N, T, units of both directions), 0 in
    the padding; with `returns` "last" (N, units of both directions): the last layer's state after the last true step,
    and that of the backward direction after the first. Source: torch.nn.utils.rnn.pack_padded_sequence.
    """

    takes_lengths = True

    def __init__(
        self,
        cell: nn.RNNBase,
        returns: str = "sequence",
        forget_bias: float | None = None,
    ):
        super().__init__()
        self.cell = cell
        self.returns = returns
        self.forget_bias = forget_bias
        self.open_gates()

    @torch.no_grad()
    def open_gates(self) -> None:
        """Sets the forget gates of an LSTM to where they begin, unless that is left to torch."""
        if self.forget_bias is None:
            return
        # torch keeps the four gates in one tensor, in the order input, forget, cell, output.
        size = self.cell.hidden_size
        forget_gate = slice(size, 2 * size)
        for name, bias in self.cell.named_parameters():
            if name.startswith("bias"):
                # torch adds two biases, one for the input and one for the state: each gets half.
                bias[forget_gate] = self.forget_bias / 2

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        if lengths is None:
            output, state = self.cell(x)
        else:
            output, state = self.over_true_steps(x, lengths)
        if self.returns == "sequence":
            return output
        hidden = state
        if isinstance(state, tuple):  # an LSTM's: hidden state and cell state
            hidden = state[0]
        if not self.cell.bidirectional:
            return hidden[-1]
        # The last layer stands at the end, its forward direction before its backward one.
        forward, backward = hidden[-2], hidden[-1]
        return torch.cat([forward, backward], -1)

    def over_true_steps(
        self, x: torch.Tensor, lengths: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor | tuple[torch.Tensor, torch.Tensor]]:
        """What the cell gives where it never sees padding: its output, 0 in the padding, and its last state."""
        packed = nn.utils.rnn.pack_padded_sequence(
            x,
            lengths.cpu(),  # torch wants the lengths there
            batch_first=True,
            enforce_sorted=False,
        )
        output, state = self.cell(packed)
        padded, _ = nn.utils.rnn.pad_packed_sequence(
            output,
            batch_first=True,
            total_length=x.shape[1],
        )
        return padded, state


class TimeConv(nn.Module):
    """A convolution over time that keeps the number of steps; causal ones see the past alone.

    In: (N, T, F), lengths (N,) or None where all steps are true; padding counts as 0. Out: (N, T, channels).
    Source: Bai et al. 2018, temporal convolutional networks.
    """

    takes_lengths = True
    uses = (is_padding,)

    def __init__(self, conv: nn.Conv1d, causal: bool = False):
        super().__init__()
        self.conv = conv
        # As many zeros before the first step and after the last as the convolution takes away.
        reach = conv.dilation[0] * (conv.kernel_size[0] - 1)
        before = reach if causal else reach // 2
        self.around = (before, reach - before)

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        if lengths is not None:
            padding = is_padding(x, lengths)[..., None]
            x = x.masked_fill(padding, 0)
        # torch's convolutions want the steps last: (N, F, T).
        channels_first = x.transpose(1, 2)
        padded = nn.functional.pad(channels_first, self.around)
        return self.conv(padded).transpose(1, 2)


class AttentionPool(nn.Module):
    """One vector for a sequence: the mean of its steps, weighted by the softmax of a learned score.

    In: (N, T, F), lengths (N,) or None where all steps are true. Out: (N, F). Padding gets weight 0.
    Source: Bahdanau et al. 2015.
    """

    takes_lengths = True
    uses = (is_padding,)

    def __init__(self, score: nn.Module):
        super().__init__()
        self.score = score

    def attention(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        """How much each step counts: (N, T), summing to 1."""
        scores = self.score(x).squeeze(-1)
        if lengths is not None:
            # The softmax of −∞ is 0.
            scores = scores.masked_fill(is_padding(x, lengths), float("-inf"))
        return scores.softmax(1)

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        weights = self.attention(x, lengths)
        return (weights[..., None] * x).sum(1)


class LearnedPositions(nn.Module):
    """Adds a learned vector for its place to every step.

    In: (N, up to `steps`, F). Out: the same. Source: Gehring et al. 2017.
    """

    def __init__(self, steps: int, features: int):
        super().__init__()
        # Small beside the steps themselves: the spread that BERT and GPT-2 begin with.
        self.weight = nn.Parameter(0.02 * torch.randn(steps, features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n_steps = x.shape[1]
        return x + self.weight[:n_steps]


class SinusoidalPositions(nn.Module):
    """Adds sines and cosines of the step's number to every step, from quick ones to slow ones.

    In: (N, up to `steps`, F). Out: the same. Source: Vaswani et al. 2017, section 3.5.
    """

    def __init__(self, steps: int, features: int):
        super().__init__()
        pairs = torch.arange(0, features, 2)
        speeds = 10_000 ** (-pairs / features)
        angle = torch.arange(steps)[:, None] * speeds
        # A sine and its cosine stand side by side; an odd number of features drops the last cosine.
        waves = torch.stack([angle.sin(), angle.cos()], -1)
        table = waves.flatten(1)[:, :features]
        # It follows from the sizes, so it does not belong into files of weights.
        self.register_buffer("table", table, persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n_steps = x.shape[1]
        return x + self.table[:n_steps]


class Transformer(nn.Module):
    """An nn.TransformerEncoderLayer in which no step attends to padding.

    In: (N, T, F), lengths (N,) or None where all steps are true. Out: the same.
    Source: torch.nn.TransformerEncoderLayer; Vaswani et al. 2017.
    """

    takes_lengths = True
    uses = (is_padding,)

    def __init__(self, layer: nn.TransformerEncoderLayer):
        super().__init__()
        self.layer = layer

    def padding(self, x: torch.Tensor, lengths: torch.Tensor | None) -> torch.Tensor | None:
        """True where a step is padding, (N, T); None where no step is."""
        if lengths is None:
            return None
        return is_padding(x, lengths)

    def attention(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        """How much each step looks at each: (N, heads, T, T), every row summing to 1."""
        # The layer itself keeps its weights to itself: its attention is called once more.
        if self.layer.norm_first:
            x = self.layer.norm1(x)
        _, weights = self.layer.self_attn(
            x,
            x,
            x,
            key_padding_mask=self.padding(x, lengths),
            average_attn_weights=False,
        )
        return weights

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        return self.layer(x, src_key_padding_mask=self.padding(x, lengths))


class PerStep(nn.Module):
    """A loss over the steps of sequences: the mean over all true steps.

    In: scores (N, T, C), class numbers (N, T or longer), −100 for padding. Out: scalar.
    """

    def __init__(self, loss: nn.Module):
        super().__init__()
        self.loss = loss

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        # The network has cut its batch to the longest sequence; the targets have all T steps.
        n_steps, n_classes = output.shape[1:]
        target = target[:, :n_steps]
        scores_by_step = output.reshape(-1, n_classes)
        return self.loss(scores_by_step, target.reshape(-1))


class MuonWithAdamW(torch.optim.Optimizer):
    """Muon for every weight that is a matrix, AdamW for the rest, at one learning rate.

    In: parameters, or groups of them. Source: torch.optim.Muon takes matrices only; Jordan et al. 2024.
    """

    def __init__(self, params, lr=1e-3, weight_decay=0.01, momentum=0.95):
        groups = list(params)
        if not groups or not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        shared = {"lr": lr, "weight_decay": weight_decay}
        all_groups = []
        self.parts = []
        for is_matrix in (True, False):
            chosen = self.groups_of_kind(groups, is_matrix)
            if not chosen:
                continue
            if is_matrix:
                # Steps of the size of AdamW's, so that one learning rate suits both.
                part = torch.optim.Muon(
                    chosen,
                    **shared,
                    momentum=momentum,
                    adjust_lr_fn="match_rms_adamw",
                )
            else:
                part = torch.optim.AdamW(chosen, **shared)
            self.parts.append((is_matrix, part))
            for group in part.param_groups:
                all_groups.append({**group, "is_matrix": is_matrix})
        super().__init__(all_groups, {**shared, "momentum": momentum})

    @staticmethod
    def groups_of_kind(groups, is_matrix):
        """The groups with their matrices alone, or with all else; those that are left empty are left out."""
        chosen = []
        for group in groups:
            of_kind = [weight for weight in group["params"] if (weight.ndim == 2) is is_matrix]
            if of_kind:
                chosen.append({**group, "params": of_kind})
        return chosen

    @torch.no_grad()
    def step(self, closure=None):
        for is_matrix, part in self.parts:
            # Schedules and checkpoints change the groups and the state of this optimiser: its parts look there.
            part.param_groups = [
                group for group in self.param_groups if group["is_matrix"] is is_matrix
            ]
            part.state = self.state
            part.step()
