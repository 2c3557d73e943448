"""Who asks: what has to be shared is shared by client."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """A browser, by the token that it made up for itself, and the address that it comes from.

    Neither proves anything. The token keeps people behind one address apart; the address bounds what a sender of many
    made-up tokens gets. Both are empty for the owner of the machine: command line, notebooks, tests.
    """

    token: str = ""
    address: str = ""

    @property
    def is_owner(self) -> bool:
        """Whether it is the machine's own program, for which nothing is shared out."""
        return not self.token and not self.address


OWNER = Client()
