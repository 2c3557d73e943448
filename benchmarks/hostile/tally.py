"""What an attack met: how its requests were answered, and what it was able to do that nobody may."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from .wire import Reply

SHOWN = 5


@dataclass
class Tally:
    """Answers by status, requests without one, and what succeeded that must not."""

    answers: Counter[int] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    n_acted: int = 0
    acted: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def note(self, reply: Reply, path: str) -> None:
        """Counts an answer; keeps the first few that are the server's own errors."""
        self.answers[reply.status] += 1
        if reply.status >= 500 and len(self.broken) < SHOWN:
            self.broken.append(f"{reply.status} {path[:60]} {reply.code}")

    def act(self, what: str) -> None:
        """Counts something that was done and must not be possible."""
        self.n_acted += 1
        if len(self.acted) < SHOWN:
            self.acted.append(what)

    @property
    def server_errors(self) -> int:
        """Answers of 500 and above."""
        return sum(number for status, number in self.answers.items() if status >= 500)

    def to_json(self) -> dict[str, Any]:
        return {
            "answers": dict(self.answers),
            "unanswered": dict(self.unanswered),
            "n_acted": self.n_acted,
            "acted": self.acted,
            "broken": self.broken,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """JSON has no whole numbers as keys."""
        answers = Counter({int(status): number for status, number in value["answers"].items()})
        unanswered = Counter(value["unanswered"])
        return cls(answers, unanswered, value["n_acted"], value["acted"], value["broken"])

    def text(self) -> str:
        """For a table: "200 × 12, 429 × 48, none × 3"."""
        parts = [f"{status} × {number}" for status, number in sorted(self.answers.items())]
        silent = sum(self.unanswered.values())
        if silent:
            parts.append(f"none × {silent}")
        return ", ".join(parts)
