"""What a challenge may say, and what it may not."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from playground.__main__ import main
from playground.challenges import Challenge, bundled
from playground.faults import ExperimentError
from playground.ui.answers.challenges import index_answer

from .test_judging import SMALL, small


@pytest.mark.parametrize("challenge_id", bundled())
def test_a_bundled_challenge_is_told_in_both_languages(challenge_id: str) -> None:
    challenge = bundled()[challenge_id]
    for words in (challenge.title, challenge.text, challenge.hint):
        assert words is not None and words.en and words.zh
    assert Challenge.from_link(challenge.to_link()) == challenge


def test_all_challenges_that_were_asked_for_are_there() -> None:
    assert list(bundled()) == [
        "two_hidden_layers",
        "find_the_rate",
        "small_digits",
        "few_images",
        "beat_the_rnn",
        "calibrated_forecast",
    ]


def test_a_further_file_is_a_further_challenge(
    tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    (tmp_path / "1_clouds.json").write_text(json.dumps({**SMALL, "id": "clouds"}))
    home = importlib.import_module("playground.challenges.bundled")
    monkeypatch.setattr(home, "FOLDER", tmp_path)
    bundled.cache_clear()
    try:
        assert list(bundled()) == ["clouds"]
        assert main(["challenges"]) == 0 and capsys.readouterr().out == "clouds\n"
        assert [card["id"] for card in index_answer()["challenges"]] == ["clouds"]
    finally:
        monkeypatch.undo()
        bundled.cache_clear()


def test_words_in_one_language_stand_for_the_other() -> None:
    assert small().title.in_both() == ("Four clouds", "Four clouds")
    assert small(title={"zh": "四团"}).title.in_both() == ("四团", "四团")


def test_every_part_of_it_is_in_its_fingerprint() -> None:
    marks = {
        small().fingerprint(),
        small(limits={"epochs": 6, "parameters": 100}).fingerprint(),
        small(targets=[{"metric": "accuracy", "at_least": 0.91}]).fingerprint(),
        small(data={**SMALL["data"], "seed": 1}).fingerprint(),
        small(start={}).fingerprint(),
    }
    assert len(marks) == 5
    assert small().fingerprint() in marks


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": {}}, "title: needs words in English, in Chinese or in both"),
        ({"title": {"en": " "}}, "title: needs words"),
        ({"title": {"en": "x" * 601}}, "title.en: is too long"),
        ({"id": "../x"}, "id: "),
        ({"secret": 1}, "“secret” is not a field here"),
        ({"limits": {"epochs": 10**9}}, "limits.epochs: must be at most 500"),
        ({"limits": {"epochs": 0}}, "limits.epochs: must be at least 1"),
        ({"limits": {"seconds": 1e9}}, "limits.seconds: must be at most 600"),
        ({"limits": {"tries": 6}}, "limits.tries: must be at most 5"),
        ({"limits": {"layers": ["eval"]}}, "limits: there is no layer called “eval”"),
        ({"limits": {"only": ["__class__.x"] * 21}}, "limits.only: is too long"),
        ({"targets": []}, "targets"),
        ({"targets": [{"metric": "accuracy"}]}, "needs exactly one of"),
        ({"targets": [{"metric": "accuracy", "at_least": 1, "at_most": 1}]}, "needs exactly one"),
        ({"targets": [{"metric": "mae", "at_most": 1}]}, "“mae” is not measured on these data"),
        ({"targets": [{"metric": "accuracy", "at_least": float("nan")}]}, "finite number"),
        ({"data": {"dataset": "own_table"}}, "a challenge needs data that everybody has"),
        ({"data": {"dataset": "nothing"}}, "no dataset called “nothing”"),
        ({"start": {"layers": [{"layer": "nothing"}]}}, "no layer called “nothing”"),
        ({"version": 2}, "version"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        Challenge.from_dict({**SMALL, **changes})


def test_text_that_is_too_long_or_too_deep_is_refused() -> None:
    with pytest.raises(ExperimentError, match="at most 16384 are accepted"):
        Challenge.from_json(b" " * 20_000)
    with pytest.raises(ExperimentError, match="not valid JSON"):
        Challenge.from_json("{")
    deep: Any = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(ExperimentError, match="nested more than"):
        Challenge.from_dict({**SMALL, "start": {"layers": deep}})
