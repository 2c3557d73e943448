"""What the files are called that an experiment is taken away in."""

from ..experiment import Experiment
from ..preset_files import presets

UNNAMED = "Untitled"  # the name that an experiment has before a person gives it one
MOST_CHARACTERS = 60


def file_stem(experiment: Experiment) -> str:
    """The name of the script without its ending: `digits-basic-cnn`.

    Out: the id of a preset that has this name, else the name itself, else that of the data; letters of any alphabet,
    digits and hyphens only.
    """
    for preset in presets().values():
        titles = preset.title  # in English and in Chinese
        if experiment.name in titles:
            return preset.id
    own_stem = slug(experiment.name)
    if own_stem and experiment.name != UNNAMED:
        return own_stem
    return slug(f"{experiment.data.id}-network")


def slug(text: str) -> str:
    """ "House prices (mine)" -> "house-prices-mine"."""
    spaced = "".join(c if c.isalnum() else " " for c in text.lower())
    return "-".join(spaced.split())[:MOST_CHARACTERS].strip("-")
