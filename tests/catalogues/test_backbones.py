"""A network of torchvision as a layer: its numbers are torchvision's own."""

from pathlib import Path

import pytest
import torch
from torch import nn

from playground.catalogues.backbones import STAGES, WEIGHT_FILES, Backbone, stages_of
from playground.catalogues.datasets.downloads import SOURCES, sha256_in
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.network.builder import build_model
from playground.network.pretrained import pretrained_weights
from playground.network.tracing import trace

from ..backbones import NET, network, over_digits, put_weights


def features_by_torchvision(name: str, x: torch.Tensor) -> torch.Tensor:
    """What torchvision's own network computes before its classifier, (N, C, H, W)."""
    whole = network(name).to(memory_format=torch.channels_last)
    if hasattr(whole, "features"):
        return whole.features(x)
    if name == "resnet18":
        x = whole.maxpool(whole.relu(whole.bn1(whole.conv1(x))))
        return whole.layer4(whole.layer3(whole.layer2(whole.layer1(x))))
    x = whole.maxpool(whole.conv1(x))
    return whole.conv5(whole.stage4(whole.stage3(whole.stage2(x))))


def filled(name: str, **options: object) -> Backbone:
    backbone = Backbone(name, **options).to(memory_format=torch.channels_last).eval()
    backbone.take(network(name).state_dict())
    return backbone


@pytest.mark.parametrize("name", WEIGHT_FILES)
@torch.no_grad()
def test_the_features_are_torchvisions_own(name: str) -> None:
    x = torch.randn(16, 3, 64, 64).contiguous(memory_format=torch.channels_last)
    expected = features_by_torchvision(name, x)
    for frozen in (False, True):
        assert torch.equal(filled(name, frozen=frozen, maps=True, size=64)(x), expected)
        assert torch.equal(filled(name, frozen=frozen, size=64)(x), expected.mean((2, 3)))


@pytest.mark.parametrize("name", WEIGHT_FILES)
def test_every_stage_shrinks_the_picture_and_the_last_ends_before_the_classifier(name: str) -> None:
    sides = []
    for stage in range(1, STAGES + 1):
        backbone = Backbone(name, stage=stage, maps=True, size=64)
        sides.append(backbone(torch.zeros(2, 3, 64, 64)).shape[2])
    assert sides == sorted(sides, reverse=True) and sides[0] in (15, 16) and sides[-1] in (2, 3)


@torch.no_grad()
def test_grey_pictures_become_three_equal_channels_and_small_ones_are_enlarged() -> None:
    backbone = filled(NET, size=64)
    grey = torch.randn(4, 1, 28, 28)
    enlarged = nn.functional.interpolate(grey, (64, 64), mode="bilinear").expand(-1, 3, -1, -1)
    assert torch.equal(backbone(grey), backbone(enlarged.contiguous()))
    wide = torch.randn(2, 3, 28, 56)
    twice = nn.functional.interpolate(wide, (64, 128), mode="bilinear")
    assert torch.equal(backbone(wide), backbone(twice))


@pytest.mark.parametrize("name", WEIGHT_FILES)
@torch.no_grad()
def test_what_a_frozen_one_says_of_a_picture_does_not_depend_on_its_batch(name: str) -> None:
    backbone = filled(name, frozen=True, size=64)
    x = torch.randn(40, 3, 64, 64)
    whole = backbone(x)
    order = torch.randperm(40)
    for n in (1, 2, 5, 16, 33):
        assert torch.equal(backbone(x[order[:n]]), whole[order[:n]])


def test_a_frozen_one_stays_as_it_is_while_the_rest_trains() -> None:
    backbone = Backbone(NET, frozen=True, size=64).train()
    before = {name: value.clone() for name, value in backbone.state_dict().items()}
    with torch.enable_grad():
        backbone(torch.randn(8, 3, 64, 64))
    assert all(torch.equal(before[name], value) for name, value in backbone.state_dict().items())
    assert not any(parameter.requires_grad for parameter in backbone.parameters())


def test_features_pass_unchanged() -> None:
    for features in (torch.randn(3, 1024), torch.randn(3, 1024, 2, 2)):
        assert Backbone(NET)(features) is features


def test_the_files_are_those_that_torchvision_names() -> None:
    for name, file in WEIGHT_FILES.items():
        (archive,) = SOURCES[name].archives()
        assert archive.addresses[0].rpartition("/")[2] == file == archive.file
        assert archive.sha256 == sha256_in(file) and len(archive.sha256) >= 8


def test_pretrained_weights_are_taken_whole_and_whatever_initialisation_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_weights(monkeypatch, tmp_path, NET, network().state_dict())
    experiment = over_digits(training={"init": {"init": "orthogonal"}}, stage=2)
    backbone = build_model(experiment).features[0]
    expected = stages_of(network(), NET, 2).state_dict()
    assert backbone.stages.state_dict().keys() == expected.keys()
    assert all(torch.equal(expected[k], v) for k, v in backbone.stages.state_dict().items())


def test_weights_that_are_not_here_are_a_fault_with_two_ways_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.network.cost import missing_faults

    put_weights(monkeypatch, tmp_path, NET, network().state_dict()).unlink()
    experiment = over_digits()
    (fault,) = missing_faults(experiment)
    assert (fault.place, fault.code) == ("layers[0].weights", "weights_not_downloaded")
    fetch, random = fault.repairs
    assert fetch.download == NET
    repaired = Experiment.from_dict({"data": {"dataset": "digits"}, "layers": random.layers})
    assert repaired.layers[0].weights == "random" and not repaired.layers[0].frozen
    assert missing_faults(repaired) == []
    with pytest.raises(ExperimentError, match="not on this computer"):
        build_model(experiment)


def test_a_network_in_a_block_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from playground.network.cost import missing_faults

    put_weights(monkeypatch, tmp_path, NET, network().state_dict()).unlink()
    branch = {"layer": "backbone", "net": NET}
    experiment = Experiment.from_dict(
        {"data": {"dataset": "digits"}, "layers": [{"layer": "chain", "body": [branch]}]}
    )
    (fault,) = missing_faults(experiment)
    assert fault.place == "layers[0].body[0].weights"


def test_a_link_carries_the_choice_alone() -> None:
    experiment = over_digits()
    assert len(experiment.to_link()) < 300
    assert Experiment.from_link(experiment.to_link()) == experiment


def test_other_channels_than_grey_and_colour_are_refused_with_a_way_on() -> None:
    layers = [{"layer": "conv2d", "channels": 8}, {"layer": "backbone", "weights": "random"}]
    (fault,) = trace(Experiment.from_dict({"data": {"dataset": "digits"}, "layers": layers})).faults
    assert (fault.code, fault.place) == ("needs_picture", "layers[1]")
    assert [repair.code for repair in fault.repairs] == ["remove"]


def spoiled(change: str) -> dict[str, torch.Tensor]:
    weights = network().state_dict()
    if change == "missing":
        del weights["conv1.0.weight"]
    if change == "unknown":
        weights["other"] = torch.zeros(1)
    if change == "shape":
        weights["conv1.0.weight"] = torch.zeros(24, 3, 3, 2)
    if change == "type":
        weights["conv1.0.weight"] = weights["conv1.0.weight"].double()
    if change == "nan":
        weights["conv1.0.weight"][0, 0, 0, 0] = torch.nan
    return weights


WRONG = {
    "missing": "conv1.0.weight is missing",
    "unknown": "nothing of the network is called other",
    "shape": "another shape or type",
    "type": "another shape or type",
    "nan": "NaN or infinity",
}


@pytest.mark.parametrize("change", WRONG)
def test_weights_of_another_network_are_refused(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_weights(monkeypatch, tmp_path, NET, spoiled(change))
    with pytest.raises(ExperimentError, match=WRONG[change]):
        pretrained_weights(NET)


def test_a_file_whose_checksum_is_another_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_weights(monkeypatch, tmp_path, NET, network().state_dict())
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ExperimentError, match="checksum"):
        pretrained_weights(NET)


def test_old_files_without_counts_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = network().state_dict()
    old = {name: value for name, value in weights.items() if "num_batches" not in name}
    put_weights(monkeypatch, tmp_path, NET, old)
    backbone = build_model(over_digits()).features[0]
    assert torch.equal(backbone.stages[0][0][0].weight, weights["conv1.0.weight"])
