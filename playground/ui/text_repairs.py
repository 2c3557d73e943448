"""What the one-click repairs are called, by their code: (English, Simplified Chinese)."""

from .words import joined

REPAIRS: dict[str, tuple[str, str]] = {
    "insert_flatten": ("Insert Flatten", "插入 Flatten"),
    "insert_global_pool": ("Insert global average pool", "插入全局平均池化"),
    "insert_time_pool": ("Pool over time", "插入时间池化"),
    "use_time_pool": ("Pool over time instead", "改用时间池化"),
    "insert_embedding": ("Insert Embedding", "插入 Embedding"),
    "use_loss": ("Use the loss that suits", "改用合适的损失"),
    "use_starter": ("Use a network that suits these data", "换成适合这些数据的网络"),
    "remove": ("Remove this layer", "删除此层"),
    "use_smaller": ("Use the largest that fits", "改用放得下的最大值"),
    "use_batchnorm1d": ("Use BatchNorm1d", "改用 BatchNorm1d"),
    "use_batchnorm2d": ("Use BatchNorm2d", "改用 BatchNorm2d"),
    "use_batch": ("Use a batch that fits", "改用放得下的批量"),
    "use_projection": ("Use the projection shortcut", "使用投影捷径"),
}

REPAIRS |= joined("REPAIRS")
