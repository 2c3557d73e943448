"""Experiment -> a stand-alone PyTorch script that repeats the run, bit for bit on the same machine.

It begins with what it is about, the imports, a few constants, and our functions and classes as they stand. Then come
three sections, *data*, *network* and *training*; each says which functions and modules it needs.
"""

from ..catalogues.layers import every_layer
from ..experiment import Experiment
from ..faults import ExperimentError
from ..network.cost import cost_of
from ..network.tracing import Trace, trace
from .data_section import data_section
from .names import UNNAMED, file_stem
from .network_section import network_section
from .section import Recipe, Section, source_of, with_uses
from .training_section import training_section

REPEATS = "Repeats the run: on the same machine, torch and thread count every number is the same."


def script(experiment: Experiment, takes_path: bool = True, traced: Trace | None = None) -> str:
    """The script. `takes_path`: a person's own file may be named as its argument, which a notebook does not have.

    In: the experiment's trace, where it has been made. Raises: ExperimentError where the experiment cannot be built.
    """
    traced = traced or trace(experiment)
    if traced.faults:
        raise ExperimentError(traced.faults)
    recipe = Recipe(experiment, traced, takes_path)
    sections = [data_section(recipe), network_section(recipe), training_section(recipe)]
    head = "\n".join([_about(recipe), "", *_imports(sections), "", *_constants(recipe)])
    blocks = ["\n".join(section.lines) for section in sections]
    body = "\n\n".join(blocks)
    return f"{head}\n\n\n{_definitions(sections)}\n\n\n{body}\n"


def _about(recipe: Recipe) -> str:
    """The docstring: a title, what must be there, and what the script promises."""
    packages = " ".join(_packages(recipe))
    lines = [f"Needs: pip install {packages}.", *_about_files(recipe), REPEATS]
    title = _docstring_safe(recipe.experiment.name)
    return "\n".join([f'"""{title}', "", *lines, '"""'])


def _packages(recipe: Recipe) -> list[str]:
    """What the script imports and Python does not have, each once."""
    packages = ["torch", "numpy", *recipe.data.needs]
    for layer in every_layer(recipe.experiment.layers):
        packages += layer.needs
    return list(dict.fromkeys(packages))


def _about_files(recipe: Recipe) -> list[str]:
    """Which files the script reads, and where they are looked for."""
    data = recipe.data
    own_file = data.own_file()
    if own_file:
        return _about_own_file(recipe, own_file)
    if data.file_note:
        return [data.file_note]
    if data.files:
        files = ", ".join(data.files)
        return [f"Reads {files}: put it next to this script (the playground has it)."]
    return []


def _about_own_file(recipe: Recipe, name: str) -> list[str]:
    if not recipe.takes_path:
        return [f"Reads {name}, your own file: put it next to this notebook."]
    path = _as_argument(f"path/to/{name}")
    call = f"python {file_stem(recipe.experiment)}.py {path}"
    return [f"Reads {name}, your own file: put it next to this script, or say where:", call]


def _as_argument(path: str) -> str:
    """The path as it is typed after a command: a shell would cut it at a space."""
    return f'"{path}"' if " " in path else path


def _imports(sections: list[Section]) -> list[str]:
    """Python's own modules, then the packages."""
    modules: set[str] = set()
    for section in sections:
        modules |= section.modules
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
    """The source of everything that the sections need, each once and before it is used."""
    definitions = []
    for section in sections:
        definitions += section.definitions
    sources = [source_of(definition) for definition in with_uses(definitions)]
    return "\n\n\n".join(sources)


def _docstring_safe(name: str) -> str:
    """A name that cannot leave its docstring: on one line, without quotes and backslashes."""
    harmless = "".join(c for c in name if c.isprintable() and c not in '"\\').strip()
    return harmless or UNNAMED
