"""What every lab must do, whichever it is."""

import json
import subprocess
import sys
from typing import Any

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import LABS, Lab, play
from playground.labs.parts import plain
from playground.ui.words.labs import words_of

LAB = [sys.executable, "-m", "playground", "lab"]
STATES = [
    pytest.param(lab, state, id=f"{lab.id}-{name}")
    for lab in LABS
    for name, state in {"default": {}, **lab.surprises}.items()
]


@pytest.mark.parametrize(("lab", "state"), STATES)
def test_a_lab_answers_by_default_and_for_each_of_its_surprises(
    lab: type[Lab], state: dict[str, Any]
) -> None:
    played = play(lab.id, state).to_json()
    assert json.loads(json.dumps(played, allow_nan=False)) == played
    assert played["lab"] == lab.id
    assert played["values"] and played["parts"] and played["code"]
    names = [part["name"] for part in played["parts"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("lab", "state"), STATES)
def test_its_state_opens_it_again_with_the_same_answer(
    lab: type[Lab], state: dict[str, Any]
) -> None:
    played = play(lab.id, state)
    again = play(lab.id, json.loads(json.dumps(plain(played.state))))
    assert again.state == played.state
    for name in played.answer.checked:
        assert plain(again.answer.values[name]) == plain(played.answer.values[name])


@pytest.mark.parametrize(("lab", "state"), STATES)
def test_the_code_that_is_shown_runs_alone_and_gives_the_numbers_that_are_shown(
    lab: type[Lab], state: dict[str, Any]
) -> None:
    answer = play(lab.id, state).answer
    assert answer.checked
    names: dict[str, Any] = {}
    torch.manual_seed(12345)  # what the code draws must not hang on this
    exec(compile(answer.code, lab.id, "exec"), names)
    for name in answer.checked:
        assert_same(plain(names[name]), plain(answer.values[name]), name)


def assert_same(found: Any, wanted: Any, name: str) -> None:
    """Equal, numbers to seven digits."""
    if isinstance(wanted, dict):
        assert list(found) == list(wanted), name
        for key, inner in wanted.items():
            assert_same(found[key], inner, f"{name}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), name
        for place, inner in enumerate(wanted):
            assert_same(found[place], inner, f"{name}[{place}]")
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, rel=1e-7, abs=1e-12, nan_ok=True), name
    else:
        assert found == wanted, name


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_its_words_are_there_in_both_languages(lab: type[Lab]) -> None:
    words = words_of(lab.id)
    text = words["text"]
    wanted = {"title", "notice", "try", *(f"surprise.{name}" for name in lab.surprises)}
    wanted |= {f"field.{name}" for name in lab.model_fields}
    assert wanted <= set(text)
    assert set(words["help_zh"]) == set(lab.model_fields)
    for key, pair in text.items():
        assert pair["en"] and pair["zh"], key
        assert set(_places(pair["en"])) == set(_places(pair["zh"])), key
    for state in ({}, *lab.surprises.values()):
        answer = play(lab.id, state).answer
        assert {f"number.{name}" for name in answer.numbers} <= set(text)
        for part in answer.to_json()["parts"]:
            if part["part"] == "say":
                assert set(_places(text[part["key"]]["en"])) <= set(part["values"]), part["key"]
            for key in part.get("columns", ()) if part["part"] == "table" else ():
                assert key in text, key


def _places(text: str) -> list[str]:
    import re

    return re.findall(r"\{(\w+)\}", text)


@pytest.mark.long
def test_the_command_line_lists_and_plays_them() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "playground", "labs"], capture_output=True, text=True, check=True
    )
    assert listed.stdout.split() == [lab.id for lab in LABS]
    played = subprocess.run(
        [*LAB, "broadcasting", "--set", "shapes=[[2,3],[3,2]]", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(played.stdout)
    assert answer["values"]["result"] is None and answer["values"]["clash_axis"] == -1
    bad = subprocess.run(
        [*LAB, "broadcasting", "--set", "shapes=[[-2]]"],
        capture_output=True,
        text=True,
    )
    assert bad.returncode == 2 and bad.stderr.startswith("error: shapes[0][0]: must be at least 0")


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_a_field_that_it_does_not_have_is_named(lab: type[Lab]) -> None:
    with pytest.raises(ExperimentError, match="“nothing” is not a field here"):
        play(lab.id, {"nothing": 1})


def test_a_lab_that_there_is_not_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ExperimentError, match=r"no lab called “nothing”; known: .*broadcasting"):
        play("nothing", {})


@pytest.mark.parametrize(("lab", "state"), STATES)
def test_an_answer_draws_nothing_from_the_random_state_that_trainings_use(
    lab: type[Lab], state: dict[str, Any]
) -> None:
    before = torch.get_rng_state()
    play(lab.id, state)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("lab", list(LABS), ids=lambda lab: lab.id)
def test_what_is_left_open_is_told_and_the_same_when_it_is_set(lab: type[Lab]) -> None:
    """A field that is null by default takes a value of the lab's own."""
    answer = play(lab.id, {}).to_json()
    left_open = {name for name, field in lab.model_fields.items() if field.default is None}
    assert set(answer["chosen"]) == left_open
    if left_open:
        assert play(lab.id, answer["chosen"]).to_json()["values"] == answer["values"]
