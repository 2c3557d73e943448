"""The report: every score over the validation part, and which classes are taken for which."""

from . import Component


class Report(Component):
    """The report: every score over the validation part, and which classes are taken for which."""

    name = "report"
