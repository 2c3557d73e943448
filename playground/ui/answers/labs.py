"""The labs for the page: all of them as cards, one with its words and controls, and its answer."""

import functools
import importlib.util
import json
import typing
from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo

from ...faults import ExperimentError
from ...labs import LABS, Lab
from ...labs.chosen import EntryOf, IdOf
from ...labs.threads import one_thread
from ..fields import both, describe_field
from ..words import labs as lab_words
from ..words.labs import frame_words, part_words
from .faults import in_both

Text = dict[str, str]  # a text by language
PLAIN_CONTROLS = ("choice", "toggle", "integer", "number")


def index_text() -> bytes:
    """All labs as cards, as JSON."""
    return _index_of(tuple(lab.id for lab in LABS))


@functools.lru_cache(maxsize=2)  # another list of labs is another index
def _index_of(ids: tuple[str, ...]) -> bytes:
    labs = [LABS[lab_id] for lab_id in ids]
    present = {lab.group for lab in labs}
    groups = []
    for group, words in lab_words.GROUPS.items():
        if group in present:
            groups.append({"id": group, "label": in_both(words)})
    cards = [_card(lab) for lab in labs]
    return _json({"groups": groups, "labs": cards, "frame": frame()})


def frame() -> dict[str, Text]:
    """Words that all labs share: they come with the labs, so that a page without labs is not larger for them."""
    shared = {**frame_words.TEXT, **part_words.TEXT}
    return {key: in_both(pair) for key, pair in shared.items()}


def _card(lab: type[Lab]) -> dict[str, Any]:
    """What a card of the index shows. `words`: those that its small picture needs."""
    words = words_for(lab)
    preview = _preview(lab)
    return {
        "id": lab.id,
        "group": lab.group,
        "title": words["title"],
        "notice": words["notice"],
        "preview": preview,
        "words": _words_within(preview, words),
    }


def _preview(lab: type[Lab]) -> dict[str, Any] | None:
    """Its small picture. A lab that cannot answer has none, and the others stay."""
    try:
        with one_thread():
            part = lab().preview()
    except (ExperimentError, RuntimeError):
        return None
    return None if part is None else part.to_json()


def _words_within(value: Any, words: Mapping[str, Text]) -> dict[str, Text]:
    """Those words whose keys stand somewhere in the value."""
    if isinstance(value, str):
        return {value: words[value]} if value in words else {}
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, list):
        inner = value
    within: dict[str, Text] = {}
    for member in inner:
        within |= _words_within(member, words)
    return within


def about_text(lab_id: str) -> bytes:
    """One lab for the page, as JSON. Raises: ExperimentError where there is no such lab."""
    if lab_id not in LABS:
        ids = ", ".join(lab.id for lab in LABS)
        raise ExperimentError.at("lab", "unknown_entry", kind="lab", given=lab_id[:40], known=ids)
    return _json(about(LABS[lab_id]))


def about(lab: type[Lab]) -> dict[str, Any]:
    """Its words, its controls, the cases one click away, and where to go from here."""
    words = words_for(lab)
    course = [entry.id for entry in LABS]
    place = course.index(lab.id)
    before, after = course[:place][-1:], course[place + 1 :][:1]
    default = lab().model_dump(mode="json")
    del default[lab.kind]
    return {
        "id": lab.id,
        "group": in_both(lab_words.GROUPS.get(lab.group, (lab.group, lab.group))),
        "text": words,
        "fields": describe_lab_fields(lab, words),
        "default": default,
        "surprises": lab.surprises,
        "opens": lab.opens,
        "previous": _doors(before),
        "next": _doors(after),
        "leads_to": _doors(lab.leads_to),
        "frame": frame(),
    }


def _doors(ids: typing.Iterable[str]) -> list[dict[str, Any]]:
    """Labs by id and title; one that is not there is left out."""
    doors = []
    for lab_id in ids:
        if lab_id in LABS:
            doors.append({"id": lab_id, "title": words_for(LABS[lab_id])["title"]})
    return doors


def words_for(lab: type[Lab]) -> dict[str, Text]:
    """Every word of a lab, by key. What its class says itself fills in for words that it does not have."""
    words = _words_of_class(lab)
    if importlib.util.find_spec(f"{lab_words.__name__}.{lab.id}"):
        words |= lab_words.words_of(lab.id)["text"]
    return words


def _words_of_class(lab: type[Lab]) -> dict[str, Text]:
    words = {"title": _same(lab.label), "notice": _same(lab.help())}
    for name in lab.model_fields:
        words[f"field.{name}"] = _same(name.replace("_", " "))
    for name in lab.surprises:
        words[f"surprise.{name}"] = _same(name.replace("_", " "))
    return words


def _same(text: str) -> Text:
    return in_both((text, text))


def describe_lab_fields(lab: type[Lab], words: Mapping[str, Text]) -> list[dict[str, Any]]:
    """A control for every field of a lab."""
    help_zh = {}
    if importlib.util.find_spec(f"{lab_words.__name__}.{lab.id}"):
        help_zh = lab_words.words_of(lab.id)["help_zh"]
    described = []
    for name, info in lab.model_fields.items():
        field = describe_field(name, info)
        field["label"] = words[f"field.{name}"]
        field["help"]["zh"] = help_zh.get(name, field["help"]["en"])
        field["control"] = _control_of(info, field["control"])
        field["default"] = None  # stands in the lab's state
        for choice in field["choices"]:
            choice["label"] = words.get(f"choice.{choice['value']}", choice["label"])
        described.append(field | _from_catalogue(info))
    for field in described:
        field["options_of"] = _owner_of_options(lab, field["name"], described)
    return described


def _owner_of_options(lab: type[Lab], name: str, fields: list[dict[str, Any]]) -> str:
    """The field whose choice has these options: an object that goes back to its default with another choice."""
    if typing.get_origin(lab.model_fields[name].annotation) is not dict:
        return ""
    owners = [field["name"] for field in fields if field["catalogue"] and name in field["resets"]]
    return owners[0] if owners else ""


def _from_catalogue(info: FieldInfo) -> dict[str, Any]:
    """What differs where a field chooses from a catalogue.

    catalogue: its kind. resets: fields that go back to their defaults with another choice.
    """
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    about: dict[str, Any] = {"catalogue": "", "resets": extra.get("resets", [])}
    for mark in info.metadata:
        if not isinstance(mark, IdOf | EntryOf):
            continue
        about["catalogue"] = mark.catalogue.kind
        about["control"] = "choice" if isinstance(mark, IdOf) else "entry"
        entries = list(mark.catalogue)
        about["choices"] = [{"value": entry.id, "label": both(entry.label)} for entry in entries]
    return about


def _control_of(info: FieldInfo, usual: str | None) -> str:
    """As for any catalogue; texts are typed, and lists and objects are written as JSON."""
    if usual in PLAIN_CONTROLS:
        return usual
    return "text" if _is_text(info.annotation) else "json"


def _is_text(annotation: Any) -> bool:
    members = [member for member in typing.get_args(annotation) if member is not type(None)]
    return annotation is str or members == [str]


def _json(value: Any) -> bytes:
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
