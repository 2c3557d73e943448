"""Results as a table, and the promises that were not kept."""

from collections.abc import Iterable, Sequence

from .measuring import MORE_FILES, MORE_THREADS, Result

MOST_P95_S = 1.0
LEAST_SHARE = 0.5
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


def speed_faults(result: Result) -> list[str]:
    """What must hold on a quiet machine."""
    faults = []
    for what, seconds in (
        ("check", result.beside.check_p95_s),
        ("ask", result.beside.ask_p95_s),
    ):
        if not seconds <= MOST_P95_S:
            faults.append(f"{what} p95 {seconds:.2f} s")
    if result.beside.refused:
        faults.append(
            f"requests of the honest page refused (0: no answer): {result.beside.refused}"
        )
    if not result.share >= LEAST_SHARE:
        faults.append(f"training at {result.share:.2f} of alone")
    if result.back_s is None:
        faults.append(f"training back at {result.back_share:.2f} only")
    return faults
