"""Calls that are carried out and written down at once, so that the code on the screen is the code that ran."""

import ast
import functools
import inspect
import operator
import re
import textwrap
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from ..catalogues.calls import Call
from ..export.sources import read_source

Place = int | slice | EllipsisType | list[int]  # what stands between the brackets for one axis
OURS = __name__.split(".", maxsplit=1)[0]
ALIASES = {"numpy": "np", "torch.nn.functional": "F"}


@dataclass(frozen=True)
class Ref:
    """The result of an earlier line, as an argument of a later one."""

    name: str

    def __repr__(self) -> str:
        return self.name


def imported(function: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a function of ours that a script imports, because it reads a file that lies beside it."""
    function.is_imported = True  # type: ignore[attr-defined]
    return function


class Program:
    """Lines of Python. `call("y", torch.relu, Ref("x"))` carries out `y = torch.relu(x)`, and writes it."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._lines: list[str] = []
        self._used: dict[str, Any] = {}  # names of globals -> what they stand for

    def let(self, name: str, value: Any) -> Ref:
        """`name = value`, of a value whose repr is Python, or of an earlier result."""
        self._values[name] = self._value_of(value)
        self._lines.append(f"{name} = {value!r}")
        return Ref(name)

    def call(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """`name = function(…)`; without a name the result is only given back. Out: the result."""
        self._write(name, f"{self._name_of(function)}({_arguments_text(args, kwargs)})")
        return self._carry_out(name, function, args, kwargs)

    def method(self, name: str, target: Ref, method: str, *args: Any, **kwargs: Any) -> Any:
        """`name = target.method(…)`; a dotted one, such as `mT.contiguous`, goes through attributes."""
        self._write(name, f"{target}.{method}({_arguments_text(args, kwargs)})")
        function = operator.attrgetter(method)(self._values[target.name])
        return self._carry_out(name, function, args, kwargs)

    def item(self, name: str, target: Ref, *index: Place) -> Any:
        """`name = target[index]`. Out: the result."""
        self._write(name, f"{target}[{_index_text(index)}]")
        self._values[name] = self._values[target.name][index]
        return self._values[name]

    def put(self, target: Ref, index: Sequence[int], value: Any) -> None:
        """`target[index] = value`."""
        self._lines.append(f"{target}[{_index_text(index)}] = {value!r}")
        self._values[target.name][tuple(index)] = value

    def add_to(self, target: Ref, value: Any) -> None:
        """`target += value`, in place."""
        self._lines.append(f"{target} += {value!r}")
        self._values[target.name] += value

    def attempt(self, name: str, work: Callable[[], Any]) -> str | None:
        """Carries out lines that PyTorch may refuse. Out: its message (`name` in the script), or None.

        Only a line that was refused is written into a `try`: the script shows how to read the message.
        """
        try:
            work()
        except (RuntimeError, TypeError, ValueError) as error:
            kind = type(error).__name__
            refused = self._lines.pop()
            self._lines += ["try:", f"    {refused}", f"except {kind} as error:"]
            self._lines.append(f"    {name} = str(error)")
            self._values[name] = str(error)
            return str(error)
        return None

    def use(self, function: Callable[..., Any]) -> Ref:
        """A function or class as an argument of a call, under the name that the script calls it by."""
        name = self._name_of(function)
        self._values[name] = function
        return Ref(name)

    def define(self, name: str, value: Any, text: str) -> Ref:
        """A definition whose text was made by us, such as a function around a typed formula. `value` is what ran."""
        self._values[name] = value
        self._lines += [text, ""]
        self._used["torch"] = _module("torch")
        return Ref(name)

    def build(self, name: str, call: Call) -> Any:
        """`name = nn.Huber(…)`: what an entry of a catalogue builds. Out: the result."""
        for target in call.targets():
            self._name_of(target)
        self._lines.append(f"{name} = {call.code()}")
        self._values[name] = call.build()
        return self._values[name]

    def value(self, name: str) -> Any:
        """What a name stands for by now. Raises: KeyError where no line has made it."""
        return self._values[name]

    def has(self, name: str) -> bool:
        """Whether a line has made it."""
        return name in self._values

    def code(self) -> str:
        """Imports, the functions that were used, and the lines: a script that runs alone."""
        imports, sources = _needed(self._used)
        head = "\n".join(sorted(imports, key=_import_order))
        blocks = [head] if head else []
        blocks += sources
        body = "\n".join(self._lines)
        return "\n\n\n".join([*blocks, body]) if sources else "\n\n".join([*blocks, body])

    def _write(self, name: str, expression: str) -> None:
        self._lines.append(f"{name} = {expression}" if name else expression)

    def _carry_out(
        self,
        name: str,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> Any:
        values = [self._value_of(arg) for arg in args]
        named_values = {key: self._value_of(arg) for key, arg in kwargs.items()}
        result = function(*values, **named_values)
        self._keep(name, result)
        return result

    def _keep(self, name: str, result: Any) -> None:
        """Under its name, or each of several results under its own: `hidden, z = …`."""
        names = name.split(", ")
        if len(names) > 1 and "*" not in name:
            self._values.update(zip(names, result, strict=True))
        if name:
            self._values[name] = result

    def _value_of(self, arg: Any) -> Any:
        if isinstance(arg, Ref):
            return self._values[arg.name]
        if isinstance(arg, list | tuple):
            return type(arg)(self._value_of(inner) for inner in arg)
        if isinstance(arg, dict):
            return {key: self._value_of(inner) for key, inner in arg.items()}
        return arg

    def _name_of(self, function: Callable[..., Any]) -> str:
        """How the script calls it: `torch.relu`, `nn.Linear`, or the bare name of a function of ours."""
        module = function.__module__ or "torch"
        name = function.__name__
        if module.split(".", maxsplit=1)[0] == OURS:
            self._used[name] = function
            return name
        if module.startswith("torch.nn.modules"):
            self._used["nn"] = _module("torch.nn")
            return f"nn.{name}"
        if module == "numpy":
            self._used["np"] = _module("numpy")
            return f"np.{name}"
        if module.startswith("torch.optim"):
            self._used["torch"] = _module("torch")
            return f"torch.optim.{name}"
        self._used["torch"] = _module("torch")
        return f"torch.{name}"


def _arguments_text(args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """`1, Ref("x"), dim=0` as they are written in a call."""
    texts = [repr(arg) for arg in args]
    texts += [f"{key}={arg!r}" for key, arg in kwargs.items()]
    return ", ".join(texts)


def _index_text(index: Sequence[Place]) -> str:
    """(0, slice(1, None)) as `0, 1:`; of a scalar `()`."""
    return ", ".join(_axis_text(place) for place in index) or "()"


def _axis_text(place: Place) -> str:
    if place is Ellipsis:
        return "..."
    if not isinstance(place, slice):
        return str(place)
    start = "" if place.start is None else place.start
    stop = "" if place.stop is None else place.stop
    text = f"{start}:{stop}"
    return text if place.step is None else f"{text}:{place.step}"


def _module(name: str) -> types.ModuleType:
    import importlib

    return importlib.import_module(name)


def _needed(used: dict[str, Any]) -> tuple[set[str], list[str]]:
    """Imports, and sources of ours in an order in which each stands before it is used."""
    imports: set[str] = set()
    sources: dict[str, str] = {}

    def add(name: str, value: Any) -> None:
        if name in sources:
            return
        if isinstance(value, types.ModuleType):
            imports.add(_import_line(name, value.__name__))
        elif _is_ours(value):
            sources[name] = ""  # takes its place: functions may use each other
            for inner, its_value in _globals_of(value).items():
                add(inner, its_value)
            source = sources.pop(name) or textwrap.dedent(read_source(value))
            sources[name] = source
        elif hasattr(value, "__module__") and hasattr(value, "__qualname__"):
            imports.add(f"from {value.__module__} import {name}")
        else:
            sources[name] = f"{name} = {value!r}"

    for name, value in used.items():
        add(name, value)
    return imports, list(sources.values())


def _is_ours(value: Any) -> bool:
    module = getattr(value, "__module__", None) or ""
    if getattr(value, "is_imported", False):
        return False
    definition = (
        inspect.unwrap(value) if callable(value) else value
    )  # a cache around it has no source
    has_source = inspect.isfunction(definition) or inspect.isclass(definition)
    return has_source and module.split(".", maxsplit=1)[0] == OURS


def _import_line(name: str, module: str) -> str:
    parent, _, last = module.rpartition(".")
    if parent and last == name:
        return f"from {parent} import {name}"
    if name == module:
        return f"import {module}"
    return f"import {module} as {name}"


def _import_order(line: str) -> tuple[bool, str]:
    """The standard library first."""
    is_third_party = bool(re.match(r"(import|from) (torch|numpy)", line))
    return is_third_party, line


@functools.cache
def _names_used(definition: Any) -> tuple[str, ...]:
    """The names that a function or class of ours reads, in alphabetical order."""
    tree = ast.parse(textwrap.dedent(read_source(definition)))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return tuple(sorted(names))


def _globals_of(definition: Any) -> dict[str, Any]:
    """The globals that a function or class of ours uses, but for itself."""
    home = vars(_module(definition.__module__))
    found: dict[str, Any] = {}
    for name in _names_used(definition):
        if name in home and name != definition.__name__:
            found[name] = home[name]
    return found
