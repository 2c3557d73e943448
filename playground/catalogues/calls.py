"""A constructor call that can be carried out (the network) or written down (the exported script)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from torch import nn

QUALIFIED = {"torch.nn": "nn.", "torch.optim": "torch.optim.", "torch": "torch."}


@dataclass(frozen=True)
class Call:
    """`Call(nn.Linear, (2, 3))`: `.build()` gives the module, `.code()` gives "nn.Linear(2, 3)"."""

    target: Callable[..., Any]
    args: tuple[Any, ...] = ()
    kwargs: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, target: Callable[..., Any], *args: Any, **kwargs: Any) -> "Call":
        return cls(target, args, tuple(kwargs.items()))

    def build(self) -> Any:
        """Carries the call out, nested calls first, in the order in which they are written."""
        args = [_built(each) for each in self.args]
        return self.target(*args, **{key: _built(value) for key, value in self.kwargs})

    def code(self, indent: int = 0, width: int = 100) -> str:
        """The call as Python, broken over lines where it would be wider than `width`."""
        line = self._line()
        if len(line) + indent <= width:
            return line
        pad = " " * (indent + 4)
        parts = [prefix + _written(value, indent + 4, width) for prefix, value in self._parts()]
        return f"{self.name}(\n" + "".join(f"{pad}{part},\n" for part in parts) + " " * indent + ")"

    def _line(self) -> str:
        parts = [
            (prefix, value._line() if isinstance(value, Call) else repr(value))
            for prefix, value in self._parts()
        ]
        return f"{self.name}({', '.join(map(''.join, parts))})"

    def _parts(self) -> Iterator[tuple[str, Any]]:
        yield from (("", value) for value in self.args)
        yield from ((f"{key}=", value) for key, value in self.kwargs)

    @property
    def name(self) -> str:
        """What the script calls the target: `nn.Linear`, or the bare name of a class of ours."""
        module = self.target.__module__
        qualifier = next(
            (short for long, short in QUALIFIED.items() if f"{module}.".startswith(f"{long}.")), ""
        )
        return qualifier + self.target.__name__

    def targets(self) -> Iterator[Callable[..., Any]]:
        """Every class that the call uses, nested ones first."""
        for each in (*self.args, *(value for _, value in self.kwargs)):
            for item in each if isinstance(each, list | tuple) else [each]:
                if isinstance(item, Call):
                    yield from item.targets()
        yield self.target


def sequential(calls: list[Call]) -> Call:
    """nn.Sequential of them."""
    return Call(nn.Sequential, tuple(calls))


def _built(value: Any) -> Any:
    return value.build() if isinstance(value, Call) else value


def _written(value: Any, indent: int, width: int) -> str:
    return value.code(indent, width) if isinstance(value, Call) else repr(value)
