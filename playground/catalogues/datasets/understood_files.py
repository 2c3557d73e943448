"""What was understood of files, kept for a while: reading a large one takes seconds, and several ask."""

import threading
from collections import OrderedDict
from typing import Any

Facts = dict[str, Any]
Key = tuple[str, str, tuple[str, ...]]  # the file, the kind it is read as, the choices
SAME_EITHER_WAY = ("table", "series", "images")  # are read alike, whether found out or told


class UnderstoodFiles:
    """The results of the last readings; the one that was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._facts: OrderedDict[Key, Facts] = OrderedDict()

    def get(self, file: str, read_as: str, lines: tuple[str, ...]) -> Facts | None:
        """What was understood; None where it is not kept."""
        key = (file, read_as, lines)
        with self._lock:
            facts = self._facts.get(key)
            if facts is not None:
                self._facts.move_to_end(key)
            return facts

    def put(self, file: str, read_as: str, lines: tuple[str, ...], facts: Facts) -> None:
        """Keeps a result."""
        with self._lock:
            self._facts[(file, read_as, lines)] = facts
            while len(self._facts) > self._most:
                self._facts.popitem(last=False)

    def put_first_look(self, file: str, facts: Facts) -> None:
        """Keeps what was found out without choices: it serves those who say the very kind that was found, too."""
        self.put(file, "", (), facts)
        # The note on an archive names it, and a first look does not know the name.
        is_unpacked = any(note["code"] == "unpacked" for note in facts["notes"])
        if facts["kind"] in SAME_EITHER_WAY and not is_unpacked:
            doubts = [doubt for doubt in facts["doubts"] if doubt["code"] != "kind"]
            self.put(file, facts["kind"], (), {**facts, "doubts": doubts})
