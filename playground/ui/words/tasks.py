"""Chinese for what the tasks say of their data and of the output layer."""

CATALOGUE_ZH: dict[str, str] = {
    "{n} classes": "{n} 个类别",
    "predicts {targets}": "预测 {targets}",
    "gives back its input": "还原输入",
    "{label}, from the data: one score a class": "{label}，由数据决定：每个类别一个得分",
    "{label}, from the data: one value a target": "{label}，由数据决定：每个目标一个值",
    "{label}, from the data: a score a class at every step": (
        "{label}，由数据决定：每一步每个类别一个得分"
    ),
    "{label}, from the data: the input again": "{label}，由数据决定：还原输入",
    "{label}, from the loss: a place for every sample": "{label}，由损失决定：每个样本一个位置",
    "{label}, from the data: a score a class, and a value": (
        "{label}，由数据决定：每个类别一个得分，外加一个数值"
    ),
}
