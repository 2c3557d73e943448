"""Which connection gives way, by who has said what for how long."""

from dataclasses import dataclass

from playground.settings import Settings
from playground.ui.door.connections import Connections


@dataclass(eq=False)
class FakeConnection:
    address: str = "203.0.113.1"
    heard_at: float = 0.0
    is_answered: bool = False
    is_cut: bool = False

    def cut(self) -> None:
        self.is_cut = True


def full(count: int, **of_each: object) -> tuple[Connections, list[FakeConnection]]:
    """A server that has room for no more than the connections that it has, of one address."""
    server = Connections(most=100, most_of_address=count, is_behind_proxy=False)
    inside = [FakeConnection(heard_at=float(number), **of_each) for number in range(count)]  # type: ignore[arg-type]
    assert all(server.enter(connection) for connection in inside)
    return server, inside


def test_who_has_been_silent_for_longest_gives_way_to_a_neighbour() -> None:
    server, inside = full(3)
    inside[0].is_answered = True
    newcomer = FakeConnection(heard_at=9.0)
    assert server.enter(newcomer)
    assert [connection.is_cut for connection in inside] == [False, True, False]
    assert server.open == {inside[0], inside[2], newcomer}


def test_who_is_being_answered_never_gives_way() -> None:
    server, inside = full(3, is_answered=True)
    assert not server.enter(FakeConnection())
    assert server.open == set(inside)
    assert not any(connection.is_cut for connection in inside)


def test_another_address_has_places_of_its_own() -> None:
    server, inside = full(3, is_answered=True)
    assert server.enter(FakeConnection(address="203.0.113.2"))
    assert not any(connection.is_cut for connection in inside)


def test_all_addresses_together_have_a_limit_too() -> None:
    server = Connections(most=2, most_of_address=2, is_behind_proxy=False)
    for address in ("a", "b"):
        assert server.enter(FakeConnection(address, is_answered=True))
    assert not server.enter(FakeConnection("c"))


def test_behind_a_proxy_all_come_from_its_address() -> None:
    settings = Settings(proxies=1, max_connections=10, max_connections_of_address=1)
    server = Connections.of(settings)
    assert all(server.enter(FakeConnection(is_answered=True)) for _ in range(10))
    assert not server.enter(FakeConnection())


def test_a_place_is_free_when_its_connection_has_ended() -> None:
    server, inside = full(1, is_answered=True)
    server.leave(inside[0])
    server.leave(inside[0])
    assert server.enter(FakeConnection())


def test_one_that_gave_way_and_then_ends_frees_one_place_and_no_more() -> None:
    server, inside = full(3)
    assert server.enter(FakeConnection(heard_at=9.0, is_answered=True))
    assert inside[0].is_cut
    server.leave(inside[0])  # its end is told by the loop as well
    for other in inside[1:]:
        other.is_answered = True
    assert not server.enter(FakeConnection(heard_at=10.0))
    server.leave(inside[1])
    assert server.enter(FakeConnection(heard_at=11.0))
