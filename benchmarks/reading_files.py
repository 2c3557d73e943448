"""What it costs to understand a file: `python benchmarks/reading_files.py`.

Each file is read in a process of its own. Printed: the time of the processor, the time on the clock, and how much more
memory than before the reading was held at the most.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
SIZES = {"10 MB table": (90_000, 15), "199,000 x 20": (199_000, 20), "10 MB series": (340_000, 1)}


def main() -> None:
    """Writes each file, reads it, and prints a line."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (n_rows, n_columns) in SIZES.items():
            path = Path(folder) / "file.csv"
            write(path, n_rows, n_columns)
            whole_s = time_of_command(path)
            measured = subprocess.run(
                [sys.executable, __file__, str(path)], cwd=ROOT, check=True, capture_output=True
            )
            size = path.stat().st_size / 2**20
            line = measured.stdout.decode().strip()
            print(f"{name} ({size:.1f} MB): {line}; with its start {whole_s:.2f} s", flush=True)


def write(path: Path, n_rows: int, n_columns: int) -> None:
    """A table of numbers with some gaps and a column of kinds, or days and a value."""
    rng = np.random.default_rng(0)
    numbers = np.round(rng.normal(100, 30, (n_rows, n_columns)), 3)
    names = [f"x{place}" for place in range(n_columns)]
    first = np.datetime64("2000-01-01T00:00") + np.arange(n_rows) * np.timedelta64(10, "m")
    with path.open("w") as file:
        file.write(",".join(["when" if n_columns == 1 else "kind", *names]) + "\n")
        for row in range(n_rows):
            label = str(first[row]) if n_columns == 1 else f"k{row % 7}"
            cells = ",".join(map(str, numbers[row].tolist()))
            file.write(f"{label},{cells}\n")


def time_of_command(path: Path) -> float:
    """Seconds on the clock of the whole command, its start included."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "playground", "data", str(path), "--json"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(path: str) -> None:
    """Reads one file in this process."""
    sys.path.insert(0, str(ROOT))
    from playground.reading.data.choices import Choices
    from playground.reading.data.reader import read_data

    read_data(b"a,b\n1,2\n3,4\n5,6\n7,8\n", Choices())  # what is imported late is imported now
    data = Path(path).read_bytes()
    at_rest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, start_clock = time.process_time(), time.perf_counter()
    understood = read_data(data, Choices())
    cpu_s, wall_s = time.process_time() - start, time.perf_counter() - start_clock
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - at_rest) / 1024
    print(f"{understood.rows:,} rows, {cpu_s:.2f} s of processor, {wall_s:.2f} s, +{peak:.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        main()
