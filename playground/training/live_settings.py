"""Settings that may change while a run goes on. One entry here makes a setting live, on the page too."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..experiment import Experiment
from ..faults import ExperimentError

if TYPE_CHECKING:
    from .trainer import Trainer


@dataclass(frozen=True)
class LiveSetting:
    """place: where an experiment has the setting, whose field says what is allowed. put: how a trainer takes it."""

    place: tuple[str, ...]
    put: Callable[["Trainer", Any], None]

    def checked(self, experiment: Experiment, value: Any) -> Any:
        """A value that somebody sent, as the experiment would have it. Raises: ExperimentError."""
        part: Any = experiment.with_value(self.place, value)
        for name in self.place:
            part = getattr(part, name)
        return part


def _put_lr(trainer: "Trainer", lr: float) -> None:
    """A schedule goes on from the new rate."""
    trainer.live.base_lr = lr


def _put_weight_decay(trainer: "Trainer", weight_decay: float) -> None:
    trainer.live.set_weight_decay(weight_decay, trainer.optimizer)


def _put_clip_norm(trainer: "Trainer", clip_norm: float | None) -> None:
    trainer.live.clip_norm = clip_norm


LIVE_SETTINGS: dict[str, LiveSetting] = {
    "lr": LiveSetting(("training", "optimizer", "lr"), _put_lr),
    "weight_decay": LiveSetting(("training", "optimizer", "weight_decay"), _put_weight_decay),
    "clip_norm": LiveSetting(("training", "clip_norm"), _put_clip_norm),
}


def live_setting(name: object) -> LiveSetting:
    """Raises: ExperimentError where no setting of that name may change on the way."""
    setting = LIVE_SETTINGS.get(name) if isinstance(name, str) else None
    if setting is None:
        known = ", ".join(LIVE_SETTINGS)
        raise ExperimentError.at("name", "not_live", given=str(name)[:40], known=known)
    return setting
