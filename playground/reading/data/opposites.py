"""Words and signs at numbers that say on which side of 0 they lie: 33.9 S, 12.5 W, 44 BC, ▼ 0.8, △1,234."""

from collections.abc import Mapping, Sequence

UP = "▲△↑⬆"
DOWN = "▼▽↓⬇"
# What is negative, and what is positive; of years a number without a word is positive.
SIDES = (
    (frozenset("S"), frozenset("N")),
    (frozenset("W"), frozenset("EO")),  # O is east in German
    (frozenset("O"), frozenset("E")),  # … and west in French
)
ERAS = (
    frozenset(("bc", "b.c.", "bce", "v. chr.", "v.chr.", "av. j.-c.", "a. c.", "a.c.")),
    frozenset(("ad", "a.d.", "ce", "n. chr.", "n.chr.", "ap. j.-c.", "d. c.", "d.c.", "")),
)


def is_arrow(sign: str) -> bool:
    """Whether what stands before a number is an arrow up or down."""
    return len(sign) == 1 and sign in UP + DOWN


def side_factors(units: Sequence[str], has_negative: bool) -> tuple[str, Mapping[str, float]]:
    """What numbers are multiplied by where two opposite words or arrows are met.

    In: what stands at the numbers, "" among it if nothing stands at some; whether some of these are negative already.
    Out: the unit besides, and 1 or -1 for each of `units`; no factors where they say nothing about the sign.
    """
    if any(is_arrow(unit[:1]) for unit in units):
        return _by_arrows(units, has_negative)
    bare = {unit: unit.lstrip("°º ") for unit in units}
    for minus, plus in SIDES:
        if minus & set(bare.values()) and plus & set(bare.values()):
            return ("°", _factors(bare, minus, plus))
    eras = {unit: unit.casefold() for unit in units}
    return ("", _factors(eras, *ERAS) if ERAS[0] & set(eras.values()) else {})


def _factors(
    bare: Mapping[str, str], minus: frozenset[str], plus: frozenset[str]
) -> Mapping[str, float]:
    """-1 and 1 by the words of two sides; nothing where another word is met, or only one side."""
    if not (minus | plus).issuperset(bare.values()) or not plus & set(bare.values()):
        return {}
    return {unit: -1.0 if word in minus else 1.0 for unit, word in bare.items()}


def _by_arrows(units: Sequence[str], has_negative: bool) -> tuple[str, Mapping[str, float]]:
    """Arrows down are negative. Without any, ▲ beside plain numbers is the minus of Japanese accounts."""
    arrows = {unit: unit[0] if is_arrow(unit[:1]) else "" for unit in units}
    rests = {unit.removeprefix(arrow) for unit, arrow in arrows.items()}
    if len(rests) > 1 or len(set(arrows.values())) < 2:
        return "", {}
    has_down = any(arrow and arrow in DOWN for arrow in arrows.values())
    minus = DOWN if has_down or has_negative else UP
    factors = {}
    for unit, arrow in arrows.items():
        factors[unit] = -1.0 if arrow and arrow in minus else 1.0
    return rests.pop(), factors
