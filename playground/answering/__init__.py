"""A whole file answered by a trained network: a table of answers, and the report where the file knows what is right."""

from .answers import FileAnswers, LeftOut, answer_file

__all__ = ["FileAnswers", "LeftOut", "answer_file"]
