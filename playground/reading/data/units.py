"""What stands behind the numbers of a column: one unit, units that can be converted, or letters for powers of ten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .listed import by_value, words_of
from .opposites import side_factors

# What a word behind a number multiplies it by.
MULTIPLIERS: Mapping[str, float] = by_value(
    {
        1e3: """
            k | K | thousand | тыс. | 千元 | 千円 | 천원 | tys. | тыс | тыс. руб. | Thousand | Tsd. |
            Tsd | 千
        """,
        1e4: "万元 | 万円 | 萬元 | 만원 | 万 | 萬 | 만 | w",
        1e5: "Lakh | lakhs | Lakhs | L | lakh",
        1e6: """
            M | MM | mn | Mio | Mio. | million | mln | 百万 | 百万円 | 백만원 | m. | mio | mio. | млн. |
            млн руб. | Million | milhões | millones | millions | Millionen | млн
        """,
        1e7: "千万 | Cr | Cr. | Crore | crores | Crores | crore | cr",
        1e8: "亿元 | 億円 | 億元 | 억원 | 亿 | 億 | 억",
        1e9: """
            B | bn | Bn | Mrd | Mrd. | billion | mld | mrd | mrd. | млрд. | млрд руб. | Billion |
            milliards | Milliarden | млрд | Md | Mds | Mds. | md | mds | Mrds | Mia | Mia. | mia. | bln
        """,
        1e12: "T | 조 | 兆 | trillion | Trillion | tn | trn",
    }
)
# These are units, flags and signs as well: litres, bytes, kelvin, tesla, molar, low; credit; watts.
LETTERS = frozenset(("K", "L", "M", "MM", "B", "T", "Cr", "Cr.", "cr", "w"))
# Hundredths of the currency that other cells name.
CENTS = frozenset(words_of("p ¢ ct ct. cts cent cents Cent Cents коп коп. gr gr. öre øre"))
USUAL = frozenset(
    ("K", "M", "B")
)  # right behind the number in every cell: thousands, millions, billions
# Units of one quantity, in any one of them.
FAMILIES: tuple[Mapping[str, float], ...] = (
    by_value({
        1e-9: "ns", 1e-6: "μs us", 1e-3: "ms msec",
        1: "s sec secs", 60: "min mins minutes", 3600: "h hr hrs hours",
    }),
    by_value({1e-3: "mW", 1: "W", 1e3: "kW", 1e6: "MW", 1e9: "GW"}),
    by_value({1: "Wh", 1e3: "kWh KWh", 1e6: "MWh", 1e9: "GWh", 1e12: "TWh"}),
    by_value({1: "Hz", 1e3: "kHz", 1e6: "MHz", 1e9: "GHz"}),
    by_value({1e-6: "μA", 1e-3: "mA", 1: "A"}),
    by_value({1e-6: "μV", 1e-3: "mV", 1: "V", 1e3: "kV"}),
    by_value({1: "Pa", 1e2: "hPa mbar", 1e3: "kPa", 1e5: "bar", 1e6: "MPa"}),
    by_value({1: "kbps Kbps kbit/s", 1e3: "Mbps Mbit/s", 1e6: "Gbps Gbit/s"}),
    by_value({0.01: "bps bp", 0.1: "‰", 1: "%"}),
    by_value({
        1e-6: "μg mcg ug", 1e-3: "mg", 1: "g", 1e3: "kg", 1e6: "t T",
        28.349523125: "oz", 453.59237: "lb lbs",
    }),
    by_value({
        1: "mm", 10: "cm", 1e3: "m", 1e6: "km",
        25.4: "in inch inches", 304.8: "ft feet", 914.4: "yd", 1_609_344: "mi miles",
    }),
    by_value({1: "ml mL", 10: "cl", 1e3: "l L",}),
    by_value({1e-3: "B bytes byte Bytes", 1: "kB KB kb", 1e3: "MB", 1e6: "GB", 1e9: "TB",}),
    by_value({
        1: "sqft | sq ft | sq. ft. | sq.ft. | ft²",
        43_560: "acre | acres | ac",
    }),
)  # fmt: skip
# Months and years are of several lengths: these are the means, in days.
LONG_TIMES = by_value(
    {
        1 / 1440: "minute minutes min mins",
        1 / 24: "hour hours hr hrs h",
        1: "day days d",
        7: "week weeks wk wks",
        30.4375: "month months mo mos",
        365.25: "year years yr yrs",
    }
)
OR_MORE = words_of(
    """
    and over | and above | and more | and older | or more | or over | or older | plus | und mehr | oder mehr | u. mehr |
    et plus | ou plus | y más | o más | 以上
    """
)
DEBIT = frozenset(words_of("dr dr."))
CREDIT = frozenset(words_of("cr cr."))
TIMES_OF_DAY = frozenset(("Uhr",))
SELDOM = 0.1  # share of the cells below which a word behind a number is no unit of the column
MOSTLY = 0.9  # share of the cells from which a letter is the unit of them all
FAR_LESS = 10  # as many times smaller are 1.2 and 3.4 of 1.2M than 950,000 beside them


@dataclass(frozen=True)
class Met:
    """The numbers of one unit. values: different ones, without their unit. n: cells. is_tight: 7B, not 7 B."""

    values: np.ndarray
    n: int
    is_tight: bool = False

    @property
    def middle(self) -> float:
        """The median size."""
        return float(np.median(np.abs(self.values)))

    def are_whole(self) -> bool:
        """Whether none has a fraction."""
        return bool((self.values == np.round(self.values)).all())


@dataclass(frozen=True)
class Units:
    """The unit of a column, and what the numbers of each unit are multiplied by.

    family: other units of the same quantity, whether met or not. question: what only the owner can say, if anything:
    "letters", "shares"; or what is only told: "signs", "sides", "long_times".
    """

    name: str = ""
    factors: Mapping[str, float] = field(default_factory=dict)
    family: Mapping[str, float] = field(default_factory=dict)
    question: str = ""

    def factor(self, unit: str) -> float | None:
        """What a number of this unit is multiplied by; None where it cannot be converted."""
        bare = bare_unit(unit)
        if bare in self.factors:
            return self.factors[bare]
        is_none = bare == "" or bare == self.name
        return 1.0 if is_none else self.family.get(bare)


def bare_unit(unit: str) -> str:
    """ "k+" -> "k", "years or more" -> "years": that it may be more says nothing about the unit."""
    bare = unit.strip("+* ")
    for words in OR_MORE:
        bare = bare.removesuffix(words)
    return bare.strip()


def units_of(met: Mapping[str, Met], has_money: bool, said: str) -> Units | None:
    """What to do with the units of a column; None where its cells are codes or times rather than numbers.

    In: the numbers by unit, "" for those without one; whether some are money; what the owner said.
    """
    named = [unit for unit in sorted(met, key=lambda unit: -met[unit].n) if unit]
    if not named:
        return Units()
    if TIMES_OF_DAY & set(named):
        return None
    if any(unit.casefold() in DEBIT for unit in named):
        return _signs(named)
    sides = _sides(met, said)
    if sides is not None and not _are_codes(met, named):
        return sides
    cents = _cents(met, named) if has_money else None
    if cents is not None:
        return cents
    if said == "powers" or (not said and _are_powers(met, named, has_money)):
        others = [unit for unit in named if unit not in MULTIPLIERS]
        found = _by_names(met, others)
        return Units(
            found.name,
            {
                **MULTIPLIERS,
                **found.factors,
            },
            found.family,
        )
    if said != "as_written" and _are_codes(met, named):
        return None
    return _as_units(met, named, said)


def _sides(met: Mapping[str, Met], said: str) -> Units | None:
    """North and south, up and down: numbers above and below 0; None where nothing says so."""
    plain = [group.values for unit, group in met.items() if unit in ("", "%")]
    name, factors = side_factors(list(met), any(bool((values < 0).any()) for values in plain))
    if not factors:
        return None
    if said == "as_written":
        factors = dict.fromkeys(factors, 1.0)
    question = "sides" if not said and min(factors.values()) < 0 else ""
    return Units(name, factors, factors, question)


def _cents(met: Mapping[str, Met], named: Sequence[str]) -> Units | None:
    """Pence beside pounds: hundredths of the money in other cells; None where no unit is one, or one is unknown."""
    cents = [unit for unit in named if unit in CENTS]
    known = {*cents, *MULTIPLIERS} - LETTERS
    if not cents or "" not in met or not known.issuperset(named):
        return None
    return Units("", {**MULTIPLIERS, **dict.fromkeys(cents, 0.01)})


def are_marks(named: Sequence[str]) -> bool:
    """Whether they may be marks at the end of codes: single letters such as A and c, not all of which are units."""
    are_letters = all(is_flag(unit) or _is_letter(unit) for unit in named)
    are_units = all(unit.islower() and family_of(unit) is not None for unit in named)
    return are_letters and not are_units


def _is_letter(unit: str) -> bool:
    return len(unit) == 1 and unit.isascii() and unit.isalpha()


def is_flag(unit: str) -> bool:
    """Whether it may be a mark behind a number: H, LL, or a letter of `LETTERS`."""
    is_mark = unit.isascii() and unit.isalpha() and unit.isupper() and len(set(unit)) == 1
    return unit in LETTERS or (is_mark and len(unit) <= 2)


def are_magnitudes(named: Sequence[str]) -> bool:
    """Whether they may all be letters for powers of ten."""
    return bool(named) and set(named) <= LETTERS


def _signs(named: Sequence[str]) -> Units | None:
    """Credit and debit, as banks write them."""
    factors = {}
    for unit in named:
        folded = unit.casefold()
        if folded in DEBIT:
            factors[unit] = -1.0
        elif folded in CREDIT:
            factors[unit] = 1.0
    return Units("", factors, question="signs")


def _are_powers(met: Mapping[str, Met], named: Sequence[str], has_money: bool) -> bool:
    """Whether letters such as K and M multiply the numbers before them."""
    letters = [unit for unit in named if unit in LETTERS]
    sure = [unit for unit in named if unit in MULTIPLIERS and unit not in LETTERS]
    if not letters or has_money:
        return bool(letters)
    if len(letters) + len(sure) < len(named):
        return False
    powers = {MULTIPLIERS[unit] for unit in named}
    plain = met.get("")
    middles = [met[unit].middle for unit in letters]
    is_far = plain is not None and plain.middle >= FAR_LESS * max(middles)
    if len(powers) == 1:
        # 19M is millions; 0.5 M and 293 K are units.
        are_tight = all(unit in USUAL and met[unit].is_tight for unit in letters)
        return is_far or (plain is None and are_tight)
    # Lines of buses are 12, 7B and 5M.
    are_whole = all(met[unit].are_whole() for unit in named)
    return plain is None or is_far or not are_whole


def _are_codes(met: Mapping[str, Met], named: Sequence[str]) -> bool:
    """Whether the cells are codes such as 2A, 2B beside 19, or 84a beside 72: a letter at the end of a whole number."""
    if not are_marks(named):
        return False
    are_tight = all(met[unit].is_tight and met[unit].are_whole() for unit in named)
    if len(named) > 1:
        return are_tight
    # Where most have the same letter, it rather is their unit.
    return are_tight and "" in met and met[""].n > met[named[0]].n


def _as_units(met: Mapping[str, Met], named: Sequence[str], said: str) -> Units | None:
    """Letters are units, or remarks behind numbers that are mostly plain."""
    n_all = sum(group.n for group in met.values())
    n_plain = met[""].n if "" in met else 0
    flags = [unit for unit in named if is_flag(unit)]
    is_seldom = n_plain > (1 - MOSTLY) * n_all and len(flags) == len(named)
    if said == "as_written" or (is_seldom and (n_plain >= n_all / 2 or len(named) == 1)):
        question = "" if said else "letters"
        factors = dict.fromkeys(flags, 1.0)
        others = [unit for unit in named if unit not in flags]
        found = _by_names(met, others)
        name = flags[0] if flags == list(named) and len(flags) == 1 else found.name
        return Units(
            name,
            {
                **factors,
                **found.factors,
            },
            found.family,
            question,
        )
    if "%" in named and n_plain:
        percent = _percent(met, named, said)
        if percent is not None:
            return percent
    return _by_names(met, named)


def _percent(met: Mapping[str, Met], named: Sequence[str], said: str) -> Units | None:
    """12% beside 0.12: shares, which is asked; None where nothing is doubtful."""
    plain, percent = met[""].values, met["%"].values
    are_shares = bool(((plain >= 0) & (plain <= 1)).all()) and not met[""].are_whole()
    if said == "shares":
        return Units("", {"%": 0.01})
    if not are_shares or percent.max() <= 1:
        return None
    return Units("", {"%": 0.01}, question="shares")


def _by_names(met: Mapping[str, Met], named: Sequence[str]) -> Units:
    """The commonest unit, and others of the same quantity in terms of it."""
    sure = {
        unit: MULTIPLIERS[unit] for unit in named if unit in MULTIPLIERS and unit not in LETTERS
    }
    others = [unit for unit in named if unit not in sure]
    if not others:
        return Units(
            "",
            {
                **MULTIPLIERS,
                **sure,
            }
            if sure
            else {},
        )
    name = others[0]
    if sure and family_of(name) is None:
        # Beside millions, a word that is not known may be one for thousands: 2 mil beside 3 millones.
        return Units("", {**MULTIPLIERS, **sure})
    if _is_remark(met, name):
        # “0.24 Dividend” among prices is a remark and no price.
        return Units("", sure)
    family = _family_of(others)
    question = "long_times" if family is LONG_TIMES else ""
    sizes = {unit: size / family[name] for unit, size in family.items()} if family else {}
    return Units(
        name,
        {
            **sure,
            **_plurals(name, others),
        },
        sizes,
        question,
    )


def _is_remark(met: Mapping[str, Met], name: str) -> bool:
    """Whether so few cells have the word that it says nothing about the others."""
    n_all = sum(group.n for group in met.values())
    plain = met.get("")
    if plain is None or met[name].n >= SELDOM * n_all:
        return False
    is_word = len(name) > 1 and any(letter.isalpha() for letter in name)
    if not is_word:
        return False
    if family_of(name) is None:
        return True
    values = met[name].values
    low, high = plain.values.min(), plain.values.max()
    return bool((values < low).any() or (values > high).any())


def _plurals(name: str, others: Sequence[str]) -> dict[str, float]:
    """Units that differ from a name by an s only."""
    alike = [unit for unit in others if unit + "s" == name or unit == name + "s"]
    return dict.fromkeys([unit for unit in alike if len(unit) > 2], 1.0)


def family_of(name: str) -> Mapping[str, float] | None:
    """The units of the same quantity, with their sizes; None where we know none."""
    for family in FAMILIES:
        if name in family:
            return family
    return None


def _family_of(named: Sequence[str]) -> Mapping[str, float] | None:
    """The same, where months and years belong together if several of them are met."""
    sizes = {LONG_TIMES[unit] for unit in named if unit in LONG_TIMES}
    if named[0] in LONG_TIMES and len(sizes) > 1 and max(sizes) >= 1:
        return LONG_TIMES
    return family_of(named[0])
