"""What images need beside the data card: a download, pictures of one's own, augmentation."""

from . import Component


class ImageData(Component):
    """A card that shows itself where the chosen data are images with something to do about them."""

    name = "image_data"
