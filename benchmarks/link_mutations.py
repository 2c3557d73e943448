"""Links and drafts changed at random, and what opening one must give: an experiment, or a sentence."""

import json
import random
import time
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

from playground.experiment import Experiment, parse_json
from playground.faults import ExperimentError
from playground.preset_files import presets
from playground.settings import Settings
from playground.ui.answers.check import check_answer

from .checkpoint_mutations import change_bytes, change_value

Base = tuple[str, bytes]
SETTINGS = Settings(max_layers=20, max_parameters=300_000)


@cache
def bases() -> tuple[Base, ...]:
    """Every preset, as the text of a draft."""
    sound = []
    for name, preset in presets().items():
        text = json.dumps(preset.experiment.to_dict())
        sound.append((name, text.encode()))
    return tuple(sound)


def mutated(chance: random.Random, sound: tuple[Base, ...]) -> tuple[bytes, str]:
    """A changed draft or link (which begins with "x="), and what was changed."""
    name, data = chance.choice(sound)
    kind = chance.choice(list(KINDS))
    return KINDS[kind](chance, data), f"{name}: {kind}"


def change_draft(chance: random.Random, data: bytes) -> bytes:
    value = json.loads(data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        change_value(chance, value)
    return json.dumps(value).encode("ascii", "replace")


def change_link(chance: random.Random, data: bytes) -> bytes:
    """The letters of a link."""
    link = Experiment.from_dict(json.loads(data)).to_link().encode()
    return b"x=" + change_bytes(chance, link)


def link_of_draft(chance: random.Random, data: bytes) -> bytes:
    """A link that is packed as it should be, of a draft that is none."""
    text = change_draft(chance, data)
    if chance.random() < 0.2:
        text = chance.choice([b"[", b'{"a":', b"9"]) * chance.choice([100, 10**4, 10**7])
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text) + packer.flush()
    return b"x=" + urlsafe_b64encode(packed).rstrip(b"=")


KINDS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bytes of a draft": change_bytes,
    "values of a draft": change_draft,
    "a link": change_link,
    "a link of a draft": link_of_draft,
}


class Opener:
    """Opens links and drafts as the page's addresses do."""

    def opened(self, data: bytes) -> dict[str, Any]:
        """What became of one: "refused" with its sentence, "accepted", or what went wrong."""
        began = time.process_time()
        outcome, said = "accepted", ""
        try:
            self._open(data)
        except ExperimentError as error:
            outcome, said = "refused", str(error)[:200]
        except Exception as error:
            outcome, said = "exception", f"{type(error).__name__}: {error}"[:300]
        seconds = time.process_time() - began
        return {"outcome": outcome, "said": said, "seconds": seconds}

    def _open(self, data: bytes) -> None:
        if data.startswith(b"x="):
            experiment = Experiment.from_link(data[2:].decode("latin-1"))
            assert Experiment.from_link(experiment.to_link()) == experiment
        else:
            value = parse_json(data[: SETTINGS.max_json_bytes])
            json.dumps(check_answer(value, SETTINGS), allow_nan=False)
            Experiment.from_dict(value)
