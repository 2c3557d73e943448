"""Answers that hang on nothing but what was sent serve everybody who sends the same: a class opens one link."""

from collections import OrderedDict

MOST_BYTES = 16 * 2**20  # of requests and answers together
MOST_BYTES_OF_ONE = 512 * 1024

Key = tuple[str, bytes]  # what was asked for, and the body


class KeptAnswers:
    """The answers that were wanted last; used on the event loop only."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self._most_bytes = most_bytes
        self._answers: OrderedDict[Key, bytes] = OrderedDict()
        self._n_bytes = 0

    def get(self, key: Key) -> bytes | None:
        """The body of the answer, None where it has to be worked out."""
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def keep(self, key: Key, answer: bytes) -> None:
        """Keeps an answer that will be the same next time; those that nobody has asked for go."""
        size = _size(key, answer)
        if key in self._answers or size > min(MOST_BYTES_OF_ONE, self._most_bytes):
            return
        self._answers[key] = answer
        self._n_bytes += size
        while self._n_bytes > self._most_bytes:
            oldest = self._answers.popitem(last=False)
            self._n_bytes -= _size(*oldest)


def _size(key: Key, answer: bytes) -> int:
    task, body = key
    return len(task) + len(body) + len(answer)
