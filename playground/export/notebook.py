"""The script as a Jupyter notebook: the same lines in the same order, a cell for every part."""

import json
import re
from typing import Any

from ..experiment import Experiment
from .script import script

PARTS = re.compile(r"(?m)^(?=# ---- )")  # before the first line of each section


def notebook(experiment: Experiment) -> dict[str, Any]:
    """The notebook as JSON values (nbformat 4.5). Raises: ExperimentError where the experiment cannot be built."""
    # The script's docstring, between its first two triple quotes, becomes the text above the code.
    _, about, code = script(experiment, takes_path=False).split('"""', 2)
    title, _, text = about.strip().partition("\n")
    cells = [_cell("markdown", f"# {title}\n\n{text.strip()}", 0)]
    for i, part in enumerate(PARTS.split(code), 1):
        cells.append(_cell("code", part.strip(), i))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def notebook_text(experiment: Experiment) -> str:
    """The notebook as the text of an .ipynb file."""
    return json.dumps(notebook(experiment), indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    """In: "markdown" or "code". The number makes its id, which must differ from cell to cell."""
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"part-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
