"""What the files are called that an experiment is taken away in."""

from ..experiment import Experiment
from ..preset_files import presets

UNNAMED = "Untitled"  # the name that an experiment has before a person gives it one
MOST = 60


def file_stem(experiment: Experiment) -> str:
    """The name of the script without its ending: `digits-basic-cnn`. Letters, digits and hyphens only."""
    for preset in presets().values():
        if experiment.name in preset.title:
            return preset.id
    if experiment.name != UNNAMED and slug(experiment.name):
        return slug(experiment.name)
    return slug(f"{experiment.data.id}-network")


def slug(text: str) -> str:
    """ "House prices (mine)" -> "house-prices-mine"."""
    spaced = "".join(c if c.isalnum() else " " for c in text.lower())
    return "-".join(spaced.split())[:MOST].strip("-")
