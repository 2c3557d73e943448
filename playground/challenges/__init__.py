"""Challenges: a network within limits that reaches a target, judged by training it.

from playground.challenges import bundled, judge
judge(bundled()["small_digits"], [experiment], engine).is_passed
"""

from .bundled import bundled
from .challenge import Challenge, Limits, Target, Words
from .judging import Verdict, begin, judge, verdict
from .result_links import (
    bundled_challenge,
    challenge_of_link,
    check_is_of,
    genuine,
    read_result,
    result_link,
)
from .rules import Check, admit_to, checks

__all__ = [
    "Challenge",
    "Check",
    "Limits",
    "Target",
    "Verdict",
    "Words",
    "admit_to",
    "begin",
    "bundled",
    "bundled_challenge",
    "challenge_of_link",
    "check_is_of",
    "checks",
    "genuine",
    "judge",
    "read_result",
    "result_link",
    "verdict",
]
