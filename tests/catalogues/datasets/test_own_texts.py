"""Texts of a person's own: what is learnt of which file, the same numbers in the script, and files of little use."""

import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.texts.own import OwnTexts
from playground.experiment import Experiment
from playground.export.sources import read_source
from playground.faults import ExperimentError
from playground.results import train
from tests.reading.data.workbook_files import workbook

from .own_texts_files import PROSE, as_csv, as_zip, folders, in_parts, messages, own


def of_script(data: OwnTexts, tmp_path: Path) -> tuple[np.ndarray, np.ndarray]:
    """x and y as the lines of the script make them, with nothing but the functions that they carry."""
    line, functions = data.source()
    path = tmp_path / "mine.csv"
    path.write_bytes(uploads.get(data.file))
    names: dict[str, Any] = {"np": np, "DATA_FILE": str(path)}
    for function in functions:
        exec(read_source(function), names)
    exec(line, names)
    return names["x"], names["y"]


FILES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "a table": (as_csv(messages()), {}),
    "a table without names": (as_csv(messages(), ()), {}),
    "a table by character": (as_csv(messages()), {"split_into": "characters", "text_length": 12}),
    "semicolons in Windows-1252": (
        as_csv([[label, f"schöne Grüße, {text}"] for label, text in messages()])
        .decode()
        .replace(",", ";")
        .encode("cp1252"),
        {},
    ),
    "lines of fastText": (
        "\n".join(f"__label__{label} {text}" for label, text in messages()).encode(),
        {},
    ),
    "few words known": (as_csv(messages()), {"max_vocabulary": 10}),
    "a workbook": (workbook({"Sheet1": [["label", "message"], *messages()]}), {}),
    "a workbook of one column": (workbook({"a": [[text * 3] for _, text in messages()]}), {}),
    "folders": (as_zip(folders()), {}),
    "training and test folders": (as_zip(in_parts()), {}),
    "folders in UTF-16": (as_zip(folders(), "utf-16"), {}),
    "one long text": (PROSE.encode(), {}),
    "one long text with the line ends of Windows": (PROSE.replace("\n", "\r\n").encode(), {}),
    "text files without classes": (as_zip({f"{i}.txt": PROSE[i:] for i in range(3)}), {}),
    "a table from which it learns to write": (
        as_csv(messages()),
        {"learn": "next", "text_length": 8},
    ),
}


def test_training_and_test_folders_are_the_two_parts() -> None:
    data = own(as_zip(in_parts()))
    assert data.class_names() == ("neg", "pos") and data.has_given_parts
    assert data.counts() == (20, 8)
    assert data.understood()["parts"] == {"train": 20, "test": 8}
    assert [note["code"] for note in data.understood()["notes"]] == ["no_text_files"]
    split = data.split()
    x, _ = data.raw()
    held_out = {tuple(row) for row in x.tolist()} - {tuple(row) for row in split.train_x.tolist()}
    assert {tuple(row) for row in split.val_x.tolist()} >= held_out
    assert "unseen" not in data.vocabulary() and "evening" in data.vocabulary()


def test_a_class_that_only_the_test_folder_has_cannot_be_learnt() -> None:
    data = own(
        as_zip({**in_parts(), "films/test/odd/1.txt": "odd", "films/test/odd/2.txt": "odder"})
    )
    assert data.class_names() == ("neg", "pos") and data.counts() == (20, 8)


@pytest.mark.parametrize("name", FILES)
def test_the_script_makes_the_same_numbers(name: str, tmp_path: Path) -> None:
    content, options = FILES[name]
    data = own(content, **options)
    assert data.fault() is None
    x, y = data.raw()
    for ours, theirs in zip((x, y), of_script(data, tmp_path), strict=True):
        assert np.array_equal(ours, theirs) and ours.dtype == theirs.dtype == np.int64
    assert len(x) == data.n_samples() and x.shape[1] == data.length
    assert x.max() < data.sample_shape().vocabulary and (x[:, 0] > 0).all()
    split = data.split()
    assert (len(split.train_x), len(split.val_x)) == data.counts()


def test_a_table_of_labels_and_texts_is_told_apart_by_words() -> None:
    data = own(as_csv(messages()))
    assert (data.task, data.unit, data.generates) == ("classification", "word", False)
    assert data.class_names() == ("ham", "spam")
    assert np.bincount(data.raw()[1]).tolist() == [60, 20]
    assert "prize" in data.vocabulary()


def test_the_words_come_from_the_training_part_alone() -> None:
    rows = messages()
    data = own(as_csv([[label, f"{text} w{'x' * i}"] for i, (label, text) in enumerate(rows)]))
    train, _ = data.divide(data.raw()[1])
    singles = [word for word in data.vocabulary() if set(word) == {"w", "x"}]
    # Every text has one word of its own, and those of the validation part are not known.
    assert len(singles) == sum(i > 0 for i in train)  # that of the first text is "w" alone


def test_a_label_in_several_spellings_is_one_class_and_the_first_message_is_no_name() -> None:
    rows = messages()
    rows[0][0], rows[1][0] = "SPAM", "Ham "
    data = own(as_csv(rows, ()))
    assert data.class_names() == ("ham", "spam") and data.n_samples() == len(rows)


def test_texts_are_read_as_long_as_nearly_all_of_them_are() -> None:
    rows = [["ab"[i % 2], "word " * (200 if i == 0 else 6)] for i in range(100)]
    assert own(as_csv(rows)).length == 6
    assert own(as_csv(rows), text_length=9).length == 9


def test_a_language_that_parts_no_words_is_read_by_characters() -> None:
    rows = [
        ["好" if i % 2 else "坏", f"这部电影非常{'好看' if i % 2 else '无聊'}，第{i}次"]
        for i in range(40)
    ]
    data = own(as_csv(rows))
    assert data.unit == "character" and "影" in data.vocabulary()


def test_folders_are_classes_and_what_is_no_text_is_passed_over() -> None:
    data = own(as_zip(folders()))
    assert data.class_names() == ("neg", "pos") and data.found().sizes == (12, 12)
    facts = data.understood()
    assert (facts["kind"], facts["rows"]) == ("text", 24)
    assert facts["classes"] == [{"name": "neg", "count": 12}, {"name": "pos", "count": 12}]


def test_a_long_text_is_cut_into_pieces_and_every_character_asked_for_the_next() -> None:
    data = own(PROSE.encode(), text_length=16)
    assert data.generates and data.task == "labelling" and data.class_names() == data.vocabulary()
    x, y = data.raw()
    assert data.decode(x[0]) == PROSE[:16]
    letters = data.vocabulary()
    assert "".join(letters[k] for k in y[0]) == PROSE[1:17]
    assert data.decode(x[1]) == PROSE[16:32].strip("\n")


def test_what_is_written_on_goes_beyond_a_line() -> None:
    from playground.questions.texts import Generate
    from playground.training.trainer import Trainer

    data = own(PROSE.encode(), text_length=16, batch_size=8)
    layers = [{"layer": "embedding", "size": 4}]
    experiment = Experiment.from_dict({"data": data.model_dump(), "layers": layers})
    trainer = Trainer(experiment)
    trainer.model.eval()
    made = Generate("It was", length=120, count=2, temperature=1.0)(trainer)
    assert made.prompt == "It was" and all(len(text) == 120 for text in made.texts)
    assert len(Generate("", length=30, count=1)(trainer).texts[0]) == 30


@pytest.mark.parametrize("name", ["a table", "folders", "one long text"])
def test_a_raw_text_is_answered_as_its_row_was(name: str) -> None:
    content, options = FILES[name]
    data = own(content, **options, batch_size=8)
    layers: list[dict[str, Any]] = [{"layer": "embedding", "size": 4}]
    if not data.generates:
        layers.append({"layer": "time_pool"})
    value = {"data": data.model_dump(), "layers": layers, "training": {"epochs": 1}}
    finished = train(Experiment.from_dict(value))
    x, _ = data.raw()
    texts = data.found().texts[:1] if not data.generates else [data.prepared(data.decode(x[0]))]
    answer = finished.predict(list(texts))
    with torch.inference_mode():
        scores = finished.model(torch.from_numpy(x[:1])).float()
    torch.testing.assert_close(torch.from_numpy(answer), scores.softmax(-1), atol=1e-6, rtol=0)


@pytest.mark.parametrize("name", ["a table", "one long text"])
@pytest.mark.parametrize(
    "sample", ["", " Call now! ", "e\u0301te\r\nhere", "It was the best of times. " * 400]
)
def test_the_lines_beside_an_onnx_file_prepare_a_text_alike(name: str, sample: str) -> None:
    content, options = FILES[name]
    data = own(content, **options)
    names: dict[str, Any] = {"unicodedata": unicodedata, "sample": sample}
    lines, functions = data.preparing_code()
    names |= {function.__name__: function for function in functions}
    for line in lines:
        exec(line, names)
    assert names["text"] == data.prepared(sample)


def test_the_columns_of_a_table_are_known_by_name() -> None:
    data = own(as_csv(messages()))
    assert data.message_name == "message" and data.found().recipe["columns"] == ["message", "label"]
    assert own(PROSE.encode()).message_name == ""


def test_an_example_is_shown_until_a_file_is_chosen() -> None:
    data = DATASETS["own_texts"]()
    assert data.class_names() == ("negative", "positive") and data.n_samples() == 2_682
    assert (
        data.preview()["example"] is True and own(as_csv(messages())).preview()["example"] is False
    )


def faults(content: bytes, **options: Any) -> list[str]:
    """The codes of what is wrong with a file."""
    fault = own(content, **options).fault()
    return [] if fault is None else [fault.code]


def test_classes_of_one_text_and_rows_without_a_text_are_left_out_and_told() -> None:
    rows = [*messages(), ["rare", "only once here"], ["ham", ""], ["", "no label at all here"]]
    data = own(as_csv(rows))
    assert data.class_names() == ("ham", "spam") and data.n_samples() == 80
    facts = data.understood()
    assert facts["left_out"] == {"count": 3, "lines": [82, 83, 84], "files": None}
    assert {"without_text", "single_classes"} <= {note["code"] for note in facts["notes"]}
    assert facts["rows"] == 80


def test_files_of_little_use_are_refused_with_a_way_on() -> None:
    assert faults(as_csv([["ham", text] for _, text in messages()]), target="label") == [
        "table_one_class"
    ]
    assert faults(as_csv(messages()), target="nowhere") == ["table_no_column"]
    assert faults(b"too short") == ["texts_too_short"]
    assert faults(b"  \n \n") == ["upload_empty"]
    assert faults(PROSE.encode(), learn="classes") == ["texts_no_labels"]
    assert faults(as_csv(messages()), choices=["encoding=nonsense"]) == ["data_encoding"]
    assert faults(as_zip({"a.txt": "", "b.txt": " "})) == ["upload_empty"]
    gone = DATASETS["own_texts"](file="0" * 64)
    assert gone.fault().code == "upload_missing"
    with pytest.raises(ExperimentError, match="upload it again"):
        gone.raw()


def test_nul_characters_are_taken_out() -> None:
    data = own(PROSE.replace("best", "be\0st").encode())
    assert "\0" not in data.vocabulary() and data.fault() is None


def test_of_a_text_of_ten_megabytes_the_beginning_is_learnt_from() -> None:
    paragraph = PROSE.replace("\n", " ")
    data = own("\n".join([paragraph] * 4_500).encode())
    assert 4_000_000 / 64 <= data.n_samples() <= 4_000_000 / 64 + 1


@pytest.mark.parametrize("n_texts", [30_000])
def test_too_much_for_one_table_of_numbers_is_refused_with_a_shorter_length(
    n_texts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.catalogues.datasets.texts import own as module

    monkeypatch.setattr(module, "MOST_NUMBERS", 10 * n_texts)
    rows = [
        ["ab"[i % 2], "so many words in this text and yet some more of them here"]
        for i in range(n_texts)
    ]
    data = own(as_csv(rows))
    fault = data.fault()
    assert fault is not None and fault.code == "texts_too_many"
    repaired = data.model_copy(update=dict(fault.repairs[0].data or {}))
    assert repaired.fault() is None and repaired.length == 10
