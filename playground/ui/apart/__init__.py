"""Answers that hang on nothing but what was sent are calculated in other processes: Python does one thing at a time."""
