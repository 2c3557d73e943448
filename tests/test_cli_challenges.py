"""Challenges from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.__main__ import main
from playground.challenges import bundled, result_link

from .challenges.solutions import changed
from .challenges.test_judging import PASSES, SMALL, small


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A teacher's challenge, a network that passes, and one that does not."""
    (tmp_path / "challenge.json").write_text(json.dumps(SMALL))
    (tmp_path / "good.json").write_text(changed(small(), **PASSES).to_json())
    (tmp_path / "bad.json").write_text(small().experiment().to_json())
    return tmp_path


def test_all_are_listed(capsys: Any) -> None:
    assert main(["challenges"]) == 0
    assert capsys.readouterr().out.split() == list(bundled())


def test_a_challenge_says_what_it_asks_for(capsys: Any) -> None:
    assert main(["challenge", "small_digits"]) == 0
    said = capsys.readouterr().out
    assert "limit parameters: 20,000" in said and "target metric accuracy at_least 0.97" in said


def test_a_network_that_passes_is_told_with_a_link_that_passes_again(
    files: Path, capsys: Any
) -> None:
    challenge = str(files / "challenge.json")
    assert main(["challenge", challenge, "--experiment", str(files / "good.json"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["passed"] and answer["scores"]["accuracy"] >= 0.9
    address = f"http://localhost:7860/?challenge=x&result={answer['link']}"
    assert main(["challenge", challenge, "--result", address, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == answer


def test_a_network_that_does_not_pass_ends_with_1(files: Path, capsys: Any) -> None:
    challenge = str(files / "challenge.json")
    assert main(["challenge", challenge, "--experiment", str(files / "bad.json")]) == 1
    said = capsys.readouterr().out
    assert said.endswith("not reached\n") and "✗ accuracy" in said and "✓ epochs: 1" in said


def test_what_breaks_a_limit_ends_with_2_and_a_sentence(capsys: Any) -> None:
    assert main(["challenge", "small_digits", "--experiment", "digits-mlp"]) == 2
    assert "error: layers: the network has" in capsys.readouterr().err
    assert main(["challenge", "nothing"]) == 2
    assert "there is no challenge called “nothing”" in capsys.readouterr().err


def test_a_result_of_another_challenge_is_refused(files: Path, capsys: Any) -> None:
    easier = small(targets=[{"metric": "accuracy", "at_least": 0.1}])
    link = result_link(easier, [easier.experiment()])
    assert main(["challenge", str(files / "challenge.json"), "--result", link]) == 2
    assert "this is another challenge" in capsys.readouterr().err


def test_a_teachers_link_stands_for_the_challenge(files: Path, capsys: Any) -> None:
    link = f"http://localhost:7860/?challenge={small().to_link()}"
    assert main(["challenge", link, "--experiment", str(files / "good.json")]) == 0
    assert capsys.readouterr().out.endswith("passed\n")
