"""Which connections are open, and which of them gives way when there are too many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from ...settings import Settings


class Connection(Protocol):
    """What is looked at of a connection."""

    address: str
    heard_at: float  # when its last byte came

    @property
    def is_answered(self) -> bool:
        """Whether it has said all that it wants, and is being answered."""

    def cut(self) -> None:
        """Ends it at once."""


@dataclass
class Connections:
    """All of one server, used on its event loop only.

    Many browsers may stand behind one address, one that attacks among them: so a new connection is not turned away
    where another can go that has not said yet what it wants. Of those goes the one that has been silent for longest.
    """

    most: int
    most_of_address: int
    is_behind_proxy: bool
    open: set[Connection] = field(default_factory=set)
    _n_of: Counter[str] = field(default_factory=Counter)  # by address

    @classmethod
    def of(cls, settings: Settings) -> "Connections":
        """As the host has set it."""
        return cls(
            settings.max_connections,
            settings.max_connections_of_address,
            is_behind_proxy=settings.proxies > 0,
        )

    def enter(self, connection: Connection) -> bool:
        """Whether there is a place for it, which it then has."""
        # Behind a proxy, all come from the proxy's address.
        if not self.is_behind_proxy and self._n_of[connection.address] >= self.most_of_address:
            neighbours = [other for other in self.open if other.address == connection.address]
            if not self._make_room(neighbours):
                return False
        if len(self.open) >= self.most and not self._make_room(self.open):
            return False
        self.open.add(connection)
        self._n_of[connection.address] += 1
        return True

    def leave(self, connection: Connection) -> None:
        """It has ended."""
        if connection not in self.open:
            return
        self.open.remove(connection)
        self._n_of[connection.address] -= 1
        if not self._n_of[connection.address]:
            del self._n_of[connection.address]

    def _make_room(self, others: Iterable[Connection]) -> bool:
        """Whether one of these can go for another one."""
        unanswered = [other for other in others if not other.is_answered]
        if not unanswered:
            return False
        silent = min(unanswered, key=lambda other: other.heard_at)
        self.leave(silent)
        silent.cut()
        return True
