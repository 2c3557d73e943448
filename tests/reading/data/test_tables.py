"""Columns of a table: targets, ids, classes, answers that are given away; and texts with labels."""

from datetime import date, timedelta

import pytest

from playground.faults import ExperimentError

from .cases import AGES, LEFT, WAGES, N, codes, column, people, read, table, told


def test_a_healthy_table_raises_no_doubt_but_which_column_to_predict() -> None:
    understood = read(people())
    assert (understood.kind, understood.target, understood.proposed) == ("table", None, "left")
    assert [doubt.code for doubt in understood.doubts] == [
        "target_by_name"
    ] and not understood.notes
    assert [facts.type for facts in understood.columns] == ["number", "number", "flag"]
    chosen = read(people(), understood.doubts[0].remedies[0].set)
    assert chosen.target == "left" and chosen.doubts == []


def test_the_target_that_is_called_like_one_goes_before_the_last() -> None:
    assert read(people(target=LEFT, zone=["a", "b"] * (N // 2))).proposed == "target"
    assert (
        read(table([["a", "b", "c"], *[[i % 7, i % 5, i * i % 11] for i in range(30)]])).proposed
        == "c"
    )


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ExperimentError, match="no column called “gone”"):
        read(people(), "target=gone")


@pytest.mark.parametrize(
    ("name", "cells", "code"),
    [
        ("", [i * 7 % N for i in range(N)], "row_number"),
        ("customer", [15_600_000 + i * 7919 % 999_983 for i in range(N)], "id"),
        ("order_id", [1000 + i * 37 for i in range(N)], "id"),
        ("name", [f"person {i}" for i in range(N)], "all_different"),
        ("code", [f"x{i * 7919 % 9973}" for i in range(N)], "all_different"),
        ("cabin", ["" if i % 5 == 0 else f"C{i}" for i in range(N)], "all_different"),
        ("version", ["1.0.0"] * N, "one_value"),
        ("note", ["" if i % 20 else "seen" for i in range(N)], "near_empty"),
    ],
)
def test_a_column_that_says_nothing_is_left_out_at_first_and_asked_about(
    name: str, cells: list[object], code: str
) -> None:
    text = people(**{name: cells})
    understood = read(text, "target=left")
    shown = name or "column 4"
    assert codes(understood) == [code] and understood.doubts[0].place == shown
    assert column(understood, shown).type == "left out"
    out, use = understood.doubts[0].remedies
    assert codes(read(text, "target=left", out.set)) == []
    kept = read(text, "target=left", use.set)
    assert codes(kept) == [] and column(kept, shown).type != "left out"


def test_numbers_that_happen_to_differ_are_no_ids() -> None:
    understood = read(
        people(
            height=[1.5 + i / 100 for i in range(N)], weight=[40_000 + 13 * i * i for i in range(N)]
        )
    )
    assert codes(understood) == []


@pytest.mark.parametrize(
    "spellings", [("yes", "Yes", "YES"), ("yes", " yes", "yes  "), ("a b", "A  b", "a B")]
)
def test_one_class_in_several_spellings_is_one_and_told(spellings: tuple[str, ...]) -> None:
    kinds = [spellings[i % len(spellings)] if i % 2 else "no" for i in range(N)]
    understood = read(people(left=kinds), "target=left")
    assert len(understood.classes) == 2 and codes(understood) == []
    if len(set(map(str.strip, spellings))) > 1:
        assert told(understood) == ["merged"]
        assert len(read(people(left=kinds), "target=left", "classes=apart").classes) == 4


def test_a_column_that_gives_the_answer_away_is_asked_about() -> None:
    reason = {"yes": "found a job", "no": "-none given-"}
    for name, cells in (
        ("reason", [reason[kind] for kind in LEFT]),
        ("code", [9 if kind == "yes" else 3 for kind in LEFT]),
    ):
        understood = read(people(**{name: cells}), "target=left")
        assert codes(understood) == ["gives_away"] and understood.doubts[0].place == name
        out, keep = understood.doubts[0].remedies
        assert codes(read(people(**{name: cells}), "target=left", out.set)) == []
        assert codes(read(people(**{name: cells}), "target=left", keep.set)) == []
    cents = people(cents=[round(wage * 100) for wage in WAGES])
    assert codes(read(cents, "target=wage")) == ["gives_away"]


def test_zeros_and_ones_are_a_flag() -> None:
    understood = read(people(smokes=[i % 2 for i in range(N)]), "target=left")
    assert column(understood, "smokes").type == "flag"


def test_types_can_be_chosen() -> None:
    understood = read(people(), "columns.age=category", "columns.wage=leave_out", "target=left")
    assert (
        column(understood, "age").type == "category"
        and column(understood, "wage").type == "left out"
    )


def test_kinds_of_which_most_are_met_once_are_names_and_a_few_kinds_are_none() -> None:
    rows = 200
    ages = [i % 50 for i in range(rows)]

    def doubts_of(n_different: int) -> list[str]:
        kinds = [f"k{i % n_different}" for i in range(rows)]
        lines = [["age", "kind", "left"], *zip(ages, kinds, LEFT * 4, strict=False)]
        return codes(read(table(lines), "target=left"))

    assert doubts_of(101) == ["all_different"]
    assert doubts_of(99) == []


def test_words_that_somebody_wants_as_numbers_are_odd_cells_and_the_rest_are_numbers() -> None:
    half = [i if i % 2 else f"about {i}" for i in range(N)]
    assert column(read(people(size=half)), "size").type != "number"
    understood = read(people(size=half), "columns.size=number", "target=left")
    facts = column(understood, "size")
    assert (facts.type, facts.missing, facts.first) == ("number", N // 2, [None, 1.0, None])
    assert codes(understood) == ["odd_cells"]
    words = read(people(size=["a", "b", "c", "d"] * (N // 4)), "columns.size=number")
    assert (column(words, "size").type, column(words, "size").missing) == ("number", N)


def test_texts_and_labels_are_texts() -> None:
    rows = [
        ["spam" if i % 4 == 0 else "ham", f"please come to the station at {i} or call me"]
        for i in range(80)
    ]
    understood = read(table([["label", "message"], *rows]))
    assert (understood.kind, understood.target, understood.rows) == ("text", "label", 80)
    assert {entry.name: entry.count for entry in understood.classes} == {"ham": 60, "spam": 20}
    assert column(understood, "message").type == "text" and codes(understood) == []


def test_labels_of_texts_may_be_numbers() -> None:
    rows = [[i, f"this film was the {i}th that I saw this year", i % 2] for i in range(60)]
    understood = read(table([["", "review", "sentiment"], *rows]))
    assert understood.kind == "text" and {entry.name for entry in understood.classes} == {"0", "1"}


def test_chinese_texts_have_no_blanks() -> None:
    rows = [
        [f"这家饭店的第{i}道菜非常好吃，下次还会再来", "好评" if i % 2 else "差评"]
        for i in range(60)
    ]
    understood = read(table([["评论", "标签"], *rows]))
    assert understood.kind == "text" and understood.target == "标签"


def test_prose_is_one_text() -> None:
    text = (
        "It was a dark night, and the rain fell. Nobody was there.\nThen, suddenly, a light!\n" * 20
    )
    assert read(text, kind="text").kind == "text"


def test_a_table_with_a_remark_stays_a_table() -> None:
    remarks = [f"came on foot and left again after {i} minutes" for i in range(N)]
    rooms, floors = [i % 5 for i in range(N)], [1.5 * (i % 4) for i in range(N)]
    text = people(
        rooms=rooms,
        floors=floors,
        remark=remarks,
        joined=[date(2020, 1, 1) + timedelta(i * i % 997) for i in range(N)],
    )
    understood = read(text)
    assert understood.kind == "table" and column(understood, "remark").type == "text"
    assert len(AGES) == understood.rows


def test_codes_that_begin_with_0_are_no_numbers() -> None:
    codes_ = [f"{i % 7 * 1234:05d}" for i in range(N)]
    assert column(read(people(code=codes_), "target=left"), "code").type == "category"


def test_years_that_follow_each_other_are_no_secret() -> None:
    rows = [
        ["country", "2000", "2001", "2002"],
        *[[f"c{i}", i * 1.5, i * 1.5 + 1, i * 1.5 + 2] for i in range(40)],
    ]
    assert codes(read(table(rows), "target=2002")) == ["all_different"]


def test_a_column_of_texts_is_told_to_be_left_out() -> None:
    sizes = people(size=[f"{i + 7} x {i * 7 % 31} x {i % 9} cm" for i in range(N)])
    understood = read(sizes)
    assert (understood.kind, told(understood)) == ("table", ["texts_left_out"])
    (note,) = understood.notes
    assert note.place == "size" and told(read(sizes, note.remedies[0].set)) == []
    assert told(read(people())) == []


def test_what_stands_beside_a_text_is_told_to_be_left_out() -> None:
    rows = [[i, f"a parcel number {i} that never came to me", i % 3, i * 7 % 31] for i in range(N)]
    understood = read(table([["id", "review", "stars", "price"], *rows]), "target=stars")
    (note,) = [note for note in understood.notes if note.code == "beside_text"]
    assert understood.kind == "text" and "(price)" in note.message
    assert (
        read(table([["id", "review", "stars", "price"], *rows]), note.remedies[0].set).kind
        == "table"
    )
    short = [row[:3] for row in rows]
    assert "beside_text" not in told(read(table([["id", "review", "stars"], *short])))
