"""Tables as other programs, offices and languages write them."""

from collections.abc import Callable, Sequence

import pytest

from .cases import AGES, HEAD, LEFT, PEOPLE, N, codes, column, people, read, table, told

PLAIN = [HEAD, *PEOPLE]
RULED = [f"{a!s:<5}  {w!s:<8}  {left:<4}" for a, w, left in PLAIN]
BOXED = [f"{a!s:<5} | {w!s:<8} | {left:<4}" for a, w, left in PLAIN]


def between(row: str, bar: str) -> str:
    return f"{bar} {row.replace('|', bar)} {bar}"


def boxed(bar: str, top: str, below: str, bottom: str) -> str:
    """A table in a box: its rows between bars, rules above, below the names, and at the end."""
    rows = [between(row, bar) for row in BOXED]
    return "\n".join([top, rows[0], below, *rows[1:], bottom])


LINE = "+-------+----------+------+"
LAYOUTS = {
    "MySQL": boxed("|", LINE, LINE, LINE) + f"\n{N} rows in set (0.00 sec)\n",
    "a grid of reStructuredText": boxed("|", LINE, LINE.replace("-", "="), LINE),
    "PostgreSQL": "\n".join([BOXED[0], "------+----------+-----", *BOXED[1:], f"({N} rows)"]),
    "reStructuredText": "\n".join(["=====  ========  ====", RULED[0], "=====  ========  ====", *RULED[1:]]),
    "dashes below the names": "\n".join([RULED[0], "-----  --------  ----", *RULED[1:]]),
    "drawn lines": boxed("│", "┌─────┬──────┬────┐", "╞═════╪══════╪════╡", "└─────┴──────┴────┘"),
    "two colons": table(PLAIN, "~").replace("~", "::"),
    "two bars": table(PLAIN, "~").replace("~", "||"),
    "two tabs": table(PLAIN, "\t").replace("\t", "\t\t"),
    "tildes": table(PLAIN, "~"),
    "carets": table(PLAIN, "^"),
    "a sign of databases": table(PLAIN, "\x01"),
    "broken bars": table(PLAIN, "¦"),
    "colons": table(PLAIN, ":"),
    "UTF-16 without a mark, big end first": table(PLAIN).encode("utf-16-be").decode("latin-1"),
    "comments of an INI file": "; made by a machine\n; units: years\n" + table(PLAIN),
    "a comment in quotation marks": '"# made by a machine, with commas"\n' + table(PLAIN),
    "two short lines between blank lines": '"Data","World",\n\n"Updated","2024-05-01",\n\n' + table(PLAIN),
    "a source with commas": table(PLAIN) + "Source: Office, Department of Things, 2024\n",
    "a mean": table(PLAIN) + "Average,2500,\n",
    "a sum and a mean": table(PLAIN) + "Gesamtsumme,150000,\nDurchschnitt,2500,\n",
    "its names again": table([HEAD, *PEOPLE[:20], HEAD, *PEOPLE[20:40], HEAD, *PEOPLE[40:]]),
    "texts as formulas": table([HEAD, *[[f'="{age}"', wage, left] for age, wage, left in PEOPLE]]),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_table_is_found(name: str) -> None:
    text = LAYOUTS[name]
    understood = read(text.encode("latin-1" if "UTF-16" in name else "utf-8"))
    assert [facts.name for facts in understood.columns] == HEAD
    assert (understood.kind, understood.rows) == ("table", N)
    assert [facts.type for facts in understood.columns] == ["number", "number", "flag"]


def test_names_in_the_middle_are_told_and_left_out() -> None:
    understood = read(LAYOUTS["its names again"])
    assert told(understood) == ["repeated_names"] and understood.left_out.lines == [22, 43]


NAMES = {
    "days": [f"{month}/22/20" for month in range(1, 13)],
    "years with a word": [f"{year}年" for year in range(1990, 2002)],
    "years from the latest on": [str(year) for year in range(2015, 2003, -1)],
    "every fifth year": [str(year) for year in range(1950, 2010, 5)],
    "seasons": [f"{year}/{(year + 1) % 100:02d}" for year in range(1990, 2002)],
}


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_times_are_names(name: str) -> None:
    rows = [[f"c{i}", *[i + step * 0.5 for step in range(12)]] for i in range(40)]
    understood = read(table([["country", *NAMES[name]], *rows]))
    assert [facts.name for facts in understood.columns] == ["country", *NAMES[name]]
    assert understood.rows == 40


def test_counts_from_zero_are_names_and_a_sign_for_numbers_is_no_comment() -> None:
    rows = [[i % 7 + 0.5, i % 5 + 0.1, i % 3 * 0.7, i % 2] for i in range(60)]
    assert [facts.name for facts in read(table([[0, 1, 2, 3], *rows])).columns] == list("0123")
    pets = table([["#", "name", "speed"], *[[i, f"p{i % 7}", i * 7 % 50] for i in range(1, 60)]])
    assert [facts.name for facts in read(pets).columns] == ["#", "name", "speed"]


def german(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


Written = Callable[[float], str]
NUMBERS: dict[str, tuple[str, Written]] = {
    "German, semicolons": (";", german),
    "German, tabs": ("\t", german),
    "German, bars": ("|", german),
    "German, quoted": (",", german),
    "French": (";", lambda value: f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")),
    "Swiss": (";", lambda value: f"{value:,.2f}".replace(",", "’")),
    "euros before": (";", lambda value: f"€ {german(value)}"),
    "euros behind": (";", lambda value: f"{german(value)} €"),
    "zloty": (";", lambda value: f"{value:,.2f} zł".replace(",", " ").replace(".", ",")),
    "real": (";", lambda value: f"R$ {german(value)}"),
    "scientific": (";", lambda value: f"{value:.6E}".replace(".", ",")),
    "Arabic digits": (",", lambda value: f"{value:.2f}".translate({48 + i: 0x660 + i for i in range(10)})),
    "square metres": (",", lambda value: f"{value:.2f} m²"),
    "footnotes": (",", lambda value: f"{value:,.2f}[{int(value) % 9}]"),
    "revised": (",", lambda value: f"{value:.2f} (r)"),
    "ten thousands of yuan": (",", lambda value: f"{value / 1e4:.6f}万元"),
    "crores": (",", lambda value: f"{value / 1e7:.9f} Crore"),
    "thousands of roubles": (",", lambda value: f"{value / 1e3:.5f} тыс. руб."),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_read_as_they_are_meant(name: str) -> None:
    separator, written = NUMBERS[name]
    values = [round(1_234.5 + 917.37 * i * i % 5_000, 2) for i in range(N)]
    rows = [[written(value), left] for value, left in zip(values, LEFT, strict=True)]
    facts = column(read(table([["x", "left"], *rows], separator), "target=left"), "x")
    assert facts.type == "number" and facts.first == pytest.approx(values[:3])


WORDS = [
    "#NV", "#N/D", "#Н/Д", "#WERT!", "#DIV/0", "1.#QNAN", ":", "/", "(blank)", "<missing>", "########", "***", "n.b.",
    "onbekend", "not reported", "не указано", "не указан", "不适用", "暂缺", "データなし", "無回答", "해당없음", "‒",
    "não informado", "sem dados", "sin dato", "ns/nc", "keine Daten", "okänd", "ei tiedossa", "bilinmiyor",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_says_that_nothing_is_known(word: str) -> None:
    ages = [word if i % 5 == 0 else age for i, age in enumerate(AGES)]
    kinds = [word if i % 10 == 0 else left for i, left in enumerate(LEFT)]
    understood = read(people(age=ages, left=kinds), "target=left")
    assert (column(understood, "age").type, column(understood, "age").missing) == ("number", N // 5)
    assert {entry.name for entry in understood.classes} == {"yes", "no"}
    assert codes(understood) == []


def test_codes_of_states_are_no_gaps() -> None:
    states = ["AL", "AK", "AZ", "AR", "CA", "CO", "ND", "SD", "TX", "UT"]
    understood = read(people(state=[states[i % 10] for i in range(N)]), "target=left")
    assert column(understood, "state").missing == 0
    countries = ["NA", "BE", "CZ", "DE", "EE", "FI", "GR", "HU", "IT", "LT"]
    asked = read(people(land=[countries[i % 10] for i in range(N)]), "target=left")
    assert codes(asked) == ["word_missing"]


@pytest.mark.parametrize(
    "cells",
    [
        [(-999, -888, 30, 31, 33, 37, 41, 45)[i % 8] for i in range(N)],
        [-1 if i % 8 == 0 else age for i, age in enumerate(AGES)],
        [99 if i % 9 == 0 else 1 + i % 3 for i in range(N)],
        [f"{-999 if i % 8 == 0 else age} J." for i, age in enumerate(AGES)],
    ],
)
def test_numbers_that_may_mean_missing_are_asked_about(cells: Sequence[object]) -> None:
    assert codes(read(people(age=cells), "target=left")) == ["suspected_missing"]


@pytest.mark.parametrize(
    "spellings",
    [("Ko\u0308ln", "Köln", "KÖLN"), ("Ａ1", "A1", "a1"), ("yes.", "yes", "Yes"), ("a\u00a0b", "a b", "A b"),
     ("'male'", "male", "Male"), ("Straße", "STRASSE", "straße")],
)  # fmt: skip
def test_one_kind_in_several_spellings_is_one(spellings: tuple[str, ...]) -> None:
    kinds = [spellings[i % 3] if i % 2 else "other" for i in range(N)]
    assert len(read(people(left=kinds), "target=left").classes) == 2


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Größe Fläche Höhe"), ("cp1252", "âge salaire parti"), ("cp1252", "PM10_(µg/m³) b c"),
        ("cp1250", "věk mzda odešel"), ("cp1250", "wiek płaca odszedł"),
        ("cp1254", "yaş maaş ayrıldı"), ("cp1251", "возраст зарплата ушёл"), ("cp1253", "ηλικία μισθός έφυγε"),
        ("gb18030", "年龄 工资 离职"), ("gb18030", "房价 面积 楼层"),
        ("big5", "年齡 薪資 離職"), ("cp932", "年齢 給料 退職"), ("euc_jp", "年齢 給料 退職"),
        ("cp949", "나이 급여 퇴사"),
        ("iso2022_jp", "年齢 給料 退職"), ("utf-16-be", "年齢 給料 退職"),
    ],
)  # fmt: skip
def test_names_alone_tell_the_letters(encoding: str, words: str) -> None:
    names = words.split()
    text = table([names, *[[i % 9, i * 7 % 11, i % 2] for i in range(60)]])
    assert [facts.name for facts in read(text, encoding=encoding).columns] == names


WRAPPED: dict[str, Callable[[], str]] = {
    "every line": lambda: "".join(f'"{line}"\n' for line in table(PLAIN).splitlines()),
    "all but the names": lambda: "".join(
        f'"{line}"\n' if i else f"{line}\n" for i, line in enumerate(table(PLAIN).splitlines())
    ),
    "semicolons behind": lambda: "".join(f'"{line}";;\n' for line in table(PLAIN).splitlines()),
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_marks_around_whole_lines_are_taken_off_and_told(kind: str) -> None:
    understood = read(WRAPPED[kind]())
    assert [facts.name for facts in understood.columns] == HEAD
    assert (understood.rows, understood.separator) == (N, ",")
    assert "wrapped_lines" in told(understood)


def test_cells_that_are_quoted_inside_a_quoted_line_stay_whole() -> None:
    lines = table([["town", *HEAD], *[["Ulm, Donau", *row] for row in PEOPLE]]).splitlines()
    doubled = [line.replace('"', '""') for line in lines]
    understood = read("".join(f'"{line}"\n' for line in doubled), "columns.town=category")
    assert column(understood, "town").first[0] == "Ulm, Donau"


def test_a_column_of_quoted_sentences_with_commas_is_no_quoted_table() -> None:
    lines = [f'"Well, I saw {i} of them, over there"' for i in range(30)]
    lines += ['"No, never"', '"One, two, three, four"', '"Thanks, 5 of us"'] * 5
    assert len(read("\n".join(lines)).columns) == 1


def test_lines_of_fasttext_are_labels_and_texts() -> None:
    lines = [
        f"__label__{'good' if i % 2 else 'bad'} this film, number {i}, was long" for i in range(40)
    ]
    understood = read("\n".join(lines))
    assert (understood.kind, understood.target, understood.rows) == ("text", "label", 40)
    assert {entry.name: entry.count for entry in understood.classes} == {"good": 20, "bad": 20}
    assert column(understood, "text").first[1] == "this film, number 1, was long"
    lines[3] = "__label__good __label__long this film was long"
    assert told(read("\n".join(lines))) == ["several_labels"]


def test_pairs_of_place_and_value_are_a_table_in_which_what_is_not_named_is_0() -> None:
    lines = [f"{i % 2} 1:{i / 4} 3:0.{i % 9}1 # note" for i in range(40)]
    lines[5] = "1 3:0.5"
    understood = read("\n".join(lines))
    assert [facts.name for facts in understood.columns] == ["target", "1", "2", "3"]
    assert column(understood, "1").first == [0.0, 0.25, 0.5] and understood.proposed == "target"
    assert read("\n".join(lines), "columns.2=number").columns[2].first[0] == 0.0


def test_numbers_with_times_of_day_are_no_pairs() -> None:
    lines = [f"{i} 8:{i % 60:02d} 17:{(i + 7) % 60:02d}" for i in range(20)]
    assert next(facts.name for facts in read("\n".join(lines)).columns) != "target"
