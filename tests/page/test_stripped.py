"""What browsers get of a module is the module: every one still parses, and offers the same names."""

import json
import re
import shutil
import subprocess

from playground.ui.page import files
from playground.ui.page.stripped import without_comments

from .test_page import npm_command

PARSES = """
import vm from "node:vm";
let text = "";
for await (const part of process.stdin) text += part;
for (const [name, script] of Object.entries(JSON.parse(text))) {
  new vm.SourceTextModule(script, { identifier: name });
}
console.log("all");
"""
EXPORT = re.compile(
    r"^export (?:default )?(?:async )?(?:function|const|let|class)?[*]? ?(\w*)", re.M
)
SCRIPTS = {name: path.read_text("utf-8") for name, path in files().items() if path.suffix == ".js"}


def node() -> str:
    """The program that npm runs with."""
    found = shutil.which("node")
    return found or npm_command()[0]


def test_only_whole_comments_of_their_own_lines_go() -> None:
    script = 'a(); /** kept: code stands before it */\n  /** goes\n   * with ** in it */\nb("/** kept */");\n'
    left = 'a(); /** kept: code stands before it */\nb("/** kept */");\n'
    assert without_comments(script) == left


def test_every_module_still_parses() -> None:
    stripped = {name: without_comments(script) for name, script in SCRIPTS.items()}
    modules = {name: script for name, script in stripped.items() if name != "fallback.js"}
    done = subprocess.run(
        [node(), "--no-warnings", "--experimental-vm-modules", "--input-type=module", "-e", PARSES],
        input=json.dumps(modules),
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "all", done.stderr[-500:]


def test_they_offer_the_same_names_and_are_a_fifth_shorter() -> None:
    for name, script in SCRIPTS.items():
        assert EXPORT.findall(without_comments(script)) == EXPORT.findall(script), name
    before = sum(len(script) for script in SCRIPTS.values())
    after = sum(len(without_comments(script)) for script in SCRIPTS.values())
    assert after < 0.8 * before
