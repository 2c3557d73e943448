"""Answers take at most a quarter of a device while somebody trains on it, however long one of them takes."""

TRAINING_FOR_ONE = 3.0  # seconds of training for a second of answers


class AnswerTime:
    """What answers took and training has not had yet.

    `burst_s` of it may be owed before answers have to wait, and at most `most_s`: who asks after somebody's long
    question does not wait for as long again.
    """

    def __init__(self, burst_s: float, most_s: float = 0.5):
        self._burst_s = burst_s
        self._most_s = most_s
        self._owed_s = 0.0

    @property
    def is_left(self) -> bool:
        """Whether there may be another answer now."""
        return self._owed_s < self._burst_s

    def answered(self, seconds: float) -> None:
        """Answers took so long."""
        self._owed_s = min(self._most_s, self._owed_s + TRAINING_FOR_ONE * seconds)

    def trained(self, seconds: float) -> None:
        """Training took so long. It saves up nothing for later."""
        self._owed_s = max(0.0, self._owed_s - seconds)
