"""Results as a table, and the promises that were not kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .measuring import MORE_FILES, MORE_THREADS, Result

MOST_P95_S = 1.0
LEAST_SHARE = 0.5
MOST_TIMES = 3  # that an attack is measured
HEAD = (
    "attack",
    "answers",
    "check p95",
    "ask p95",
    "training",
    "back",
    "a newcomer's start",
    "threads",
    "files",
    "MB",
)


def table(results: Sequence[Result]) -> str:
    """In Markdown."""
    lines = ["| " + " | ".join(HEAD) + " |", "| --- " * len(HEAD) + "|"]
    for result in results:
        lines.append("| " + " | ".join(_cells(result)) + " |")
    return "\n".join(lines)


def _cells(result: Result) -> Iterable[str]:
    before, after = result.before, result.after
    back = "–" if result.back_s is None else f"{result.back_s:.1f} s"
    return (
        f"{result.title} (`{result.name}`)",
        result.tally.text(),
        _milliseconds(result.beside.check_p95_s),
        _milliseconds(result.beside.ask_p95_s),
        f"{result.share:.2f}",
        f"{result.back_share:.2f}, {back}",
        result.newcomer.text(),
        f"{before.threads} → {after.threads}",
        f"{before.files} → {after.files}",
        f"{before.memory_mb:.0f} → {after.memory_mb:.0f}",
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1_000:.0f} ms"


def safety_faults(result: Result) -> list[str]:
    """What must hold on any machine, however busy."""
    faults = list(result.notes)
    if not result.after.is_alive:
        return [*faults, "the server ended"]
    if result.server_errors:
        shown = "; ".join(result.tally.broken) or "to the honest page"
        faults.append(f"{result.server_errors} answers of 500 and above: {shown}")
    if result.tally.n_acted:
        faults.append(f"{result.tally.n_acted} foreign acts: {'; '.join(result.tally.acted)}")
    if result.tracebacks:
        faults.append(f"{result.tracebacks} errors in the log that nobody caught")
    if result.after.threads > result.before.threads + MORE_THREADS:
        faults.append(f"threads grew from {result.before.threads} to {result.after.threads}")
    if result.after.files > result.before.files + MORE_FILES:
        faults.append(f"open files grew from {result.before.files} to {result.after.files}")
    if result.state not in ("running", "waiting"):
        faults.append(f"the honest page's run is {result.state or 'silent'}")
    if result.newcomer.answer != "granted":  # a run that trains, or waits in line
        faults.append(
            f"an honest start got neither a run nor a place in line: {result.newcomer.answer}"
        )
    return faults


@dataclass(frozen=True)
class Promise:
    """Something that must hold on a quiet machine, and how it stood."""

    holds: Callable[[Result], bool]
    text: Callable[[Result], str]


# A time that is not known (NaN) is within no limit.
PROMISES = (
    Promise(
        lambda result: result.beside.check_p95_s <= MOST_P95_S,
        lambda result: f"check p95 {result.beside.check_p95_s:.2f} s",
    ),
    Promise(
        lambda result: result.beside.ask_p95_s <= MOST_P95_S,
        lambda result: f"ask p95 {result.beside.ask_p95_s:.2f} s",
    ),
    Promise(
        lambda result: not result.beside.refused,
        lambda result: f"refused to the honest page (0: no answer): {result.beside.refused}",
    ),
    Promise(
        lambda result: result.share >= LEAST_SHARE,
        lambda result: f"training at {result.share:.2f} of alone",
    ),
    Promise(
        lambda result: result.back_s is not None,
        lambda result: f"training back at {result.back_share:.2f}",
    ),
)


def may_be_chance(times: Sequence[Result]) -> bool:
    """Whether a promise of speed was missed the first time, and it is not yet known whether it mostly is."""
    is_missed = not all(promise.holds(times[0]) for promise in PROMISES)
    return is_missed and len(times) < MOST_TIMES


def speed_faults(times: Sequence[Result]) -> list[str]:
    """The promises that were missed most of the times that one attack was measured.

    Once says little: the speed of a rented core may change by half between two seconds.
    """
    faults = []
    for promise in PROMISES:
        n_missed = sum(not promise.holds(result) for result in times)
        if 2 * n_missed > len(times):
            faults.append(", ".join(promise.text(result) for result in times))
    return faults
