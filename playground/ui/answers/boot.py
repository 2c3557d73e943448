"""What a page needs once, before it shows anything: words, catalogues, presets, charts, devices, limits."""

import functools
import json
from typing import Any

from ...catalogues.datasets import DATASETS
from ...catalogues.datasets.augment import Augment
from ...catalogues.initializers import INITIALIZERS
from ...catalogues.layers import LAYERS
from ...catalogues.learning import Learning
from ...catalogues.losses import LOSSES
from ...catalogues.optimizers import OPTIMIZERS
from ...catalogues.schedules import SCHEDULES
from ...engine.devices import DeviceView, devices
from ...experiment import TrainingSpec
from ...preset_files import DEFAULT, Preset, presets
from ...settings import Settings
from ...training.live_settings import LIVE_SETTINGS
from .. import charts, words
from ..fields import describe_catalogue, describe_fields, describe_tasks
from ..words.terms import TERM_OF
from .faults import in_both

CATALOGUES = (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)
LIMITS = ("max_layers", "max_json_bytes", "max_data_bytes")


def boot_text(settings: Settings) -> bytes:
    """All of it as JSON, devices and their memory as they are now.

    Four hundred kilobytes never change and are written down once.
    """
    of_now = _json(_boot_of_now(settings))
    return fixed_text()[:-1] + b"," + of_now[1:]  # two objects become one


def _boot_of_now(settings: Settings) -> dict[str, Any]:
    return {
        "devices": [_device(device) for device in devices()],
        "settings": {name: getattr(settings, name) for name in LIMITS},
    }


@functools.cache
def fixed_text() -> bytes:
    """The same as JSON."""
    return _json(fixed_boot())


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


@functools.cache
def fixed_boot() -> dict[str, Any]:
    """What stays the same as long as the process lives."""
    catalogue: dict[str, Any] = {}
    for entries in CATALOGUES:
        catalogue[entries.kind] = describe_catalogue(entries)
    catalogue["task"] = describe_tasks()
    catalogue["training_fields"] = describe_fields(TrainingSpec)
    catalogue["learning_fields"] = describe_fields(Learning)
    catalogue["augment_fields"] = describe_fields(Augment)
    boot = {
        "text": words.table(),
        "terms": TERM_OF,
        "catalogue": catalogue,
        "presets": [_preset(preset) for preset in presets().values()],
        "default_preset": DEFAULT,
        "charts": charts.page_specs(),
        "labs": lab_doors(),
        "live_settings": {name: setting.place for name, setting in LIVE_SETTINGS.items()},
    }
    # Once through JSON: what cannot travel fails here and not at somebody's page, and tuples become lists.
    plain: dict[str, Any] = json.loads(json.dumps(boot))
    return plain


def lab_doors() -> dict[str, str]:
    """What on the page leads to which lab: `Lab.explains` the other way round."""
    # Importing the labs takes a tenth of a second, by which the server would listen later.
    from ...labs import LABS

    doors = {}
    for lab in LABS:
        for key in lab.explains:
            doors[key] = lab.id
    return doors


def _device(device: DeviceView) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "free_bytes": device.free_bytes,
        "cores": device.cores,
    }


def _preset(preset: Preset) -> dict[str, Any]:
    return {
        "id": preset.id,
        "name": in_both(preset.title),
        "group": in_both(preset.group),
        "description": in_both(preset.description),
        "experiment": preset.experiment.model_dump(mode="json"),
    }
