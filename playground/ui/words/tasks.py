"""Chinese for what the tasks say of their data and of the output layer."""

CATALOGUE_ZH: dict[str, str] = {
    "{n} classes": "{n} 个类别",
    "predicts {targets}": "预测 {targets}",
    "reproduces its input": "重建输入",
    "{label}, set by the data: one score per class": "{label}，由数据决定：每个类别一个得分",
    "{label}, set by the data: one value per target": "{label}，由数据决定：每个目标一个值",
    "{label}, set by the data: one score per class at every step": (
        "{label}，由数据决定：每一步每个类别一个得分"
    ),
    "{label}, set by the data: the input again": "{label}，由数据决定：重建输入",
    "{label}, set by the loss: a position for every sample": "{label}，由损失决定：每个样本一个位置",
    "{label}, set by the data: one score per class, and one value": (
        "{label}，由数据决定：每个类别一个得分，外加一个数值"
    ),
}
