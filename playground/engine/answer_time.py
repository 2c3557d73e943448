"""Answers take at most a quarter of a device while somebody trains on it, however long one of them takes."""

TRAINING_FOR_ONE = 3.0  # seconds of training for a second of answers
MOST_S = 0.5  # owed after answers
# An answer is heavy where it took so long because the network had to be built first: strangers may have one large
# network built after the other, while a network that somebody stays with is built once.
HEAVY_S = 0.05
TRAINING_FOR_ONE_HEAVY = 6.0
MOST_HEAVY_S = 1.5


class AnswerTime:
    """What answers took and training has not had yet.

    `burst_s` of it may be owed before answers have to wait. Not more than `MOST_S` is: who asks after somebody's long
    question does not wait for as long again. For heavy answers (above) more is owed, and up to `MOST_HEAVY_S`.
    """

    def __init__(self, burst_s: float):
        self._burst_s = burst_s
        self._owed_s = 0.0

    @property
    def is_left(self) -> bool:
        """Whether there may be another answer now."""
        return self._owed_s < self._burst_s

    @property
    def left_in_s(self) -> float:
        """Seconds of training until there may be another one; 0: at once."""
        return max(0.0, self._owed_s - self._burst_s)

    def answered(self, seconds: float, has_built: bool = False) -> None:
        """Answers took so long, with or without a network that had to be built first."""
        is_heavy = has_built and seconds > HEAVY_S
        for_one = TRAINING_FOR_ONE_HEAVY if is_heavy else TRAINING_FOR_ONE
        most_s = max(self._owed_s, MOST_HEAVY_S if is_heavy else MOST_S)
        self._owed_s = min(most_s, self._owed_s + for_one * seconds)

    def trained(self, seconds: float) -> None:
        """Training took so long. It saves up nothing for later."""
        self._owed_s = max(0.0, self._owed_s - seconds)
