"""A reader for tests: how long the reading of a file took, and what it raised that it should not raise."""

import time
import traceback
from typing import Any

from playground.faults import ExperimentError
from playground.reading.data.choices import choices_of
from playground.reading.data.reader import read_data
from playground.reading.data.result import Understood
from playground.reading.messages import Message
from playground.reading.readers import reader

PACKED = (b"\x1f\x8b", b"PK")


@reader("measured")
def measured(options: dict[str, Any], body: bytes) -> Message:
    """In: kind and choices. Out: {"trouble", "cpu_s"}; no trouble where the file was understood or refused."""
    start = time.process_time()
    trouble = ""
    try:
        choices = choices_of(options["sets"], kind=options["kind"])
        trouble = _trouble_of(read_data(body, choices, "file"))
    except ExperimentError as error:
        n_sentences = len(error.faults)
        trouble = "" if n_sentences == 1 and error.faults[0].message else f"{n_sentences} sentences"
        is_short_of_memory = error.faults[0].code == "reader_memory"
        # A few kB may unpack to 200 MB; other files must fit.
        if is_short_of_memory and not body.startswith(PACKED):
            trouble = "it needs too much memory"
    except BaseException:
        trouble = traceback.format_exc()
    return Message({"trouble": trouble, "cpu_s": time.process_time() - start})


def _trouble_of(understood: Understood) -> str:
    """What is wrong with an answer. "" if nothing is."""
    understood.to_page()
    for doubt in (*understood.doubts, *understood.notes):
        if not doubt.message:
            return f"{doubt.code} says nothing"
        if not all(remedy.label for remedy in doubt.remedies):
            return f"a remedy of {doubt.code} says nothing"
    return ""
