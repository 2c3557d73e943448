"""What was understood of a person's own file, for the page: sentences in both languages, and what a click changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...catalogues.datasets.base import Dataset
from ...catalogues.datasets.own_file import KIND, OwnFile, data_set_of, first_look
from ...faults import ExperimentError, Fault, Repair
from ...reading.data.choices import EVERY, parts_of
from ...reading.data.messages import DOUBTS, IN_FORCE, REMEDIES
from ..words.reading import (
    DOUBTS_ZH,
    KINDS,
    PHRASES,
    REMEDIES_ZH,
    SAID,
    step_in_chinese,
    values_in_chinese,
)

SHOWN_COLUMNS = 200
SHOWN_CLASSES = 100
SHOWN_PLACES = 20  # lines or files that were left out

Answer = dict[str, Any]


def understood_answer(data: Dataset) -> Answer:
    """What a file holds as its owner's choices have it. Raises: ExperimentError, with a way back from a choice."""
    if not isinstance(data, OwnFile) or not data.file:
        raise ExperimentError.at("data.file", "upload_none")
    try:
        facts = data.understood()
    except ExperimentError as error:
        raise _with_way_back(error, data) from None
    doubts = [*_kind_doubts(data), *facts["doubts"]]
    # What is about the whole file comes first: what it is, what is predicted.
    doubts.sort(key=lambda doubt: bool(doubt["place"]))
    return {
        **facts,
        **_shortened(facts),
        "file": data.file,
        "called": data.called,
        "time": _time(facts["time"]),
        "doubts": [_doubt(doubt, data) for doubt in doubts],
        "notes": [_doubt(note, data, is_asked=False) for note in facts["notes"]],
        "settled": [_settled(line, data) for line in _all_lines(data)],
    }


def _shortened(facts: Mapping[str, Any]) -> Answer:
    """Long lists, as far as a screen shows them, with how long they are."""
    columns, classes, groups = facts["columns"], facts["classes"], facts["groups"]
    left_out = dict(facts["left_out"])
    for places in ("lines", "files"):
        left_out[places] = (left_out[places] or [])[:SHOWN_PLACES]
    return {
        "columns": columns[:SHOWN_COLUMNS],
        "n_columns": len(columns),
        "classes": classes[:SHOWN_CLASSES],
        "n_classes": len(classes),
        "groups": groups[:SHOWN_CLASSES],
        "n_groups": len(groups),
        "left_out": left_out,
    }


def _time(time: Mapping[str, Any] | None) -> Answer | None:
    if time is None:
        return None
    step = time["step"]
    in_words = None if step is None else {"en": step, "zh": step_in_chinese(step)}
    return {**time, "step": in_words}


def _doubt(doubt: Mapping[str, Any], data: OwnFile, is_asked: bool = True) -> Answer:
    """A doubt or a note; of the remedies of a doubt one is in force while nobody decides."""
    in_force = _in_force(doubt, data) if is_asked else ""
    remedies = []
    for remedy in doubt["remedies"]:
        about = {
            "code": remedy["code"],
            "set": remedy["set"],
            "label": _in_both(REMEDIES, REMEDIES_ZH, remedy),
            "in_force": remedy["set"] == in_force,
            "data": data.settled(remedy["set"]),
        }
        remedies.append(about)
    message = _in_both(DOUBTS, DOUBTS_ZH, doubt)
    return {
        "code": doubt["code"],
        "place": doubt["place"],
        "message": message,
        "remedies": remedies,
    }


def _in_both(
    english: Mapping[str, str], chinese: Mapping[str, str], about: Mapping[str, Any]
) -> dict[str, str]:
    code, values = about["code"], about["values"]
    # A name or a cell of the file at the start stays as it is written there.
    sentence = english[code][:1].upper() + english[code][1:]
    return {
        "en": sentence.format(**values),
        "zh": chinese[code].format(**values_in_chinese(values)),
    }


def _in_force(doubt: Mapping[str, Any], data: OwnFile) -> str:
    """The `set` of the remedy that says what is done today; "" where none does."""
    remedies = doubt["remedies"]
    if doubt["code"] in ("kind", "other_kind"):
        return KIND + data.read_as
    usual = IN_FORCE.get(doubt["code"])
    for remedy in remedies:
        if remedy["code"] == usual:
            return str(remedy["set"])
    return str(remedies[0]["set"]) if remedies else ""


def _kind_doubts(data: OwnFile) -> list[Mapping[str, Any]]:
    """Whether the file is of this kind at all: asked where it looked like another, or like two."""
    looked = first_look(data.file)
    if looked is None or KIND + data.read_as in data.choices:
        return []
    if looked["kind"] == data.read_as:
        return [doubt for doubt in looked["doubts"] if doubt["code"] == "kind"]
    remedies = [_kind_remedy(looked["kind"]), _kind_remedy(data.read_as)]
    values = {"looks": KINDS[looked["kind"]], "used": KINDS[data.read_as]}
    return [{"code": "other_kind", "place": "", "values": values, "remedies": remedies}]


def _kind_remedy(kind: str) -> Answer:
    return {"code": f"kind_{kind}", "set": KIND + kind, "values": {}}


def _all_lines(data: OwnFile) -> Sequence[str]:
    """What its owner said, the kind of the file first."""
    kinds = [line for line in data.choices if line == KIND + data.read_as]
    return (*kinds, *data.lines())


def _settled(line: str, data: OwnFile) -> Answer:
    return {"set": line, "message": said_in_both(line), "data": data.taken_back(line)}


def said_in_both(line: str) -> dict[str, str]:
    """ "missing.age=-999" -> “-999 in “age” means “missing””, in both languages."""
    field, _, column, value = parts_of(line)
    is_for_all = column in ("", EVERY)
    sentence = SAID.get(f"{field}={value}")
    if sentence is None and is_for_all:
        sentence = SAID.get(f"{field}.{EVERY}")
    english, chinese = sentence or SAID.get(field, (line, line))
    value = KINDS.get(value, value) if field == "kind" else value
    values = {"column": column, "value": value}
    # Names and cells of the file stay as they are.
    is_ours = field in ("kind", "columns", "separator")
    in_chinese = PHRASES.get(value, value) if is_ours else value
    return {
        "en": english.format(**values),
        "zh": chinese.format(**{**values, "value": in_chinese}),
    }


def _with_way_back(error: ExperimentError, data: OwnFile) -> ExperimentError:
    """The same error; where its owner said something about the file, the last of it can be taken back."""
    if any(fault.code == "upload_missing" for fault in error.faults):
        return error
    repairs = [*_other_kind(data), *_take_back_last(data)]
    first, *others = error.faults
    with_repairs: Fault = replace(first, repairs=(*first.repairs, *repairs))
    return ExperimentError([with_repairs, *others])


def _other_kind(data: OwnFile) -> list[Repair]:
    """Reading the file as what it looked like when it arrived."""
    looked = first_look(data.file)
    other = None if looked is None else data_set_of(looked["kind"])
    if looked is None or other is None or other.id == data.id:
        return []
    settings = {"dataset": other.id, "file": data.file, "called": data.called}
    english = KINDS[looked["kind"]]
    values = {"kind_en": english, "kind_zh": PHRASES[english]}
    return [Repair("read_as_kind", data=settings, values=values)]


def _take_back_last(data: OwnFile) -> list[Repair]:
    """Without the last that its owner said."""
    lines = [line for line in _all_lines(data) if data.taken_back(line) is not None]
    if not lines:
        return []
    said = said_in_both(lines[-1])
    settings = {**data.model_dump(mode="json"), **(data.taken_back(lines[-1]) or {})}
    values = {"said_en": said["en"], "said_zh": said["zh"]}
    return [Repair("take_back_choice", data=settings, values=values)]
