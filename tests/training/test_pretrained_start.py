"""What a backbone learned from other pictures helps where there are few of one's own."""

import statistics
from pathlib import Path

import pytest

from benchmarks.backbone import (
    ASKED,
    ASKED_PICTURES,
    NET,
    SOUGHT,
    archive,
    experiment,
    last_accuracy,
    learn,
)
from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.downloads import SOURCES
from playground.results import train

SEEDS = 3
EPOCHS = 20


@pytest.mark.long
def test_a_frozen_backbone_is_better_than_the_same_from_scratch_on_two_classes_of_sixty_textures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_DATA_FOLDER", str(tmp_path))
    monkeypatch.setitem(SOURCES, NET, SOURCES[NET])  # the weights made here are gone afterwards
    learn(tmp_path, epochs=12)
    frozen = []
    from_scratch = []
    for seed in range(SEEDS):
        file = archive(ASKED, ASKED_PICTURES, seed=100 + seed)
        pretrained = experiment(file, EPOCHS, seed)
        assert pretrained.data.n_samples() == 2 * ASKED_PICTURES
        fresh = experiment(file, EPOCHS, seed, weights="random", frozen=False)
        frozen.append(last_accuracy(train(pretrained)))
        from_scratch.append(last_accuracy(train(fresh)))
    uploads.STORE.clear()
    gain = statistics.mean(frozen) - statistics.mean(from_scratch)
    assert gain >= SOUGHT
