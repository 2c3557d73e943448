"""The data card: what the network learns from."""

TEXT: dict[str, tuple[str, str]] = {
    "data.title": ("Data", "数据"),
    "data.help": ("what the network learns from", "网络从这些数据中学习"),
    "data.set": ("Data set", "数据集"),
    "data.chip.image": ("{size}, grey", "{size}，灰度"),
    "data.chip.image.colour": ("{size}, colour", "{size}，彩色"),
    "data.chip.points": ("points in the plane", "平面上的点"),
    "data.chip.table": ("{size} features", "{size} 个特征"),
    "data.chip.table.one": ("1 feature", "1 个特征"),
    "data.chip.text": ("text, up to {size} tokens", "文本，最多 {size} 个词元"),
    "data.chip.series": ("time series, windows of {size}", "时间序列，窗口 {size} 步"),
    "data.chip.train": ("{n} training", "训练 {n}"),
    "data.chip.validation": ("{n} validation", "验证 {n}"),
    "data.thumbs": ("A few samples of each class", "每个类别的若干样本"),
    "data.scatter": (
        "The points: filled for training, hollow for validation",
        "数据点：实心为训练，空心为验证",
    ),
    "data.class": ("class {name}", "类别 {name}"),
    "data.filled": ("filled: training", "实心：训练"),
    "data.hollow": ("hollow: validation", "空心：验证"),
}

CATALOGUE_ZH: dict[str, str] = {
    "Digits (MNIST)": "手写数字（MNIST）",
    "5,000 real handwritten digits from MNIST, 500 of each, 28 × 28 pixels.": "来自 MNIST 的 5,000 个真实手写数字，每个数字 500 个，28 × 28 像素。",
    "validation": "验证比例",
    "Share of the samples held out for validation": "留作验证的样本比例",
    "batch size": "批量大小",
    "Samples per step": "每一步的样本数",
    "seed": "种子",
}
