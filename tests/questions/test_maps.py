"""What passes through the layers, against the model itself."""

from typing import Any

import numpy as np
import torch

from playground.questions.maps import FeatureMaps, Flow
from playground.questions.sample import Sample
from playground.training.trainer import Trainer


def test_feature_maps_are_the_strongest_channels_in_their_order(trainer: Trainer, ask: Any) -> None:
    found = ask(FeatureMaps("layers[0]", Sample(index=0), 4))
    with torch.no_grad():
        output = trainer.model.features[0](trainer.split.val_x[:1])[0].numpy()
    strongest = sorted(np.argsort(-np.abs(output).mean((1, 2)))[:4])
    assert found.channels.tolist() == strongest and found.of == 6
    np.testing.assert_allclose(found.maps, output[strongest], atol=1e-6)


def test_a_vector_counts_as_one_row(ask: Any) -> None:
    assert ask(FeatureMaps("output", Sample(index=0))).maps.shape == (1, 1, 10)
    assert ask(FeatureMaps("input", Sample(index=0))).maps.shape == (1, 28, 28)


def test_what_flows_is_small_and_complete(ask: Any) -> None:
    found = ask(Flow(Sample(index=0)))
    assert list(found) == ["input", *[f"layers[{i}]" for i in range(6)], "output"]
    assert found["layers[0]"].shape == (3, 28, 28) and found["layers[4]"].shape == (64,)
