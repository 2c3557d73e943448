"""Which of the runs that nobody needs goes first."""

from types import SimpleNamespace
from typing import Any

from playground.engine.clients import Client
from playground.engine.kept import next_to_go
from playground.engine.shares import Shares

SHARES = Shares(all=120, client=18, address=60)


def run(
    client: Client, *, is_live: bool = False, looked_at: bool = False, watchers: int = 0
) -> Any:
    return SimpleNamespace(
        client=client,
        is_live=is_live,
        may_be_forgotten=looked_at or not is_live,
        run=SimpleNamespace(watchers=watchers),
    )


def who_goes(kept: list[Any], count: int = 1) -> list[Any]:
    """The first `count`, in order."""
    gone = []
    for _ in range(count):
        goes = next_to_go(kept, lambda _: 1, SHARES)
        assert goes is not None
        gone.append(goes)
        kept = [other for other in kept if other is not goes]
    return gone


def test_many_tiny_runs_of_one_client_erase_only_its_own() -> None:
    mine = [run(Client("me", "home")) for _ in range(5)]
    tiny = [run(Client("greedy", "elsewhere")) for _ in range(125)]
    assert who_goes(mine + tiny, 100) == tiny[:100]


def test_many_made_up_clients_of_one_address_erase_only_what_comes_from_there() -> None:
    mine = [run(Client("me", "home")) for _ in range(5)]
    tiny = [run(Client(f"made up {i}", "elsewhere")) for i in range(125)]
    assert who_goes(mine + tiny, 60) == tiny[:60]


def test_of_one_client_the_oldest_ended_run_goes_first_then_what_is_looked_at() -> None:
    me = Client("me", "home")
    watched = run(me, is_live=True, looked_at=True, watchers=1)
    looked_at = run(me, is_live=True, looked_at=True)
    ended, later = run(me), run(me)
    assert who_goes([watched, looked_at, ended, later], 4) == [ended, later, looked_at, watched]


def test_a_run_that_trains_never_goes() -> None:
    assert next_to_go([run(Client("me", "home"), is_live=True)], lambda _: 1, SHARES) is None
