"""How fast a run goes: the time it has taken, and its steps a second."""

from typing import Any

WINDOW_S = 0.5  # how long steps are counted for one look at the speed
NEW_SHARE = 0.4  # of a look in the smoothed speed, so that the time left does not jump


class Pace:
    """Seconds spent, and the measured speed. Times are no part of a run's numbers: they differ from run to run."""

    def __init__(self) -> None:
        self.busy_s = 0.0  # inside turns
        self.validation_s = 0.0
        self.epoch_s = 0.0  # optimisation steps of this epoch
        self.steps_per_s: float | None = None
        self._window_s = 0.0
        self._window_steps = 0

    def count_step(self, seconds: float, step: int) -> None:
        """After an optimisation step, the `step`-th of the run."""
        self.epoch_s += seconds
        self._window_s += seconds
        self._window_steps += 1
        speed = self._window_steps / self._window_s
        is_first_window = self._window_steps == step
        is_over = self._window_s > WINDOW_S
        if self.steps_per_s is None or is_first_window:
            self.steps_per_s = speed
        elif is_over:
            self.steps_per_s += NEW_SHARE * (speed - self.steps_per_s)
        if is_over:
            self._window_s, self._window_steps = 0.0, 0

    def state_dict(self) -> dict[str, Any]:
        """All of it, as plain numbers."""
        return {
            "busy_s": self.busy_s,
            "validation_s": self.validation_s,
            "epoch_s": self.epoch_s,
            "steps_per_s": self.steps_per_s,
            "window_s": self._window_s,
            "window_steps": self._window_steps,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Goes on counting from there."""
        self.busy_s = state["busy_s"]
        self.validation_s = state["validation_s"]
        self.epoch_s = state["epoch_s"]
        self.steps_per_s = state["steps_per_s"]
        self._window_s = state["window_s"]
        self._window_steps = state["window_steps"]
