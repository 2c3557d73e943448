"""Fields of labs that choose from a catalogue: what is added there can be chosen here at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..catalogues.base import Catalogue, Entry
from ..faults import ExperimentError, faults_of

MOST_OPTIONS = 20
# What the page sets back to its default with another choice: options of one entry mean nothing to another.
RESETS: dict[str, Any] = {"resets": ["options"]}


@dataclass(frozen=True)
class IdOf:
    """`Annotated[str, IdOf(LOSSES)]`: the id of an entry, whatever the catalogue holds at the moment.

    group: only entries of this group. also: ids that the lab itself adds in front, such as "none".
    """

    catalogue: Catalogue[Any]
    group: str = ""
    also: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        """All that can be chosen."""
        ids = list(self.also)
        for entry in self.catalogue:
            if not self.group or entry.group == self.group:
                ids.append(entry.id)
        return ids

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            self._checked, core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        about = handler(schema)
        about["enum"] = self.ids
        about["catalogue"] = self.catalogue.kind
        return about

    def _checked(self, entry_id: str) -> str:
        if entry_id in self.ids:
            return entry_id
        known = ", ".join(self.ids)
        given = entry_id[:40].encode("utf-8", "replace").decode()
        raise PydanticCustomError(
            "unknown_entry",
            "{given}",
            {"kind": self.catalogue.kind, "given": given, "known": known},
        )


@dataclass(frozen=True)
class EntryOf:
    """`Annotated[Any, EntryOf(OPTIMIZERS)]`: a whole entry, `{"optimizer": "sgd", "lr": 0.1}`; an id alone will do."""

    catalogue: Catalogue[Any]

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        as_json = core_schema.plain_serializer_function_ser_schema(_dumped)
        return core_schema.no_info_plain_validator_function(
            self._parsed,
            serialization=as_json,
            json_schema_input_schema=core_schema.dict_schema(),
        )

    def _parsed(self, value: Any) -> Entry:
        if isinstance(value, str):
            value = {self.catalogue.kind: value}
        entry: Entry = self.catalogue.parse(value)
        return entry


def _dumped(entry: Entry) -> dict[str, Any]:
    """The id and what differs from the defaults, so that links stay short."""
    return entry.model_dump(mode="json", exclude_defaults=True)


def chosen(catalogue: Catalogue[Any], entry_id: str, options: Mapping[str, Any]) -> Any:
    """An entry with options of its own. Raises: ExperimentError at `options.<name>`."""
    try:
        return catalogue[entry_id].model_validate(dict(options))
    except ValidationError as error:
        faults = [replace(fault, place=_under_options(fault.place)) for fault in faults_of(error)]
        raise ExperimentError(faults) from None


def _under_options(place: str) -> str:
    return f"options.{place}" if place else "options"
