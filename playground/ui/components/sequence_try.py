"""Try it for texts and series: a text to answer, names to make up, the next values of a window."""

from . import Component


class SequenceTry(Component):
    """Try it for texts and series: a text to answer, names to make up, the next values of a window."""

    name = "sequence_try"
