"""torchvision's small networks as one layer, and the files that hold what they learned from ImageNet.

The exported script carries `stages_of`, `Backbone` and `start_pretrained` as they stand, so each stands alone.
"""

import torch
from torch import nn

STAGES = 4  # of each of these networks; the picture gets half as wide before or in each
FOLDER = "backbones"
# The files as torchvision calls them; the letters after the dash are the beginning of their SHA-256.
WEIGHT_FILES = {
    "resnet18": "resnet18-f37072fd.pth",
    "mobilenet_v3_small": "mobilenet_v3_small-047dcff4.pth",
    "shufflenet_v2_x0_5": "shufflenetv2_x0.5-f707e7126e.pth",
    "shufflenet_v2_x1_0": "shufflenetv2_x1-5666bf0f80.pth",
    "squeezenet1_1": "squeezenet1_1-b8a52dc0.pth",
}
LABELS = {
    "resnet18": "ResNet-18",
    "mobilenet_v3_small": "MobileNetV3-small",
    "shufflenet_v2_x0_5": "ShuffleNetV2 x0.5",
    "shufflenet_v2_x1_0": "ShuffleNetV2 x1.0",
    "squeezenet1_1": "SqueezeNet 1.1",
}


def stages_of(network, name, last):
    """The first stages of a network of torchvision, without its classifier.

    In: the network, its name there, how many of its four stages. Out: nn.Sequential with a module a stage.
    """
    shufflenet = [["conv1", "maxpool"], ["stage2"], ["stage3"], ["stage4", "conv5"]]
    parts = {
        "resnet18": [
            ["conv1", "bn1", "relu", "maxpool", "layer1"],
            ["layer2"],
            ["layer3"],
            ["layer4"],
        ],
        "shufflenet_v2_x0_5": shufflenet,
        "shufflenet_v2_x1_0": shufflenet,
    }
    # Of the others, the positions in `features` where the next stage begins.
    borders = {"mobilenet_v3_small": [0, 2, 4, 9, 13], "squeezenet1_1": [0, 5, 8, 11, 13]}
    stages = []
    for stage in range(last):
        if name in borders:
            begin, end = borders[name][stage : stage + 2]
            members = list(network.features[begin:end])
        else:
            members = [network.get_submodule(part) for part in parts[name][stage]]
        stages.append(nn.Sequential(*members))
    return nn.Sequential(*stages)


class Backbone(nn.Module):
    """A network of torchvision without its classifier, as a layer over pictures.

    Grey pictures become three equal channels, small ones are enlarged until their shorter side has `size` pixels.
    Nothing is normalised again: the data set centres and scales every channel, as ImageNet's pictures were for these
    networks. A `frozen` one learns nothing, its BatchNorm's means neither, and looks at 16 pictures at a time, so that
    what it says of a picture does not depend on the batch that this comes in, not even in the last bit.

    In: (N, 1 or 3, H, W); features that it gave before pass unchanged. Out: (N, C), or with `maps` (N, C, H', W').
    Source: torchvision.models.
    """

    uses = (stages_of,)
    piece = 16  # pictures that a frozen one looks at together

    def __init__(self, name, stage=4, pretrained=False, frozen=False, maps=False, size=96):
        super().__init__()
        import torchvision

        self.name = name
        self.stage = stage
        self.pretrained = pretrained
        self.frozen = frozen
        self.maps = maps
        self.size = size
        self.stages = stages_of(torchvision.models.get_model(name, weights=None), name, stage)
        if frozen:
            self.stages.requires_grad_(False).eval()

    def take(self, weights):
        """Starts with these weights of the whole network, by torchvision's names."""
        import torchvision

        with torch.device("meta"):  # nothing is drawn at random for it
            whole = torchvision.models.get_model(self.name, weights=None)
        whole.load_state_dict(weights, assign=True)
        used = stages_of(whole, self.name, self.stage)
        self.stages.load_state_dict(used.state_dict())

    def train(self, mode=True):
        """Frozen stages stay as they are for evaluation."""
        super().train(mode)
        if self.frozen:
            self.stages.eval()
        return self

    def forward(self, x):
        if x.shape[1] not in (1, 3):  # features, not pictures
            return x
        # An ONNX graph has no pieces, and shapes alone need none.
        in_pieces = self.frozen and not x.is_meta and not torch.compiler.is_exporting()
        if not in_pieces:
            return self.look(x)
        pieces = []
        for piece in x.split(self.piece):
            n_blank = self.piece - len(piece)
            blank = piece.new_zeros(n_blank, *piece.shape[1:])
            seen = self.look(torch.cat([piece, blank]))
            pieces.append(seen[: len(piece)])
        return torch.cat(pieces)

    def look(self, x):
        """Pictures of any size, grey or in colour -> features."""
        x = x.expand(-1, 3, -1, -1)
        shorter = min(x.shape[2:])
        if shorter < self.size:
            sides = [round(side * self.size / shorter) for side in x.shape[2:]]
            x = nn.functional.interpolate(x, sides, mode="bilinear")
        x = self.stages(x.contiguous(memory_format=torch.channels_last))
        if self.maps:
            # Some networks end in the other format, in which the next layer would add up in another order.
            return x.contiguous(memory_format=torch.channels_last)
        return x.mean((2, 3))


def start_pretrained(model, read=None):
    """Gives the backbones in a network the weights that they learned on ImageNet.

    In: `read`, a backbone's name -> its weights; None: from the internet, where torchvision keeps them.
    """
    for module in model.modules():
        if isinstance(module, Backbone) and module.pretrained:
            if read is not None:
                module.take(read(module.name))
                continue
            import torchvision

            weights = torchvision.models.get_model_weights(module.name)["IMAGENET1K_V1"]
            module.take(weights.get_state_dict(check_hash=True))
