"""An update is torch's own, bit for bit."""

from typing import Any

import pytest
import torch
from torch import nn

from playground.catalogues.optimizers import OPTIMIZERS
from playground.training.precision import Precision


def network() -> nn.Module:
    torch.manual_seed(3)
    return nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(8, 6))


@pytest.mark.parametrize("entry", OPTIMIZERS, ids=lambda entry: entry.id)
def test_a_step_is_the_one_that_torch_takes(entry: Any) -> None:
    ours, theirs = network(), network()
    our_optimizer, their_optimizer = entry().build(ours), entry().build(theirs)
    precision = Precision("fp32", torch.device("cpu"))
    x = torch.randn(4, 1, 4, 4)
    for factor in (1.0, 0.5, 0.25):
        for model, optimizer in ((ours, our_optimizer), (theirs, their_optimizer)):
            for group in optimizer.param_groups:
                group["lr"] = 0.01 * factor
            optimizer.zero_grad()
            model(x).square().mean().backward()
        precision.update(our_optimizer)
        their_optimizer.step()
    for mine, torchs in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(mine, torchs)
        assert mine.is_leaf and mine.requires_grad
    assert torch.is_grad_enabled()
