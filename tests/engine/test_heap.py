"""What was freed goes back to the system."""

import subprocess
import sys

import pytest

SCRIPT = """
import resource
from playground.engine.heap import give_back, keep_few_arenas

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()

keep_few_arenas()
blocks = [bytearray(50_000) for _ in range(4_000)]  # 200 MB, each block too small for a mapping of its own
kept = blocks[::40]
full = resident()
del blocks
before = resident()
give_back()
after = resident()
print(full, before, after)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc only")
def test_pages_between_what_is_in_use_go_back_to_the_system() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    full, _, after = map(int, run.stdout.split())
    assert full - after > 150e6
