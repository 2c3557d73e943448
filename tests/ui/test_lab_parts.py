"""The parts of the labs, and what the page has for each of them."""

import re

import pytest

from playground.labs import LABS, parts, play
from playground.ui.page import files
from playground.ui.words.labs import part_words

KINDS = sorted(part.kind for part in parts.Part.__subclasses__())
FOLDER = "labs/parts/"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_part_is_drawn_by_a_module_of_its_name(kind: str) -> None:
    module = files()[f"{FOLDER}{kind}.js"].read_text("utf-8")
    assert "export function draw(" in module
    listed = files()[f"{FOLDER}index.js"].read_text("utf-8")
    kinds = re.search(r"KINDS = \{([^}]*)\}", listed)
    assert kinds is not None
    assert kind in re.findall(r"\w+", kinds[1])


def test_the_page_has_a_colour_for_every_role_and_no_other() -> None:
    module = files()[f"{FOLDER}roles.js"].read_text("utf-8")
    table = re.search(r"TOKENS = \{([^}]*)\}", module)
    assert table is not None
    named = [role for role in parts.ROLES if not role.isdigit()]
    assert re.findall(r"(\w+):", table[1]) == named


def test_every_word_that_a_part_asks_for_is_there_in_both_languages() -> None:
    asked: set[str] = set()
    for name, path in files().items():
        if name.startswith(FOLDER) and name.endswith(".js"):
            asked |= set(re.findall(r'"(part\.\w+)"', path.read_text("utf-8")))
    assert asked == set(part_words.TEXT)
    for english, chinese in part_words.TEXT.values():
        assert english and chinese
        assert re.findall(r"\{\w+\}", english) == re.findall(r"\{\w+\}", chinese)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_a_lab_uses_no_colour_that_means_nothing(lab: type) -> None:
    unknown = []
    for part in play(lab.id, {}).answer.to_json()["parts"]:
        roles = [role for _, role in part.get("marks", ())]
        roles += [trace["color"] for trace in part.get("traces", ()) if "color" in trace]
        roles += [handle["color"] for handle in part.get("handles", ())]
        unknown += [role for role in roles if role not in parts.ROLES]
    assert unknown == []
