"""Opens checkpoints that were changed at random, in a child process so that a crash is seen: does any get through?

    python -m benchmarks.mutated_checkpoints 20000 [--seed 0] [--kind weights|links]

Each file is a sound one (ten of this version, four of 0.2.0) in which bytes, numbers of the header, or tensors are
changed, the last two signed again as anybody can. A file is refused with a sentence, or the run that it makes must be
one that a run can be: `benchmarks.opened_checkpoints` says what that means. The same for files of weights, and for
links and drafts. Prints one JSON object; exit status 1 where anything else happened.
"""

import argparse
import importlib
import json
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

# What is opened -> the modules that change it and that open it.
KINDS = {
    "checkpoints": ("checkpoint_mutations", "opened_checkpoints"),
    "weights": ("weight_mutations", "weight_mutations"),
    "links": ("link_mutations", "link_mutations"),
}
BATCH = 4_000  # files a child opens before it is replaced
SLOWEST_S = 2.0
SILENT_S = 120.0  # a child that says nothing for so long hangs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--kind", choices=KINDS, default="checkpoints")
    parser.add_argument("--child", action="store_true", help="open the files in this process")
    options = parser.parse_args()
    if options.child:
        open_here(options.kind, options.seed, options.first, options.count)
        return 0
    figures = open_apart(options.seed, options.first, options.count, options.kind)
    print(json.dumps(figures, indent=1))
    return 1 if figures["wrong"] else 0


def open_apart(seed: int, first: int, count: int, kind: str = "checkpoints") -> dict[str, Any]:
    """Opens so many files in children. Out: how many were refused and accepted, and each that went wrong."""
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest_s = 0.0
    began = time.perf_counter()
    number = first
    while number < first + count:
        n_files = min(BATCH, first + count - number)
        answers = answers_of_child(kind, seed, number, n_files)
        for answer in answers:
            outcomes[answer["outcome"]] += 1
            slowest_s = max(slowest_s, answer.get("seconds", 0.0))
            is_slow = answer.get("seconds", 0.0) > SLOWEST_S
            if is_slow or answer["outcome"] not in ("refused", "accepted"):
                wrong.append(f"--seed {seed} --first {answer['number']}: {answer}")
        number += len(answers)
        print(f"{number - first} files: {dict(outcomes)}", file=sys.stderr)
    return {
        "files": count,
        **outcomes,
        "slowest_s": round(slowest_s, 2),
        "seconds": round(time.perf_counter() - began),
        "wrong": wrong,
    }


def answers_of_child(kind: str, seed: int, first: int, count: int) -> list[dict[str, Any]]:
    """What a child said of its files; where it crashed, the file that did it comes last."""
    place = ["--kind", kind, "--seed", str(seed), "--first", str(first)]
    arguments = [str(count), *place, "--child"]
    command = [sys.executable, "-m", "benchmarks.mutated_checkpoints", *arguments]
    limit_s = SILENT_S + SLOWEST_S * count
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s)
        output, status = done.stdout, done.returncode
        if status == 1:
            raise RuntimeError(f"the benchmark itself failed:\n{done.stderr}")
    except subprocess.TimeoutExpired as error:
        written = error.stdout or b""
        output = written.decode() if isinstance(written, bytes) else written
        status = -1
    answers = [json.loads(line) for line in output.splitlines()]
    if len(answers) < count:
        crash: dict[str, Any] = {
            "number": first + len(answers),
            "outcome": "crash",
            "status": status,
        }
        answers.append(crash)
    return answers


def open_here(kind: str, seed: int, first: int, count: int) -> None:
    """Prints a line for every file."""
    import torch

    torch.set_num_threads(1)
    mutations = importlib.import_module(f"benchmarks.{KINDS[kind][0]}")
    opener = importlib.import_module(f"benchmarks.{KINDS[kind][1]}").Opener()
    sound = mutations.bases()
    # The first file of each kind also loads what every later one uses: seconds that are no file's fault.
    for _, data in sound:
        opener.opened(data)
    for number in range(first, first + count):
        chance = random.Random(f"{seed}/{number}")
        data, change = mutations.mutated(chance, sound)
        answer = opener.opened(data)
        print(json.dumps({"number": number, "change": change, **answer}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
