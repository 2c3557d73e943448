"""Words, signs and numbers that say that a value is missing."""

import pytest

from playground.reading.data.words import says_missing

from .cases import AGES, LEFT, WAGES, N, codes, column, people, read

WORDS = [
    "\\N",
    "<NA>",
    "NaT",
    "N.A.",
    "unknown",
    "..",
    "*",
    "缺失",
    "无",
    "-",
    "NULL",
    "n/a",
    "#N/A",
    "?",
    "None",
]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_among_numbers_is_a_missing_value(word: str) -> None:
    ages = [word if i % 5 == 0 else age for i, age in enumerate(AGES)]
    facts = column(read(people(age=ages)), "age")
    assert (facts.type, facts.missing, facts.first[0]) == ("number", N // 5, None)


@pytest.mark.parametrize("word", ["\\N", "<NA>", "N.A.", "缺失", "?", ""])
def test_a_word_among_kinds_is_no_class(word: str) -> None:
    left = [word if i % 10 == 0 else kind for i, kind in enumerate(LEFT)]
    understood = read(people(left=left), "target=left")
    assert {entry.name for entry in understood.classes} == {"yes", "no"}
    assert column(understood, "left").missing == N // 10


def test_a_word_that_may_be_a_kind_is_asked_about() -> None:
    mood = [("none", "mild", "severe")[i // 2 % 3] for i in range(N)]
    understood = read(people(mood=mood), "target=left")
    assert codes(understood) == ["word_missing"]
    (doubt,) = understood.doubts
    missing, kind = doubt.remedies
    assert column(read(people(mood=mood), "target=left", missing.set), "mood").missing == N // 3
    settled = read(people(mood=mood), "target=left", kind.set)
    assert column(settled, "mood").missing == 0 and codes(settled) == []


def test_having_and_not_having_are_two_kinds() -> None:
    understood = read(people(pain=["有" if i % 4 else "无" for i in range(N)]), "target=pain")
    assert {entry.name: entry.count for entry in understood.classes} == {"有": 45, "无": 15}
    assert codes(understood) == []


@pytest.mark.parametrize(
    "value", ["-999", "-200", "-9999", "9999", "-99", "-999.0", "99999", "-777777"]
)
def test_a_lone_number_far_off_is_asked_about(value: str) -> None:
    ages = [value if i % 8 == 0 else age for i, age in enumerate(AGES)]
    understood = read(people(age=ages), "target=left")
    (doubt,) = understood.doubts
    assert (doubt.code, doubt.place) == ("suspected_missing", "age")
    is_missing, is_measured = doubt.remedies
    settled = read(people(age=ages), "target=left", is_missing.set)
    assert codes(settled) == [] and column(settled, "age").missing == 8
    kept = read(people(age=ages), "target=left", is_measured.set)
    assert codes(kept) == [] and column(kept, "age").missing == 0


def test_the_same_number_in_several_columns_is_one_question() -> None:
    ages = [-200 if i % 8 == 0 else age for i, age in enumerate(AGES)]
    wages = [-200 if i % 7 == 0 else wage for i, wage in enumerate(WAGES)]
    understood = read(people(age=ages, wage=wages), "target=left")
    (doubt,) = understood.doubts
    assert doubt.place == "age, wage"
    settled = read(people(age=ages, wage=wages), "target=left", doubt.remedies[0].set)
    assert [column(settled, name).missing for name in ("age", "wage")] == [8, 9]


@pytest.mark.parametrize(
    "values",
    [
        [0 if i % 2 else 100 + i for i in range(N)],
        [(-1) ** i * i for i in range(N)],
        [99 - i % 60 for i in range(N)],
        [1 + i % 5 for i in range(N)],
        [2.0**i % 1e6 for i in range(N)],
        [i % 7 * 10 - 30 for i in range(N)],
    ],
)
def test_healthy_numbers_raise_no_doubt(values: list[float]) -> None:
    assert "suspected_missing" not in codes(read(people(age=values), "target=left"))


def test_words_of_ones_own() -> None:
    ages = ["weiß nicht" if i % 5 == 0 else age for i, age in enumerate(AGES)]
    understood = read(people(age=ages), "missing.age=weiß nicht", "target=left")
    assert column(understood, "age").missing == N // 5 and codes(understood) == []


@pytest.mark.parametrize(
    "word",
    ["", "NA", "n/a", "null", "none", "?", "--", "\\N", "<NA>", "NaT", "..", "#VALUE!", "缺失"],
)
def test_usual_words_and_signs_for_missing(word: str) -> None:
    assert says_missing(word) and not says_missing(word, measured=[word])


STARS = ("*", "**", "***", "ns")


@pytest.mark.parametrize(
    "signs", [STARS, ("*", "**", "***", "****", "*****"), ("-", "--", "+", "++", "0"), ("+", "-")]
)
def test_steps_of_a_scale_are_kinds(signs: tuple[str, ...]) -> None:
    rated = [signs[i % len(signs)] for i in range(N)]
    understood = read(people(rated=rated), "target=rated")
    assert {entry.name for entry in understood.classes} == set(signs)
    assert column(understood, "rated").missing == 0 and codes(understood) == []


@pytest.mark.parametrize("signs", [("*", "**"), ("-", "--"), ("-", "+")])
def test_signs_among_numbers_are_no_scale(signs: tuple[str, ...]) -> None:
    ages = [signs[i // 20 % 2] if i % 20 == 0 else age for i, age in enumerate(AGES)]
    facts = column(read(people(age=ages)), "age")
    assert (facts.type, facts.missing) == ("number", 3)


@pytest.mark.parametrize(
    "areas",
    [("AS", "EU", "AF", "NA", "SA", "OC"), ("ND", "NA", "FR", "DE"), ("NO", "NA", "SE", "DK")],
)
def test_na_among_few_codes_is_asked_about(areas: tuple[str, ...]) -> None:
    text = people(area=[areas[i * i % 31 % len(areas)] for i in range(N)])
    understood = read(text, "target=left", kind="table")
    (doubt,) = [doubt for doubt in understood.doubts if "“NA”" in doubt.message]
    assert doubt.place == "area"
    settled = read(text, "target=left", doubt.remedies[1].set)
    assert not [doubt for doubt in settled.doubts if "“NA”" in doubt.message]
    assert column(understood, "area").missing > column(settled, "area").missing


def messages(*labels: str) -> str:
    """Texts with these labels by turns."""
    rows = [
        f'"I have been waiting for my parcel number {i} since then",{labels[i * i % 31 % len(labels)]}'
        for i in range(N)
    ]
    return "\n".join(["text,label", *rows])


def test_a_label_that_may_mean_missing_is_asked_about() -> None:
    text = messages("none", "racism", "sexism")
    understood = read(text)
    assert (understood.kind, codes(understood)) == ("text", ["word_missing"])
    missing, kind = understood.doubts[0].remedies
    assert (missing.set, kind.set) == ("missing.label=none", "measured.label=none")
    assert codes(read(text, missing.set)) == codes(read(text, kind.set)) == []
    assert {entry.name for entry in read(text, kind.set).classes} == {"none", "racism", "sexism"}
    assert read(text, kind.set).rows == N
    assert codes(read(messages("mild", "racism", "sexism"))) == []


def test_of_two_labels_none_is_the_other_at_first() -> None:
    understood = read(messages("none", "toxic"))
    assert {entry.name for entry in understood.classes} == {"none", "toxic"}
    assert (understood.rows, codes(understood)) == (N, ["word_missing"])
    assert understood.doubts[0].remedies[0].set == "measured.label=none"
