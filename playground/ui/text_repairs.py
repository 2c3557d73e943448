"""What the one-click repairs are called, by their code: (English, Simplified Chinese)."""

REPAIRS: dict[str, tuple[str, str]] = {
    "insert_flatten": ("Insert Flatten", "插入 Flatten"),
    "insert_global_pool": ("Insert global average pool", "插入全局平均池化"),
    "remove": ("Remove this layer", "删除此层"),
    "use_smaller": ("Use the largest that fits", "改用放得下的最大值"),
    "use_batchnorm1d": ("Use BatchNorm1d", "改用 BatchNorm1d"),
    "use_batchnorm2d": ("Use BatchNorm2d", "改用 BatchNorm2d"),
    "use_projection": ("Use the projection shortcut", "使用投影捷径"),
}
