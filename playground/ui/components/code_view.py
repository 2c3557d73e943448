"""The script of this experiment, and the experiment as a file."""

from . import Component


class CodeView(Component):
    """The script of this experiment, and the experiment as a file."""

    name = "code_view"
