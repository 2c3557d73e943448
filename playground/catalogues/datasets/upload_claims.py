"""Whose files are kept: who handed in which of them, and whose have to go."""

from collections import Counter

Owner = tuple[str, str]  # the address and the token of a browser
OWN_MACHINE: Owner = ("", "")  # files that a program reads on its own machine
MOST_FILES = 20  # of one browser
CLIENT_SHARE = 0.25  # of the bytes


class Claims:
    """A file stays as long as anybody has a claim to it."""

    def __init__(self) -> None:
        self._sizes: dict[Owner, dict[str, int]] = {}  # by file; the longest unused comes first

    def add(self, owner: Owner, file: str, size: int) -> None:
        """The owner handed the file in."""
        self._sizes.setdefault(owner, {})[file] = size

    def remove(self, owner: Owner, file: str) -> None:
        """The owner has no claim to it any more."""
        files = self._sizes.get(owner, {})
        files.pop(file, None)
        if not files:
            self._sizes.pop(owner, None)

    def forget(self, file: str) -> None:
        """It is gone."""
        for owner in list(self._sizes):
            self.remove(owner, file)

    def is_claimed(self, file: str) -> bool:
        """Whether anybody has a claim to it."""
        return any(file in files for files in self._sizes.values())

    def mark_used(self, file: str) -> None:
        """Puts it at the end, for all who claim it: a dict keeps the order in which its keys came."""
        for files in self._sizes.values():
            if file in files:
                files[file] = files.pop(file)

    def to_go(
        self, owner: Owner, size: int, total_bytes: int, address_share: float
    ) -> Owner | None:
        """Whose longest unused file has to go before this owner hands in so many bytes more; None where none has to.

        Everybody pushes out files of their own beyond their share, and others' only where those have more.
        """
        if owner != OWN_MACHINE:
            own_files = self._sizes.get(owner, {})
            own_bytes = sum(own_files.values())
            is_over = own_bytes + size > CLIENT_SHARE * total_bytes
            if own_files and (is_over or len(own_files) >= MOST_FILES):
                return owner
            of_address = self._of_address(owner[0])
            if of_address and sum(of_address.values()) + size > address_share * total_bytes:
                return of_address.most_common(1)[0][0]
        if self._sizes and sum(self._by_owner().values()) + size > total_bytes:
            return self._heaviest()
        return None

    def oldest(self, owner: Owner) -> str:
        """The file that the owner has not used for the longest time."""
        return next(iter(self._sizes[owner]))

    def clear(self) -> None:
        """Nobody has anything."""
        self._sizes.clear()

    def _heaviest(self) -> Owner:
        """Of the address with most bytes the browser with most."""
        by_address: Counter[str] = Counter()
        for (address, _), size in self._by_owner().items():
            by_address[address] += size
        address, _ = by_address.most_common(1)[0]
        return self._of_address(address).most_common(1)[0][0]

    def _of_address(self, address: str) -> Counter[Owner]:
        sizes = self._by_owner().items()
        return Counter({owner: size for owner, size in sizes if owner[0] == address})

    def _by_owner(self) -> Counter[Owner]:
        """Bytes that each has."""
        return Counter({owner: sum(files.values()) for owner, files in self._sizes.items()})
