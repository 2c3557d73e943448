"""A pretrained network as a layer, and its download."""

CATALOGUE_ZH: dict[str, str] = {
    "Backbone": "骨干网络",
    "A whole network that can start with what it learned from a million photos, and gives features of a picture.": "一个完整的网络，可以从它在一百万张照片上学到的权重开始，给出图片的特征。",
    "net": "网络",
    "Which network of torchvision": "使用 torchvision 的哪个网络",
    "resnet18": "ResNet-18",
    "mobilenet_v3_small": "MobileNetV3-small",
    "shufflenet_v2_x0_5": "ShuffleNetV2 x0.5",
    "shufflenet_v2_x1_0": "ShuffleNetV2 x1.0",
    "squeezenet1_1": "SqueezeNet 1.1",
    "weights": "权重",
    "pretrained: as learned from the photos of ImageNet, downloaded once; random: from scratch": "预训练：在 ImageNet 照片上学到的权重，只需下载一次；随机：从头开始",
    "pretrained": "预训练",
    "random": "随机",
    "frozen": "冻结",
    "Keep its weights as they are, so that only the layers after it learn: much faster, and better with few pictures": "保持其权重不变，只让后面的层学习：快得多，图片少时效果也更好",
    "stage": "阶段",
    "Up to which of its four stages: early ones see edges": "用到四个阶段中的第几个：靠前的阶段看到的是边缘",
    "returns": "输出",
    "features: one number per channel, the mean over the picture; maps: where in the picture, too": "特征：每个通道一个数，即整张图片的平均；特征图：还保留在图片中的位置",
    "features": "特征",
    "maps": "特征图",
    "Smaller pictures are enlarged until their shorter side has so many pixels": "较小的图片会放大，直到短边达到这么多像素",
}

FAULTS_ZH: dict[str, str] = {
    "needs_picture": "{layer} 需要灰度或彩色图片（1 或 3 个通道），但得到 {shape}；请把它放在列表的开头",
    "weights_not_downloaded": "本机还没有 {name} 的预训练权重：请下载，或改用随机权重，或把文件放到 {file}",
    "weights_downloading": "正在下载 {name} 的预训练权重，完成后即可训练",
    "weights_failed": "无法下载 {name} 的预训练权重（{detail}）：请重试，或改用随机权重，或把文件放到 {file}",
    "weights_damaged": "{name} 的预训练权重无法使用（{detail}）：请删除 {file} 并重新下载",
}

REPAIRS: dict[str, tuple[str, str]] = {
    "download_weights": ("Download the weights", "下载权重"),
    "start_random": ("Start from random weights", "改用随机权重"),
}
