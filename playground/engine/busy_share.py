"""Which part of the time a device works for one run: it may share it with others."""

SHARE_S = 1.0  # over which it is measured


class BusyShare:
    """`value` is 1 for a run that has its device to itself."""

    def __init__(self) -> None:
        self.value = 1.0
        self._measured_from: tuple[float, float] | None = None

    def measure(self, is_running: bool, now: float, busy_s: float) -> None:
        """After every turn. In: the clock, and how long the run has worked so far."""
        if not is_running:
            self._measured_from = None
            return
        if self._measured_from is None:
            self._measured_from = now, busy_s
            return
        before, busy_before_s = self._measured_from
        if now - before > SHARE_S:
            self.value = min(1.0, (busy_s - busy_before_s) / (now - before))
            self._measured_from = now, busy_s
