"""The one registry class behind every catalogue: layers, losses, optimisers, schedules, data sets."""

import inspect
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic.functional_validators import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """Validated as written: no unknown keys, no conversions, no NaN; never changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Entry(Strict):
    """One thing to choose from. Its fields carry default, limits, unit and help; they draw the control,
    validate the JSON and write the exported code."""

    id: ClassVar[str]
    label: ClassVar[str]
    family: ClassVar[str] = ""
    kind: ClassVar[str] = ""
    facts_for_page: ClassVar[tuple[str, ...]] = ()  # class attributes that the page reads

    @classmethod
    def help(cls) -> str:
        """The first line of the docstring."""
        return (inspect.getdoc(cls) or "").split("\n", 1)[0]

    @classmethod
    def facts(cls) -> dict[str, Any]:
        """What a card of the page must know of this class, by the names of its attributes.

        An attribute that a class computes for each of its instances is no fact of the class and is left out.
        """
        values = {name: getattr(cls, name) for name in cls.facts_for_page}
        return {name: value for name, value in values.items() if not isinstance(value, property)}

    @model_serializer(mode="wrap")
    def _with_id(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {self.kind: self.id, **handler(self)}


E = TypeVar("E", bound=Entry)


class Catalogue(Generic[E]):
    """Ids -> entry classes, in order of registration. A duplicate id is an error, not a warning."""

    def __init__(self, kind: str, base: type[E]):
        self.kind = kind
        self.base = base
        self._entries: dict[str, type[E]] = {}

    def register(self, entry: type[E]) -> type[E]:
        """Class decorator. Raises: ValueError where the id is taken."""
        if entry.id in self._entries:
            raise ValueError(f"{self.kind} “{entry.id}” is registered twice")
        entry.kind = self.kind
        self._entries[entry.id] = entry
        return entry

    def unregister(self, entry_id: str) -> None:
        """Takes an entry out again (for extensions and tests)."""
        del self._entries[entry_id]

    def __getitem__(self, entry_id: str) -> type[E]:
        return self._entries[entry_id]

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    def __iter__(self) -> Iterator[type[E]]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def parse(self, value: Any) -> E:
        """{"layer": "conv2d", "channels": 8} -> Conv2d(channels=8). Raises: pydantic errors with their place."""
        if isinstance(value, self.base):
            return value
        if not isinstance(value, dict):
            raise PydanticCustomError(
                "wrong_type", "{given}", {"expected": "an object", "given": type(value).__name__}
            )
        if self.kind not in value:
            raise PydanticCustomError("missing_key", "{key}", {"key": self.kind})
        entry_id = value[self.kind]
        if not isinstance(entry_id, str) or entry_id not in self._entries:
            known = ", ".join(self._entries)
            given = (
                str(entry_id)[:40].encode("utf-8", "replace").decode()
            )  # half a character breaks pydantic
            raise PydanticCustomError(
                "unknown_entry", "{given}", {"kind": self.kind, "given": given, "known": known}
            )
        return self._entries[entry_id].model_validate(
            {k: v for k, v in value.items() if k != self.kind}
        )

    @property
    def field(self) -> Any:
        """The annotation for a pydantic field that holds one entry of this catalogue."""
        return Annotated[SerializeAsAny[self.base], PlainValidator(self.parse)]  # type: ignore[name-defined,misc]


def listed(value: Any) -> Any:
    """Refuses a list too long to look at before its members are validated."""
    if isinstance(value, list) and len(value) > MAX_LIST:
        raise PydanticCustomError("too_long", "{max_length}", {"max_length": MAX_LIST})
    return value


MAX_LIST = 2_000
Capped = BeforeValidator(listed)
