"""The rooms and who may enter: read from the imports."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from playground.faults import MESSAGES
from playground.ui.words import FAULTS_ZH, REPAIRS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "playground"
# The rooms in their order: each may import those before it, and nothing from those after it.
ROOMS = [
    {"collector", "fault_messages", "faults", "settings", "files"},
    {"reading"},
    {"catalogues"},
    {"experiment"},
    {"network", "preset_files"},
    {"training"},
    {"engine"},
    {"questions", "results", "answering"},
    {"export"},
    {"challenges"},
    {"labs"},
    {"ui"},
    {"cli", "serve", "__init__", "__main__"},
]
# The same inside the rooms that have an order of their own; files that are not named here come last.
INSIDE = {
    "catalogues": [
        {"calls", "modules", "metrics", "samples"},
        {"base"},
        {"initializers", "optimizers", "schedules"},
        {"learning"},
        {"layers", "losses", "tasks", "datasets"},  # these four describe each other
    ],
    "network": [
        {"models", "layer_names", "goal", "measuring", "repairing"},
        {"tracing"},
        {"builder"},
        {"cost"},
        {"checking"},
    ],
    "training": [
        {"randomness", "measurements", "clipping", "practice"},
        {"history"},
        {"trainer"},
    ],
    "engine": [
        {
            "devices",
            "view",
            "inbox",
            "share",
            "answer_time",
            "waiting",
            "keeper",
            "clients",
            "counters",
        },
        {"status"},
        {"work"},
        {"run"},
        {"worker"},
        {"engine"},
    ],
    "export": [{"script"}, {"notebook", "onnx"}],
}
RANK = {name: rank for rank, names in enumerate(ROOMS) for name in names}
FILES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Absolute names of everything that a file imports, wherever in the file."""
    package = ["playground", *path.relative_to(PACKAGE).parent.parts]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{module}.{alias.name}" for alias in node.names} | {module}
    return found


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_stands_before_it(path: Path) -> None:
    own = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "playground" or len(parts) < 2 or parts[1] not in RANK or parts[1] == own:
            continue
        assert RANK[parts[1]] <= RANK[own], f"{own} imports {name}"


@pytest.mark.parametrize("name", INSIDE)
def test_inside_a_room_imports_run_one_way(name: str) -> None:
    rank = {part: place for place, parts in enumerate(INSIDE[name]) for part in parts}
    for path in sorted((PACKAGE / name).rglob("*.py")):
        own = path.relative_to(PACKAGE / name).parts[0].removesuffix(".py")
        for imported in imports(path):
            parts = imported.split(".")
            if parts[:2] != ["playground", name] or len(parts) < 3 or own == "__init__":
                continue
            assert rank.get(parts[2], 0) <= rank.get(own, len(rank)), (
                f"{path.name} imports {imported}"
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_gradio_and_plotly_stay_in_their_room(path: Path) -> None:
    if room(path) != "ui":
        assert not {name.split(".")[0] for name in imports(path)} & {
            "gradio",
            "plotly",
            "starlette",
            "fastapi",
        }


def test_no_duration_is_taken_from_a_clock_that_may_be_set() -> None:
    """`time.time` jumps when somebody sets the clock; grace times and expiry count by `monotonic`."""
    may_jump = re.compile(r"\btime\.time(_ns)?\b|from time import .*\btime\b")
    offenders = []
    for path in FILES:
        if may_jump.search(path.read_text(encoding="utf-8")):
            offenders.append(path.name)
    assert not offenders


def test_every_room_has_its_place() -> None:
    assert {room(path) for path in FILES} == set(RANK)


def test_the_engine_runs_where_gradio_and_plotly_are_absent() -> None:
    code = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.split('.')[0] in ('gradio', 'plotly'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import playground as p\n"
        "e = p.Engine(p.Settings())\n"
        "x = p.Experiment.from_dict({'data': {'dataset': 'xor'}, 'training': {'epochs': 1}})\n"
        "print(e.start(x).wait(60))\n"
        "e.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "done", done.stderr


def names_in(template: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", template))


def test_every_fault_has_both_languages_with_the_same_values() -> None:
    assert set(MESSAGES) == set(FAULTS_ZH)
    for code, english in MESSAGES.items():
        assert names_in(FAULTS_ZH[code]) <= names_in(english), code


def test_every_repair_that_code_offers_has_words() -> None:
    text = "".join(path.read_text("utf-8") for path in FILES)
    assert set(re.findall(r'(?:Fix|Repair)\(\s*"(\w+)"', text)) == set(REPAIRS)


def test_every_fault_that_code_raises_is_known() -> None:
    raised: set[str] = set()
    for path in FILES:
        text = path.read_text("utf-8")
        raised |= set(re.findall(r'ExperimentError\.at\(\s*[^,]+,\s*"(\w+)"', text))
        raised |= set(re.findall(r'Fault\(\s*(?:"[^"]*"|\w+|_heaviest\([^)]*\)),\s*"(\w+)"', text))
    assert len(raised) > 25 and raised <= set(MESSAGES)


def test_every_fault_that_has_words_can_happen() -> None:
    """Each code stands in quotes somewhere besides the table of its words."""
    words = {PACKAGE / "faults.py", PACKAGE / "ui" / "words" / "faults.py"}
    code = "".join(path.read_text("utf-8") for path in FILES if path not in words)
    rules = (PACKAGE / "faults.py").read_text("utf-8").split("class Repair")[1]  # after MESSAGES
    unused = {name for name in MESSAGES if f'"{name}"' not in code + rules}
    assert unused == set()


def test_no_file_of_the_project_names_a_path_of_somebodys_machine() -> None:
    pattern = re.compile(r"(^|[^\w.])/(home|Users|root)/\w")
    for path in [
        *FILES,
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("benchmarks/*.py"),
    ]:
        assert not pattern.search(path.read_text("utf-8")), path
