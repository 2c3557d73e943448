"""The script as a Jupyter notebook: the same lines in the same order, a cell for every part."""

import json
import re
from typing import Any

from ..experiment import Experiment
from .script import script

PARTS = re.compile(r"(?m)^(?=# ---- )")


def notebook(experiment: Experiment) -> dict[str, Any]:
    """The notebook as JSON values (nbformat 4.5). Raises: ExperimentError where the experiment cannot be built."""
    _, about, code = script(experiment, takes_path=False).split('"""', 2)
    title, _, text = about.strip().partition("\n")
    parts = [part.strip() for part in PARTS.split(code)]
    cells = [_cell("markdown", f"# {title}\n\n{text.strip()}", 0)]
    cells += [_cell("code", part, i) for i, part in enumerate(parts, 1) if part]
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
    cell = {
        "cell_type": kind,
        "id": f"part-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}
