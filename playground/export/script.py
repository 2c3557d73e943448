"""Experiment -> a stand-alone PyTorch script that repeats the run, bit for bit on the same machine.

It has three sections, *data*, *network* and *training*; each says which functions and modules it needs.
"""

from ..experiment import Experiment
from ..faults import ExperimentError
from ..network.cost import cost_of
from ..network.tracing import trace
from .data_section import data_section
from .names import file_stem
from .network_section import network_section
from .section import Recipe, Section, source_of, with_uses
from .training_section import training_section

REPEATS = "Repeats the run: on the same machine, torch and thread count every number is the same."


def script(experiment: Experiment, takes_path: bool = True) -> str:
    """The script. `takes_path`: a person's own file may be named as its argument, which a notebook does not have.

    Raises: ExperimentError where the experiment cannot be built.
    """
    traced = trace(experiment)
    if traced.faults:
        raise ExperimentError(traced.faults)
    recipe = Recipe(experiment, traced, takes_path)
    sections = [data_section(recipe), network_section(recipe), training_section(recipe)]
    blocks = ["\n".join(section.lines) for section in sections]
    head = "\n".join([_about(recipe), "", *_imports(sections), "", *_constants(recipe)])
    return f"{head}\n\n\n{_definitions(sections)}\n\n\n" + "\n\n".join(blocks) + "\n"


def data_files(experiment: Experiment) -> list[str]:
    """Names of the data files that the script reads from its own folder."""
    return list(experiment.data.files)


def _about(recipe: Recipe) -> str:
    """The docstring: a title, what must be there, and what the script promises."""
    packages = " ".join(("torch", "numpy", *recipe.data.needs))
    lines = [f"Needs: pip install {packages}.", *_about_files(recipe), REPEATS]
    return "\n".join([f'"""{_plain(recipe.experiment.name)}', "", *lines, '"""'])


def _about_files(recipe: Recipe) -> list[str]:
    data, own_file = recipe.data, recipe.data.own_file()
    if own_file and recipe.takes_path:
        call = f"python {file_stem(recipe.experiment)}.py {_as_argument(f'path/to/{own_file}')}"
        return [f"Reads {own_file}, your own file: put it next to this script, or say where:", call]
    if own_file:
        return [f"Reads {own_file}, your own file: put it next to this notebook."]
    if data.file_note:
        return [data.file_note]
    if data.files:
        files = ", ".join(data.files)
        return [f"Reads {files}: put it next to this script (the playground has it)."]
    return []


def _as_argument(path: str) -> str:
    """The path as it is typed after a command: a shell would cut it at a space."""
    return f'"{path}"' if " " in path else path


def _imports(sections: list[Section]) -> list[str]:
    modules = set().union(*(section.modules for section in sections))
    lines = [f"import {module}" for module in sorted(modules)]
    lines += ["from collections import OrderedDict", ""]
    return [*lines, "import numpy as np", "import torch", "from torch import nn"]


def _constants(recipe: Recipe) -> list[str]:
    experiment = recipe.experiment
    threads = cost_of(experiment, recipe.traced).threads
    return [
        f"SEED = {experiment.training.seed}",
        f"BATCH_SIZE = {experiment.data.batch_size}",
        f"EPOCHS = {experiment.training.epochs}",
        f"torch.set_num_threads({threads})  # as in the run: another number can change the last bits",
    ]


def _definitions(sections: list[Section]) -> str:
    definitions = [each for section in sections for each in section.definitions]
    return "\n\n\n".join(source_of(each) for each in with_uses(definitions))


def _plain(name: str) -> str:
    """A name that cannot leave its docstring."""
    plain = "".join(c for c in name if c.isprintable() and c not in '"\\').strip()
    return plain or "Untitled"
