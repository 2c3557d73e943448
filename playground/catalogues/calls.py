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
        args = [_built(value) for value in self.args]
        kwargs = {key: _built(value) for key, value in self.kwargs}
        return self.target(*args, **kwargs)

    def code(self, indent: int = 0, width: int = 100) -> str:
        """The call as Python, broken over lines where it would be wider than `width`."""
        line = self._line()
        if len(line) + indent <= width:
            return line
        deeper = indent + 4
        lines = [f"{self.name}("]
        for prefix, value in self._parts():
            written = value.code(deeper, width) if isinstance(value, Call) else repr(value)
            lines.append(f"{' ' * deeper}{prefix}{written},")
        lines.append(f"{' ' * indent})")
        return "\n".join(lines)

    def _line(self) -> str:
        arguments = []
        for prefix, value in self._parts():
            written = value._line() if isinstance(value, Call) else repr(value)
            arguments.append(f"{prefix}{written}")
        return f"{self.name}({', '.join(arguments)})"

    def _parts(self) -> Iterator[tuple[str, Any]]:
        for value in self.args:
            yield "", value
        for key, value in self.kwargs:
            yield f"{key}=", value

    @property
    def name(self) -> str:
        """What the script calls the target: `nn.Linear`, or the bare name of a class of ours."""
        module = f"{self.target.__module__}."
        for package, qualifier in QUALIFIED.items():
            if module.startswith(f"{package}."):
                return qualifier + self.target.__name__
        return self.target.__name__

    def targets(self) -> Iterator[Callable[..., Any]]:
        """Every class that the call uses, nested ones first."""
        for _, value in self._parts():
            values = value if isinstance(value, list | tuple) else [value]
            for inner in values:
                if isinstance(inner, Call):
                    yield from inner.targets()
        yield self.target


def sequential(calls: list[Call]) -> Call:
    """nn.Sequential of them."""
    return Call(nn.Sequential, tuple(calls))


def _built(value: Any) -> Any:
    return value.build() if isinstance(value, Call) else value
