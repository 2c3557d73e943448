"""A result's link says what was trained, never how good it is; one that was changed by hand is refused."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.challenges import (
    Challenge,
    bundled,
    challenge_of_link,
    check_is_of,
    read_result,
    result_link,
)
from playground.experiment import packed, unpacked
from playground.faults import ExperimentError

from .solutions import solution
from .test_judging import SMALL, small


def forged(link: str, **changes: Any) -> str:
    """The link with other parts, as somebody would write it who knows how links are packed."""
    value = json.loads(unpacked(link))
    return packed(json.dumps({**value, **changes}).encode())


@pytest.mark.parametrize("challenge_id", bundled())
def test_a_result_comes_back_as_it_was(challenge_id: str) -> None:
    challenge, experiments = bundled()[challenge_id], solution(challenge_id)
    link = result_link(challenge, experiments)
    assert read_result(link) == (challenge, experiments)
    assert len(link) < 400


def test_a_teachers_challenge_travels_whole() -> None:
    assert Challenge.from_link(small().to_link()) == small()
    link = result_link(small(), [small().experiment()])
    assert read_result(link) == (small(), [small().experiment()])


def test_a_link_holds_no_score() -> None:
    value = json.loads(unpacked(result_link(small(), [small().experiment()])))
    assert set(value) == {"challenge", "experiments", "check"}


def test_other_epochs_data_or_targets_in_a_link_are_refused_with_a_sentence() -> None:
    link = result_link(small(), [small().experiment()])
    (experiment,) = json.loads(unpacked(link))["experiments"]
    endless = {**experiment, "training": {"epochs": 10**9}}
    with pytest.raises(ExperimentError, match=r"training\.epochs: must be at most 10000"):
        read_result(forged(link, experiments=[endless]))
    other_data = {**experiment, "data": {"dataset": "moons"}}
    easier = {**SMALL, "targets": [{"metric": "accuracy", "at_least": 0.1}]}
    for changes in (
        {"experiments": [other_data]},
        {"experiments": []},
        {"challenge": easier},
        {"challenge": "small_digits"},
        {"check": "0" * 16},
    ):
        with pytest.raises(ExperimentError, match="this link was changed after it was made"):
            read_result(forged(link, **changes))


def test_a_bundled_challenge_with_an_easier_target_is_another_one() -> None:
    own = bundled()["small_digits"]
    easier = {**own.to_dict(), "targets": [{"metric": "accuracy", "at_least": 0.1}]}
    link = result_link(Challenge.from_dict(easier), [own.experiment()])
    with pytest.raises(ExperimentError, match="this is another challenge"):
        read_result(link)
    with pytest.raises(ExperimentError, match="another challenge"):
        challenge_of_link(Challenge.from_dict(easier).to_link())
    assert challenge_of_link(own.to_link()) == own


def test_a_result_of_another_challenge_is_refused_by_its_teacher() -> None:
    easier = small(targets=[{"metric": "accuracy", "at_least": 0.1}])
    check_is_of(small(), small())
    with pytest.raises(ExperimentError, match="its data, limits or targets differ"):
        check_is_of(easier, small())


@pytest.mark.parametrize("link", ["", "x", "%%%", "ä", "A" * 10_000, packed(b"[1]"), packed(b"{}")])
def test_what_is_no_link_of_ours_is_said(link: str) -> None:
    with pytest.raises(ExperimentError, match="the link is damaged"):
        read_result(link)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.integers(0, 150), st.sampled_from("ABCxyz019-_"))
def test_a_link_with_any_letter_exchanged_is_refused_or_the_same(place: int, letter: str) -> None:
    right = result_link(small(), [small().experiment()])
    link = right[:place] + letter + right[place + 1 :]
    try:
        challenge, _ = read_result(link)
    except ExperimentError as error:
        assert error.faults
    else:
        assert challenge == small()
