"""The documents name files and commands that exist."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from playground.__main__ import parser
from playground.labs import LABS, Lab, run
from playground.settings import PREFIX, Settings
from playground.ui.words.labs import words_of

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
# A path from the root of the repository, wherever it stands; in backticks also one inside playground/ or its ui/.
FROM_ROOT = re.compile(r"(?<![\w/.])(?:playground|tests|benchmarks|docs|presets)/[\w./-]*\w/?")
IN_BACKTICKS = re.compile(r"`((?:[\w-]+/)+(?:[\w-]+\.\w+)?|[\w-]+\.(?:py|js|css))`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
IMPORTS_OF_A_LAB = """
from collections.abc import Mapping
from typing import Any, ClassVar
from pydantic import Field
from playground.labs import LABS, Answer, Lab
from playground.labs.parts import Array
from playground.labs.program import Program
"""
ADDRESSES = {
    "playground/stream",
    "playground/check",
    "playground/boot",
    "playground/health",
    "playground/understood",
}  # of the server


def is_there(path: str) -> bool:
    folders = (
        ROOT,
        ROOT / "playground",
        ROOT / "playground" / "ui",
        ROOT / "playground" / "catalogues",
    )
    return any((folder / path).exists() for folder in folders)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_a_document_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    paths = {*FROM_ROOT.findall(text), *IN_BACKTICKS.findall(text)} - ADDRESSES
    missing = [path for path in sorted(paths) if not is_there(path)]
    linked = [path for path in LINK.findall(text) if not (document.parent / path).exists()]
    assert (missing, linked) == ([], [])


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_limit_is_told_to_hosts(name: str) -> None:
    assert f"| `{PREFIX}{name.upper()}` |" in (ROOT / "docs" / "hosting.md").read_text("utf-8")


def test_every_command_of_the_readme_is_understood() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^python -m playground ([^#>\n]+)", text, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert callable(parser().parse_args(shlex.split(command)).run)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_every_lab_is_in_the_table_under_its_title(lab: type[Lab]) -> None:
    title, _ = words_of(lab.id)["text"]["title"].values()
    assert f"| `{lab.id}` | {title} |" in (ROOT / "docs" / "labs.md").read_text("utf-8")


def test_the_lab_that_a_document_adds_answers() -> None:
    text = (ROOT / "docs" / "labs.md").read_text("utf-8")
    (example,) = re.findall(r"^# labs/doubling.py\n(.*?)^```", text, re.M | re.S)
    names: dict[str, Any] = {}
    exec(IMPORTS_OF_A_LAB + example, names)
    try:
        answer = run("doubling", numbers=[3.0])
    finally:
        LABS.unregister("doubling")
    assert answer["values"] == {"result": [6.0], "count": 1}
    assert {"title", "notice", "try", "field.numbers", "surprise.nothing"} <= set(names["TEXT"])
