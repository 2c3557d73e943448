"""Layers that do not learn like the others: groups of parameters, frozen layers, plateaus, all in a real run."""

import json
from typing import Any

import pytest
import torch
from torch import nn

from playground.catalogues.layers import LAYERS
from playground.catalogues.learning import parameter_groups
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.network.builder import build_model, build_optimizer
from playground.network.tracing import trace
from playground.results import train
from playground.training.trainer import Trainer

from ..conftest import points

PLAIN: list[dict[str, Any]] = [
    {"layer": "linear", "units": 6},
    {"layer": "tanh"},
    {"layer": "linear", "units": 5},
]


def with_learning(*each: dict[str, Any], **training: Any) -> Experiment:
    """The plain network, `learning` of its two linear layers as given."""
    layers = [dict(layer) for layer in PLAIN]
    for i, learning in zip((0, 2), each, strict=False):
        layers[i]["learning"] = learning
    return points(layers=layers, **training)


def finished(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment)
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    return trainer


def test_what_is_left_at_its_default_leaves_json_link_and_numbers_as_they_were() -> None:
    plain, empty = points(layers=PLAIN), with_learning({}, {"lr_scale": 1.0, "frozen": False})
    assert plain == empty and plain.to_link() == empty.to_link()
    assert "learning" not in json.dumps(empty.model_dump(mode="json"))
    assert LAYERS["linear"]().model_dump() == {"layer": "linear", "units": 64, "bias": True}
    optimizer = build_optimizer(plain, build_model(plain), nn.Identity())
    assert len(optimizer.param_groups) == 1 and "lr_scale" not in optimizer.param_groups[0]


def test_groups_hold_the_layers_their_rates_and_decays() -> None:
    chosen = with_learning(
        {"lr_scale": 0.1},
        {"weight_decay": 0.5},
        output={"lr_scale": 10.0},
        optimizer={"optimizer": "adamw"},
    )
    model = build_model(chosen)
    optimizer = build_optimizer(chosen, model, nn.Identity())
    found = [(len(g["params"]), g["lr_scale"], g["weight_decay"]) for g in optimizer.param_groups]
    assert found == [(2, 0.1, 0.01), (2, 1.0, 0.5), (2, 10.0, 0.01)]
    assert optimizer.param_groups[2]["params"][0] is model.head.weight
    assert optimizer.defaults["fused"]


def test_a_layer_in_a_block_overrides_its_block() -> None:
    block = {"layer": "residual", "body": [PLAIN[0], {**PLAIN[0], "learning": {"lr_scale": 5.0}}]}
    block["learning"] = {"lr_scale": 0.5, "weight_decay": 0.1}
    chosen = points(layers=[PLAIN[0], block])
    optimizer = build_optimizer(chosen, build_model(chosen), nn.Identity())
    found = [(g["lr_scale"], g["weight_decay"]) for g in optimizer.param_groups]
    assert found == [(1.0, 0.0), (0.5, 0.1), (5.0, 0.1)]


def test_each_group_moves_as_torchs_own_optimiser_moves_it() -> None:
    torch.manual_seed(2)
    ours, theirs = (nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2)) for _ in range(2))
    theirs.load_state_dict(ours.state_dict())
    a = torch.optim.SGD(parameter_groups(ours, {"1": {"lr_scale": 10.0}}, 0.1, True), lr=0.01)
    b = torch.optim.SGD(
        [
            {"params": [theirs[0].weight]},
            {"params": [theirs[0].bias], "weight_decay": 0.0},
            {"params": [theirs[1].weight], "lr": 0.1},
            {"params": [theirs[1].bias], "lr": 0.1, "weight_decay": 0.0},
        ],
        lr=0.01,
        weight_decay=0.1,
    )
    x = torch.randn(6, 3)
    for _ in range(4):
        for group in a.param_groups:
            group["lr"] = 0.01 * group["lr_scale"]
        for model, optimizer in ((ours, a), (theirs, b)):
            optimizer.zero_grad()
            model(x).square().mean().backward()
            optimizer.step()
    for one, two in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(one, two)


def test_decay_of_matrices_only_spares_biases_and_normalisation() -> None:
    layers = [PLAIN[0], {"layer": "batchnorm1d"}]
    chosen = points(layers=layers, optimizer={"optimizer": "adamw", "matrices_only": True})
    model = build_model(chosen)
    groups = build_optimizer(chosen, model, nn.Identity()).param_groups
    decays = {id(p): g["weight_decay"] for g in groups for p in g["params"]}
    assert {decays[id(p)] for p in model.parameters() if p.ndim > 1} == {0.01}
    assert {decays[id(p)] for p in model.parameters() if p.ndim < 2} == {0.0}


def test_a_frozen_layer_does_not_move_and_is_not_charted() -> None:
    trainer = Trainer(chosen := with_learning({"frozen": True}, clip_norm=1.0))
    before = trainer.model.features[0].weight.detach().clone()
    after = finished(chosen)
    assert torch.equal(after.model.features[0].weight, before)
    assert not torch.equal(after.model.head.weight, trainer.model.head.weight)
    assert after.history.layer_names == ("layers[2]", "output")


def test_a_network_that_is_frozen_whole_says_so_and_offers_to_let_go() -> None:
    frozen = {"frozen": True}
    chosen = with_learning(frozen, frozen, output=frozen)
    [fault] = trace(chosen).faults
    assert (fault.place, fault.code) == ("training.output", "nothing_learns")
    repaired = chosen.model_copy(
        update={"training": chosen.training.model_copy(update=fault.repairs[0].training)}
    )
    assert not trace(repaired).faults
    with pytest.raises(ExperimentError, match="frozen"):
        train(chosen)
    block = {
        "layer": "residual",
        "body": [PLAIN[0], {"layer": "linear", "units": 2}],
        "learning": frozen,
    }
    assert trace(points(layers=[block], output=frozen)).faults[0].code == "nothing_learns"
    block["body"][1]["learning"] = {"lr_scale": 2.0}  # a block freezes everything in it
    assert trace(points(layers=[block], output=frozen)).faults


def test_the_live_rate_and_the_schedule_move_every_group_in_proportion() -> None:
    chosen = with_learning(
        {"lr_scale": 0.1}, output={"lr_scale": 10.0}, schedule={"schedule": "cosine"}
    )
    trainer = Trainer(chosen)
    with trainer.turn():
        trainer.advance()
        trainer.set("lr", 0.02)
        expected = trainer.lr
        trainer.advance()
    assert expected == pytest.approx(0.02, rel=0.02)
    assert [g["lr"] for g in trainer.optimizer.param_groups] == [
        expected * s for s in (0.1, 1.0, 10.0)
    ]


def test_a_decay_changed_live_spares_the_layers_that_have_their_own() -> None:
    chosen = with_learning(
        {"weight_decay": 0.3}, optimizer={"optimizer": "adamw", "matrices_only": True}
    )
    trainer = Trainer(chosen)
    trainer.set("weight_decay", 0.07)
    assert [g["weight_decay"] for g in trainer.optimizer.param_groups] == [0.3, 0.0, 0.07]


def test_the_rate_of_a_run_on_a_plateau_is_torchs_own() -> None:
    schedule = {"schedule": "plateau", "patience": 0, "gamma": 0.5, "warmup_steps": 4}
    trainer = finished(
        points(epochs=25, schedule=schedule, optimizer={"optimizer": "sgd", "lr": 2.0})
    )
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 2.0)
    torchs = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=0, eps=0)
    epochs = trainer.history.table("epochs")
    for i, loss in enumerate(epochs["val_loss"]):
        warm = min(1.0, (epochs["step"][i]) / 5)
        assert epochs["lr"][i] == pytest.approx(optimizer.param_groups[0]["lr"] * warm)
        torchs.step(loss)
    assert epochs["lr"][-1] < 1.0
