"""Optimisers: what the contract cannot see, and numbers worked by hand."""

from typing import Any

import pytest
import torch
from torch import nn

from playground.catalogues.optimizers import OPTIMIZERS

OPTIONS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("adam", {"beta1": 0.8, "beta2": 0.9, "eps": 1e-3}, {"betas": (0.8, 0.9), "eps": 1e-3}),
    ("adam", {"amsgrad": True}, {"amsgrad": True}),
    ("adamw", {"beta1": 0.5, "amsgrad": True}, {"betas": (0.5, 0.999), "amsgrad": True}),
    ("nadam", {"beta2": 0.99}, {"betas": (0.9, 0.99)}),
    ("radam", {"beta1": 0.7, "weight_decay": 0.1}, {"betas": (0.7, 0.999), "weight_decay": 0.1}),
    ("adamax", {"eps": 0.1}, {"eps": 0.1}),
    (
        "rmsprop",
        {"alpha": 0.9, "momentum": 0.5, "centered": True},
        {"alpha": 0.9, "momentum": 0.5, "centered": True},
    ),
    ("adadelta", {"rho": 0.5, "weight_decay": 0.1}, {"rho": 0.5, "weight_decay": 0.1}),
    ("asgd", {"lambd": 0.1, "alpha": 0.5}, {"lambd": 0.1, "alpha": 0.5}),
    ("adafactor", {"clip": 2.0, "weight_decay": 0.1}, {"d": 2.0, "weight_decay": 0.1}),
]


@pytest.mark.parametrize(("entry_id", "ours", "theirs"), OPTIONS)
def test_every_option_is_torchs_own(
    entry_id: str, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    entry = OPTIMIZERS[entry_id]
    torch.manual_seed(1)
    a, b = nn.Linear(5, 3), nn.Linear(5, 3)
    b.load_state_dict(a.state_dict())
    steps = [
        (a, entry(lr=0.02, **ours).build(a)),
        (b, entry.target(b.parameters(), lr=0.02, **theirs)),
    ]
    x = torch.randn(16, 5)
    for _ in range(8):
        for model, optimizer in steps:
            optimizer.zero_grad()
            (model(x).square().mean() + model(x).mean()).backward()
            optimizer.step()
    torch.testing.assert_close(a.weight, b.weight, rtol=1e-5, atol=1e-7)
    torch.testing.assert_close(a.bias, b.bias, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("entry", OPTIMIZERS, ids=lambda entry: entry.id)
def test_options_at_their_default_are_not_written(entry: Any) -> None:
    assert set(entry().options()) <= {"lr", "weight_decay", "momentum"}
    assert set(entry().model_dump(mode="json", exclude_defaults=True)) == {"optimizer"}


def test_muon_is_torchs_for_matrices_and_adamw_for_the_rest() -> None:
    torch.manual_seed(0)
    ours, theirs = (
        nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(8, 6)) for _ in range(2)
    )
    theirs.load_state_dict(ours.state_dict())
    matrices = [p for p in theirs.parameters() if p.ndim == 2]
    rest = [p for p in theirs.parameters() if p.ndim != 2]
    assert len(matrices) == 1 and len(rest) == 3
    one = OPTIMIZERS["muon"](lr=0.01, weight_decay=0.1).build(ours)
    two = torch.optim.Muon(
        matrices, lr=0.01, weight_decay=0.1, momentum=0.95, adjust_lr_fn="match_rms_adamw"
    )
    three = torch.optim.AdamW(rest, lr=0.01, weight_decay=0.1)
    x = torch.randn(4, 1, 4, 4)
    for factor in (1.0, 0.5, 0.25):
        for optimizer in (one, two, three):
            for group in optimizer.param_groups:
                group["lr"] = 0.01 * factor
            optimizer.zero_grad()
        for model in (ours, theirs):
            model(x).square().mean().backward()
        for optimizer in (one, two, three):
            optimizer.step()
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(a, b)


def test_muon_goes_on_where_its_state_was_kept() -> None:
    def steps(model: nn.Module, optimizer: torch.optim.Optimizer, n: int) -> None:
        for i in range(n):
            optimizer.zero_grad()
            model(torch.full((2, 3), 0.5 + i)).square().sum().backward()
            optimizer.step()

    torch.manual_seed(0)
    whole, half = nn.Linear(3, 4), nn.Linear(3, 4)
    half.load_state_dict(whole.state_dict())
    muon = OPTIMIZERS["muon"]()
    first = muon.build(whole)
    steps(whole, first, 2)
    steps(half, before := muon.build(half), 2)
    again = nn.Linear(3, 4)
    again.load_state_dict(half.state_dict())
    after = muon.build(again)
    after.load_state_dict(before.state_dict())
    steps(whole, first, 2)
    steps(again, after, 2)
    assert torch.equal(whole.weight, again.weight) and torch.equal(whole.bias, again.bias)


def test_decay_in_adam_hides_behind_large_gradients_and_in_adamw_does_not() -> None:
    """One step from w = 2 with lr 0.1, decay 0.5, eps 1e-8. The first step of Adam is lr × sign(gradient).

    Adam adds decay × w = 1 to the gradient 100: 2 − 0.1 × 101 / |101| = 1.9, as without any decay.
    AdamW shrinks first, 2 × (1 − 0.1 × 0.5) = 1.9, then steps: 1.9 − 0.1 = 1.8.
    """
    moved = {}
    for name, decay in (("adam", 0.0), ("adam", 0.5), ("adamw", 0.5)):
        model = nn.Linear(1, 1, bias=False)
        nn.init.constant_(model.weight, 2.0)
        optimizer = OPTIMIZERS[name](lr=0.1, weight_decay=decay).build(model)
        (100 * model.weight).sum().backward()
        optimizer.step()
        moved[name, decay] = model.weight.item()
    assert moved["adam", 0.0] == pytest.approx(1.9)
    assert moved["adam", 0.5] == pytest.approx(1.9)
    assert moved["adamw", 0.5] == pytest.approx(1.8)


def test_memory_kept_grows_with_the_options() -> None:
    assert OPTIMIZERS["adam"]().kept() == 2
    assert OPTIMIZERS["adam"](amsgrad=True).kept() == 3
    assert OPTIMIZERS["rmsprop"]().kept() == 1
    assert OPTIMIZERS["rmsprop"](momentum=0.9, centered=True).kept() == 3
