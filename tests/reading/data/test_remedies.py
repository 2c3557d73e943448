"""Every doubt is settled by each of its remedies, in whatever file it was raised."""

from datetime import date, timedelta

import pytest

from playground.faults import ExperimentError
from playground.reading.data.messages import DOUBTS, REMEDIES

from .cases import (
    AGES,
    WAGES,
    WAVE,
    N,
    coded,
    months,
    packed,
    people,
    picture,
    pictures,
    read,
    table,
)

DAYS = [date(2024, 1, 1) + timedelta(i) for i in range(60)]


def in_folders(*names: str) -> dict[str, bytes]:
    """Three pictures in each of these folders."""
    return {f"{name}/{i}.png": coded(picture(i)) for name in names for i in range(3)}


MERGED = [["NESW"[i // 10] if i % 10 == 0 else "", i * i % 17, "ab"[i % 2]] for i in range(40)]
TOTALS = [[f"t{i // 5}", 3] if i % 5 < 4 else [f"t{i // 5} Total", 12] for i in range(20)]
TEXTS = [
    [f"a parcel number {i} that never came", ("none", "a", "b")[i * i % 7 % 3], i * i % 17]
    for i in range(N)
]
FILES: dict[str, str | bytes] = {
    "numbers that mean missing": people(age=[-999 if i % 8 == 0 else age for i, age in enumerate(AGES)]),
    "cells that are no numbers": people(age=["?" * 3 + "1" if i == 4 else age for i, age in enumerate(AGES)]),
    "an open decimal sign": people(towns=["a.b"] * N).replace(",", ";").replace("a.b", "12.345"),
    "a word that may be a kind": people(mood=[("none", "mild", "severe")[i // 2 % 3] for i in range(N)]),
    "ids": people(number=range(N), customer_id=[5000 + 31 * i for i in range(N)], word=[f"w{i}" for i in range(N)]),
    "thin columns": people(a=[1] * N, b=["x"] + [""] * (N - 1)),
    "spellings": people(left=[("yes", "Yes", "no")[i % 3] for i in range(N)]),
    "open dates": people(day=[f"{i * 7 % 12 + 1}/{i * 5 % 11 + 1}/2020" for i in range(N)]),
    "a leak": people(reason=["found" if i % 3 else "none" for i in range(N)]),
    "a total": table([["town", "n"], *[[f"t{i % 5}", i * i % 17] for i in range(20)], ["Total", 99]]),
    "bad rows": people() + "1,2\n" + people().split("\n", 1)[1],
    "cells that are no dates": people(day=["soon", *DAYS[1:]]),
    "signs beside": people(paid=[f"{i}.50" for i in range(N)], way=["debit" if i % 3 else "credit" for i in range(N)]),
    "merged cells": table([["town", "n", "k"], *MERGED]),
    "totals of groups": table([["town", "n"], *TOTALS]),
    "a label that may mean missing": table([["text", "label"], *[[text, label] for text, label, _ in TEXTS]]),
    "columns beside a text": table([["text", "label", "n"], *TEXTS]),
    "gaps": table([["day", "v"], *[[day, v] for day, v in zip(DAYS, WAVE, strict=False) if day.day != 9]]),
    "doubles": table([["day", "v"], *zip([*DAYS, DAYS[4]], WAVE, strict=False)]),
    "groups": table([["town", "day", "v"], *[[t, day, v] for t in "ab" for day, v in zip(DAYS, WAVE, strict=False)]]),
    "several values": table([["month", "a", "b"], *zip(months(60), WAVE, WAVE[::-1], strict=False)]),
    "broken pictures": packed(pictures() | {"x.png": coded(picture(0)), "ants/b.png": b"?"}),
    "the same picture": packed(pictures() | dict.fromkeys(("ants/x.png", "bees/x.png"), coded(picture(2)))),
    "letters behind numbers": people(wage=[f"{w} H" if i % 7 == 0 else w for i, w in enumerate(WAGES)]),
    "codes or powers": people(bus=[("12", "7B", "2", "5M", "10", "4K")[i % 6] for i in range(N)]),
    "percent and shares": people(rate=[("12%", "0.12", "0.4", "9.5%")[i % 4] for i in range(N)]),
    "dashes": people(paid=[("$ -", "$5.20", "($7.25)")[i % 3] for i in range(N)],
                     due=[("-", "4.5")[i % 2] for i in range(N)]),
    "another unit": people(area=["9 m² net" if i == 3 else 100 + i for i in range(N)]),
    "folds": packed(pictures("fold1/") | pictures("fold2/", 3)),
    "all beside parts": packed(pictures("train/") | pictures("test/") | pictures("all/") | pictures("odd.=/")),
    "a flat test folder": packed(pictures() | {f"test/{i}.png": coded(picture(i)) for i in range(3)}),
    "strays beside inner parts": packed(in_folders("a/train", "a/test", "b/train", "b/test", "b")),
    "masks": packed(in_folders("images", "masks")),
    "classes in names": packed({f"{name}_{i}.png": coded(picture(i % 3)) for name in "ab" for i in range(5)}),
    "learnt and tested": packed(
        pictures("train/")
        | pictures("test/")
        | dict.fromkeys(("train/ants/x.png", "test/ants/x.png"), coded(picture(2)))
    ),
    "names with signs": people(**{"a=b.c": [-999 if i % 8 == 0 else age for i, age in enumerate(AGES)]}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_remedy_settles_its_doubt_and_says_what_it_does(name: str) -> None:
    understood = read(FILES[name])
    assert understood.doubts
    for doubt in (*understood.doubts, *understood.notes):
        assert doubt.message and "{" not in doubt.message
        for remedy in doubt.remedies:
            assert remedy.label and "{" not in remedy.label
            if remedy.code == "stop":
                with pytest.raises(ExperimentError):
                    read(FILES[name], remedy.set)
                continue
            settled = read(FILES[name], remedy.set)
            left = {(other.code, other.place) for other in settled.doubts}
            assert (doubt.code, doubt.place) not in left, remedy.set


def test_the_file_itself_settles_nothing_that_its_owner_did_not_say() -> None:
    assert {doubt.code for doubt in read(FILES["ids"]).doubts} >= {
        "row_number",
        "id",
        "all_different",
    }


@pytest.mark.parametrize("sentence", [*DOUBTS.values(), *REMEDIES.values()])
def test_a_sentence_begins_small_and_ends_without_a_point(sentence: str) -> None:
    assert not sentence.endswith(".") and sentence == sentence.strip()


@pytest.mark.parametrize(
    "choice", ["nothing=1", "target", "kind=poem", "odd.age=perhaps", "day_first.x=maybe"]
)
def test_a_choice_that_there_is_not_is_named(choice: str) -> None:
    with pytest.raises(
        ExperimentError, match=r"--set: .*(is not an option|cannot have that value)"
    ):
        read(people(), choice)
