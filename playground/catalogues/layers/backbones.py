"""A network that was trained before, as one layer at the start of the list."""

from typing import ClassVar, Literal

from pydantic import Field

from ...faults import shape_text
from ..backbones import STAGES, Backbone
from ..calls import Call
from .base import LAYERS, Complaint, Fix, ImageLayer, Shape

PICTURE_CHANNELS = (1, 3)  # grey or in colour
LEAST_SIDE = 64  # pixels; the last stage of a smaller picture would be a single pixel


@LAYERS.register
class PretrainedBackbone(ImageLayer):
    """A whole network that can start with what it learned from a million photos, and gives features of a picture.

    In: (N, 1 or 3, H, W). Out: (N, C), or as maps (N, C, H', W'). Small pictures are enlarged, grey ones become three
    equal channels. Source: torchvision.models; Yosinski et al. 2014, How transferable are features …?
    """

    id = "backbone"
    label = "Backbone"
    family = "conv"
    group = "convolution"
    needs: ClassVar[tuple[str, ...]] = ("torchvision",)
    ends_features = True
    net: Literal[
        "mobilenet_v3_small",
        "resnet18",
        "shufflenet_v2_x0_5",
        "shufflenet_v2_x1_0",
        "squeezenet1_1",
    ] = Field("mobilenet_v3_small", description="Which network of torchvision")
    weights: Literal["pretrained", "random"] = Field(
        "pretrained",
        description="pretrained: as learned from the photos of ImageNet, downloaded once; random: from scratch",
    )
    frozen: bool = Field(
        True,
        description="Keep its weights as they are, so that only the layers after it learn: much faster, "
        "and better with few pictures",
    )
    stage: int = Field(
        STAGES, ge=1, le=STAGES, description="Up to which of its four stages: early ones see edges"
    )
    returns: Literal["features", "maps"] = Field(
        "features",
        description="features: one number per channel, the mean over the picture; maps: where in the picture, too",
    )
    size: int = Field(
        96,
        ge=LEAST_SIDE,
        le=224,
        description="Smaller pictures are enlarged until their shorter side has so many pixels",
        json_schema_extra={"unit": "px", "step": 32},
    )

    @property
    def stays_frozen(self) -> bool:
        return self.frozen

    @property
    def download(self) -> str:
        return self.net if self.weights == "pretrained" else ""

    def complaint(self, shape: Shape) -> Complaint | None:
        no_image = super().complaint(shape)
        if no_image is not None or shape[0] in PICTURE_CHANNELS:
            return no_image
        values = {"layer": self.label, "shape": shape_text(shape)}
        return Complaint("needs_picture", values, fixes=(Fix("remove", ()),))

    def call(self, shape: Shape) -> Call:
        return Call.of(
            Backbone,
            self.net,
            stage=self.stage,
            pretrained=self.weights == "pretrained",
            frozen=self.frozen,
            maps=self.returns == "maps",
            size=self.size,
        )
