"""What was said about a file of one's own: lines of choices, added and replaced."""

from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.own_file import understood, with_line

PEOPLE = b"name;age;town\n" + b"".join(
    b"p%d;%d;%s\n" % (i, 20 + i % 40, (b"Ulm", b"Bonn")[i % 2]) for i in range(60)
)


def test_a_choice_replaces_an_earlier_one_of_the_same_key_and_words_for_missing_add_up() -> None:
    lines = with_line(["columns.age=number", "missing=-1"], "columns.age=category")
    assert lines == ["missing=-1", "columns.age=category"]
    assert with_line(lines, "missing=-2") == ["missing=-1", "columns.age=category", "missing=-2"]
    assert with_line(lines, "missing=-1") == ["columns.age=category", "missing=-1"]


def test_a_file_is_understood_as_its_owner_says_with_the_codes_of_its_doubts() -> None:
    file = uploads.put(PEOPLE, "csv", "people.csv")
    facts = understood(file, "table", ())
    asked = {doubt["code"]: doubt for doubt in facts["doubts"]}
    assert "target_last" in asked
    remedy = asked["target_last"]["remedies"][0]
    assert remedy["code"] == "predict" and remedy["set"] == "target=town"
    assert remedy["values"] == {"name": "town"}
    settled = understood(file, "table", ("target=town",))
    assert settled["target"] == "town"
    assert [(kind["name"], kind["count"]) for kind in settled["classes"]] == [
        ("Bonn", 30),
        ("Ulm", 30),
    ]
