"""What the data card says of every set: from where, under which licence, and by which numbers it is scaled."""

import json

import numpy as np
import pytest

from playground.catalogues.datasets import DATASETS, Dataset, uploads
from playground.catalogues.datasets.base import FOLDER
from playground.experiment import Experiment
from playground.settings import Settings
from playground.ui.answers.check import check_answer
from playground.ui.answers.preview import preview_answer, scale_answer
from playground.ui.words import CATALOGUE_ZH

NAMES = {"CC BY-SA 3.0", "CC BY-SA 4.0", "CC BY 4.0", "MIT"}  # of licences, the same in Chinese
each_set = pytest.mark.parametrize("entry", DATASETS, ids=lambda entry: entry.id)


@each_set
def test_every_set_says_where_it_comes_from_and_under_which_licence_in_both_languages(
    entry: type[Dataset],
) -> None:
    for text in entry().origin():
        assert text and not text.endswith(".")
        assert text in NAMES or CATALOGUE_ZH[text] != text
    assert (entry().origin()[0].startswith("synthetic")) == (
        entry.group == "points" or entry.id == "long_memory"
    )


@each_set
def test_the_check_carries_it(entry: type[Dataset]) -> None:
    answer = check_answer({"data": {"dataset": entry.id}}, Settings())
    if answer["data"] is not None:  # pictures of one's own are not there yet
        assert answer["data"]["origin"]["source"]["en"] == entry().origin()[0]


def test_an_example_names_its_own_source_until_there_is_a_file() -> None:
    assert DATASETS["own_series"]().origin() == DATASETS["co2"]().origin()
    assert DATASETS["own_table"]().origin() == DATASETS["house_prices"]().origin()
    kept = uploads.put(b"a\n1\n", "csv")
    for name in ("own_series", "own_table"):
        assert DATASETS[name](file=kept).origin() == ("the file that was uploaded", "your own")


def test_the_digits_are_scaled_by_their_training_part() -> None:
    with np.load(FOLDER / "digits.npz") as file:
        pixels, labels = file["x"].astype(np.float64) / 255, file["y"]
    generator, train = np.random.default_rng(0), []
    for label in range(10):
        train.append(generator.permutation(np.flatnonzero(labels == label))[100:])
    part = pixels[np.concatenate(train)]
    assert len(part) == 4_000
    scale = scale_answer(DATASETS["digits"]())
    assert scale is not None and scale["of"] == "channel"
    assert scale["mean"] == [pytest.approx(part.mean(), rel=1e-5)] and 0.13 < part.mean() < 0.14
    assert scale["std"] == [pytest.approx(part.std(), rel=1e-5)] and 0.30 < part.std() < 0.32


def test_points_have_a_pair_for_each_feature() -> None:
    data = DATASETS["moons"](size=200)
    x, y = data.raw()
    part = x[data.divide(y)[0]].astype(np.float64)
    scale = scale_answer(data)
    assert scale is not None and scale["of"] == "feature"
    np.testing.assert_allclose(scale["mean"], part.mean(0), atol=1e-6)
    np.testing.assert_allclose(scale["std"], part.std(0), rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "of", "n"),
    [
        ("iris", "column", 0),
        ("reviews", "token", 0),
        ("co2", "change", 1),
        ("sea_temperature", "value", 1),
        ("long_memory", "nothing", 0),
    ],
)
def test_the_preview_says_what_the_numbers_are_of(name: str, of: str, n: int) -> None:
    scale = preview_answer(Experiment.from_dict({"data": {"dataset": name}}))["scale"]
    assert (scale["dataset"], scale["of"], len(scale["mean"]), len(scale["std"])) == (
        name,
        of,
        n,
        n,
    )
    json.dumps(scale, allow_nan=False)


def test_where_nothing_is_there_yet_there_is_no_scale() -> None:
    assert scale_answer(DATASETS["own_images"]()) is None
