"""Whose turn it is: time is shared out by address, by client, by run."""

from collections import Counter

from playground.engine.fair_turns import AWAY, THERE, FairTurns, Path


def a_run(name: str, client: str = "", address: str = "", *, away: bool = False) -> Path:
    return (AWAY if away else THERE, address or client or name, client or name, name)


def shares(lengths: dict[Path, float], turns: int = 2_000) -> dict[str, float]:
    """The part of the time that each run gets. In: how long a turn of each takes."""
    fair = FairTurns()
    used = Counter[str]()
    waiting = list(lengths)
    for _ in range(turns):
        run = fair.next(waiting, lambda path: path)
        waiting.remove(run)
        waiting.append(run)
        fair.charge(run, lengths[run])
        used[run[-1]] += lengths[run]  # type: ignore[assignment]
    return {name: seconds / sum(used.values()) for name, seconds in used.items()}


def near(share: float, wanted: float) -> bool:
    return abs(share - wanted) < 0.02


def test_runs_share_time_and_not_turns() -> None:
    found = shares({a_run("long"): 0.3, a_run("short"): 0.03})
    assert near(found["short"], 0.5)


def test_one_client_with_many_runs_gets_the_share_of_one() -> None:
    runs = {a_run(f"greedy {i}", "greedy"): 0.03 for i in range(8)}
    found = shares({**runs, a_run("mine"): 0.03})
    assert near(found["mine"], 0.5)
    assert all(near(found[f"greedy {i}"], 0.5 / 8) for i in range(8))


def test_one_address_with_many_made_up_clients_gets_the_share_of_one() -> None:
    runs = {a_run(f"fresh {i}", f"fresh {i}", "elsewhere"): 0.03 for i in range(30)}
    assert near(shares({**runs, a_run("mine"): 0.03})["mine"], 0.5)


def test_runs_that_nobody_watches_take_next_to_nothing_from_the_others() -> None:
    runs = {a_run(f"left {i}", away=True): 0.03 for i in range(20)}
    assert near(shares({**runs, a_run("mine"): 0.03})["mine"], 25 / 26)


def test_who_was_not_there_has_saved_up_nothing() -> None:
    fair = FairTurns()
    first, second = a_run("first"), a_run("second")
    for _ in range(1_000):
        assert fair.next([first], lambda path: path) == first
        fair.charge(first, 0.03)
    turns = []
    for _ in range(10):
        run = fair.next([first, second], lambda path: path)
        turns.append(run)
        fair.charge(run, 0.03)
    assert turns.count(first) == turns.count(second) == 5


def test_leaving_for_a_moment_after_a_long_turn_wins_nothing() -> None:
    fair = FairTurns()
    steady, sly = a_run("steady"), a_run("sly")
    used = Counter[str]()
    for k in range(2_000):
        has_come_back = k % 3 == 0
        ready = [steady, sly] if has_come_back else [steady]
        run = fair.next(ready, lambda path: path)
        seconds = 2.0 if run == sly else 0.03
        fair.charge(run, seconds)
        used[run[-1]] += seconds  # type: ignore[assignment]
    assert used["sly"] < 1.1 * used["steady"] + 2


def test_after_very_many_clients_all_begin_again() -> None:
    fair = FairTurns()
    for i in range(5_000):
        fair.charge(a_run(f"run {i}"), 1.0)
    assert len(fair._used_s) <= 4_100
