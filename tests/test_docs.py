"""The documents name files and commands that exist."""

import re
import shlex
from pathlib import Path

import pytest

from playground.__main__ import parser
from playground.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
# A path from the root of the repository, wherever it stands; in backticks also one inside playground/ or its ui/.
FROM_ROOT = re.compile(r"(?<![\w/.])(?:playground|tests|benchmarks|docs|presets)/[\w./-]*\w/?")
IN_BACKTICKS = re.compile(r"`((?:[\w-]+/)+(?:[\w-]+\.\w+)?|[\w-]+\.(?:py|js|css))`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
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
