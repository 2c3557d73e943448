"""Which image is looked at: a validation image, the drawing, the photo."""

from . import Component


class SamplePicker(Component):
    """Which image is looked at: a validation image, the drawing, the photo."""

    name = "sample_picker"
