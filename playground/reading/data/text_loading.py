"""Texts of a person's own file, by what was found out about it before. The exported script carries these functions.

`recipe`: a dictionary of literals, as `text_recipe.py` makes it.
"""

import numpy as np


def labelled_texts(rows, recipe):
    """The texts of a table, and the number of the class of each; rows without a text or a class are left out.

    In: rows of cells. Out: a list of str, int64 (N,).
    """
    texts = []
    labels = []
    for row in rows:
        text = row[recipe["text"]]
        label = row[recipe["label"]]
        if text not in recipe["no_text"] and label in recipe["class_of"]:
            texts.append(text)
            labels.append(recipe["class_of"][label])
    return texts, np.array(labels, dtype=np.int64)


def column_texts(rows, recipe):
    """The texts of one column of a table."""
    cells = [row[recipe["text"]] for row in rows]
    return [cell for cell in cells if cell not in recipe["no_text"]]


def text_files_in(data, recipe):
    """The folder and the text of every file of a ZIP that is used, in order of their names."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            folder, _, file = name.replace("\\", "/").rpartition("/")
            is_text = file.lower().endswith((".txt", ".text")) and not file.startswith(".")
            if not is_text or folder not in recipe["class_of"]:
                continue
            text = archive.read(name).decode(recipe["encoding"], "replace")
            text = text.removeprefix("\ufeff").replace("\x00", "").strip()
            if text:
                yield folder, text


def files_of(data, recipe):
    """The text files of a ZIP in order of their names, and the class number of the folder of each.

    Out: a list of str, int64 (N,), 0 where nothing is to be told apart.
    """
    texts = []
    labels = []
    for folder, text in text_files_in(data, recipe):
        texts.append(text)
        labels.append(recipe["class_of"][folder])
    return texts, np.array(labels, dtype=np.int64)


def held_out_files(data, recipe):
    """Which of these files lie in folders that are there to test with: bool (N,)."""
    folders = [folder for folder, _ in text_files_in(data, recipe)]
    return np.isin(folders, recipe["test_folders"])
