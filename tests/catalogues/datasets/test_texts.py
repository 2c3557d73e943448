"""Texts: exact token numbers, honest vocabularies, labels in their places, names made up."""

import inspect
from typing import Any

import numpy as np
import pytest
import torch

from playground.catalogues.datasets import DATASETS
from playground.catalogues.datasets.base import FOLDER
from playground.catalogues.datasets.texts import Text
from playground.catalogues.datasets.texts.names import COUNTRIES
from playground.catalogues.datasets.texts.tokens import (
    frequent_tokens,
    read_pairs,
    step_labels,
    token_numbers,
    words_of,
)
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.questions.sample import Sample
from playground.questions.texts import Generate, ReadText, draw
from playground.training.trainer import Trainer

TEXTS = [entry for entry in DATASETS if issubclass(entry, Text)]
each_text = pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry.id)


def test_token_numbers_by_hand():
    found = token_numbers(["abba", "", "xb"], ["a", "b"], 3)
    assert found.tolist() == [[2, 3, 3], [1, 0, 0], [1, 3, 0]]
    assert found.dtype == np.int64


def test_labels_end_in_what_no_loss_counts():
    assert step_labels([[0, 1], [1, 1, 1, 1]], 3).tolist() == [[0, 1, -100], [1, 1, 1]]


def test_the_most_frequent_tokens_come_first_and_equal_ones_in_order():
    assert frequent_tokens(["cab", "ab", "b"]) == ["b", "a", "c"]
    assert frequent_tokens(["cab", "ab", "b"], 2) == ["b", "a"]
    assert frequent_tokens(["cab", "ab", "b"], 1, 1) == ["b"]


def test_words_keep_their_apostrophes_and_what_is_called_out():
    assert words_of("I didn't like it! Über-cool, 100 %?") == [
        "i",
        "didn't",
        "like",
        "it",
        "!",
        "über",
        "cool",
        "?",
    ]


def test_there_are_600_real_names_of_each_country_and_none_twice():
    countries, names = read_pairs(FOLDER / "place_names.tsv")
    assert sorted(set(countries)) == list(COUNTRIES)
    assert [countries.count(country) for country in COUNTRIES] == [600] * 10
    assert len({name.casefold() for name in names}) == 6_000
    assert dict(zip(names, countries, strict=True))["Kaskinen"] == "Finland"


def test_a_name_is_read_back_from_its_numbers():
    data = DATASETS["place_names"]()
    vocabulary = data.vocabulary()
    assert vocabulary[:3] == ("a", "i", "e")  # 6,793, 4,206 and 3,932 times in the file
    assert data.encode(["aie"]).tolist() == [[2, 3, 4] + [0] * 21]
    x, _ = data.raw()
    assert data.decode(x[0]) == read_pairs(FOLDER / "place_names.tsv")[1][0]
    assert x.max() == len(vocabulary) + 1 == data.sample_shape().vocabulary - 1


@each_text
def test_whatever_is_written_can_be_read(entry: type[Text]):
    data = entry()
    texts = [
        "",
        "🎉🎉🎉",
        "a" * 1_000_000,
        " " * 1_000_000,
        "\x00\ud800",
        "a\u0301",
        "!?",
        "Ærøskøbing",
    ]
    found = data.encode(texts)
    assert found.shape == (len(texts), *data.sample_shape()) and found.dtype == np.int64
    assert found.min() == 0 and found.max() < data.sample_shape().vocabulary
    assert (found[:, 0] > 0).all()  # an empty text is one unknown, not nothing


@each_text
@pytest.mark.parametrize("bad", [[1], [None], [["a"]], [b"a"], "a text", 7, None])
def test_what_is_no_text_is_refused_in_a_sentence(entry: type[Text], bad: Any):
    with pytest.raises(ValueError, match="this network takes"):
        entry().encode(bad)


def test_accents_written_in_two_ways_are_one():
    data = DATASETS["place_names"]()
    assert np.array_equal(data.encode(["Sa\u0303o"]), data.encode(["S\u00e3o"]))


def test_next_characters_by_hand():
    data = DATASETS["next_characters"](country="Finland")
    x, y = data.raw()
    names = [
        name
        for country, name in zip(*read_pairs(FOLDER / "place_names.tsv"), strict=True)
        if country == "Finland"
    ]
    assert len(x) == data.n_samples() == 600
    i = names.index("Kaskinen")
    spelt = [data.vocabulary().index(letter) for letter in "\nKaskinen\n"]
    assert x[i].tolist() == [n + 2 for n in spelt[:-1]] + [0] * 16
    assert y[i].tolist() == spelt[1:] + [-100] * 16
    assert data.encode(["Kaskinen"])[0].tolist() == x[i].tolist()
    assert (y[x == 0] == -100).all() and y.max() < len(data.class_names())


def test_the_words_come_from_the_training_part_alone():
    data = DATASETS["reviews"](max_words=4_000, validation=0.5)
    x, y = data.raw()
    train, held_out = data.divide(y)
    sentences = read_pairs(FOLDER / "reviews.tsv")[1]
    seen = {word for i in train for word in words_of(sentences[i])}
    assert set(data.vocabulary()) <= seen
    new = [i for i in held_out if set(words_of(sentences[i])[:32]) - seen]
    assert len(new) > 100 and all((x[i] == 1).any() for i in new)
    assert (len(train), len(held_out)) == data.counts()
    assert np.bincount(y).tolist() == [1_078, 1_604]


def test_fewer_words_mean_a_smaller_vocabulary():
    shape = DATASETS["reviews"](max_words=100).sample_shape()
    assert (tuple(shape), shape.vocabulary) == ((32,), 102)


def test_hyphens_stand_behind_their_letters():
    data = DATASETS["hyphenation"]()
    x, y = data.raw()
    words = (FOLDER / "hyphenation.txt").read_text("utf-8").split()
    i = words.index("gov-er-nor")
    assert data.decode(x[i]) == "governor"
    assert x[i, :3].tolist() == [
        8,
        16,
        23,
    ]  # g, o, v: the 7th, 15th and 22nd letter, after padding and unknown
    assert y[i].tolist() == [0, 0, 1, 0, 1, 0, 0, 0] + [-100] * 6
    assert all((row == 1).sum() == word.count("-") for row, word in zip(y, words, strict=True))


@each_text
def test_the_scripts_line_gives_the_same_numbers(
    entry: type[Text], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(FOLDER)
    data = entry()
    line, functions = data.source()
    names: dict[str, Any] = {"np": np}
    for function in functions:
        exec(inspect.getsource(function), names)
    exec(line, names)
    for ours, theirs in zip(data.raw(), (names["x"], names["y"]), strict=True):
        assert np.array_equal(ours, theirs) and ours.dtype == theirs.dtype
    assert all((FOLDER / name).is_file() for name in data.files)


@each_text
def test_the_preview_shows_real_samples_of_every_class(entry: type[Text]):
    data = entry()
    shown = data.preview()
    assert shown is not None
    if data.task == "classification":
        assert {each["label"] for each in shown["samples"]} == set(range(len(data.class_names())))
    for each in shown["samples"]:
        assert len(each["tokens"]) == len(each["numbers"]) and min(each["numbers"]) > 0


@pytest.fixture(scope="module")
def writer() -> Trainer:
    layers = [{"layer": "embedding", "size": 8}, {"layer": "linear", "units": 8}]
    data = {"dataset": "next_characters", "country": "Japan", "batch_size": 32}
    trainer = Trainer(
        Experiment.from_dict({"data": data, "layers": layers, "training": {"epochs": 1}})
    )
    trainer.model.eval()
    return trainer


def test_names_are_made_up_by_their_seed(writer: Trainer):
    first = Generate("To", seed=3)(writer)
    assert first == Generate("To", seed=3)(writer) != Generate("To", seed=4)(writer)
    assert first.prompt == "To" and len(first.texts) == 8
    assert all(len(text) <= 23 for text in first.texts)


def test_asking_leaves_the_runs_random_numbers_alone(writer: Trainer):
    before = torch.get_rng_state()
    Generate(seed=5)(writer)
    assert torch.equal(before, torch.get_rng_state())


def test_without_temperature_the_likeliest_always_wins(writer: Trainer):
    cold = Generate("Ya", temperature=0, count=3)(writer)
    assert len(set(cold.texts)) == 1
    x = torch.from_numpy(writer.experiment.data.encode(["Ya"]))
    with torch.inference_mode():
        likeliest = writer.model(x)[0, -1].argmax()
    letter = writer.experiment.data.vocabulary()[int(likeliest)]
    assert cold.texts[0][:1] == letter.strip("\n")


def test_temperature_bends_the_probabilities():
    scores = torch.tensor([[2.0, 1.0, 0.0]]).repeat(4_000, 1)
    for temperature in (0.5, 1.0, 3.0):
        found = (
            draw(scores, temperature, torch.Generator().manual_seed(0)).bincount(minlength=3)
            / 4_000
        )
        torch.testing.assert_close(found, (scores[0] / temperature).softmax(0), atol=0.03, rtol=0)
    assert draw(scores, 0, torch.Generator()).unique().tolist() == [0]


@pytest.mark.parametrize("prompt", ["", "🎉", "x" * 1_000_000, "\n\n"])
def test_any_beginning_will_do(writer: Trainer, prompt: str):
    assert len(Generate(prompt, count=2)(writer).texts) == 2


@pytest.mark.parametrize("temperature", [float("nan"), -1.0, 1e9])
def test_a_temperature_out_of_range_is_refused(writer: Trainer, temperature: float):
    with pytest.raises(ExperimentError, match="temperature"):
        Generate(temperature=temperature)(writer)


def test_only_who_learns_the_next_token_can_write():
    layers = [{"layer": "embedding", "size": 4}, {"layer": "time_pool"}]
    trainer = Trainer(Experiment.from_dict({"data": {"dataset": "place_names"}, "layers": layers}))
    with pytest.raises(ExperimentError, match="next"):
        Generate()(trainer)
    trainer.model.eval()
    read = ReadText(Sample(raw="Åbo 🎉"))(trainer)
    assert read.tokens == ("Å", "b", "o", " ", "🎉") and read.known == (
        False,
        True,
        True,
        True,
        False,
    )
    assert read.truth is None and read.shares.sum() == pytest.approx(1, abs=1e-5)
    assert ReadText(Sample(index=0))(trainer).truth == int(trainer.split.val_y[0])
