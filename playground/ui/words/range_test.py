"""The learning-rate range test."""

TEXT: dict[str, tuple[str, str]] = {
    "range.title": ("Find a learning rate", "寻找学习率"),
    "range.help": (
        "a short separate run in which the rate grows at every step; your own run is not affected",
        "一次独立的短训练，学习率逐步增大，不影响你的训练",
    ),
    "range.start": ("Try all rates", "测试各种学习率"),
    "range.running": ("Trying…", "正在测试…"),
    "range.found": (
        "The loss falls fastest at {lr} (tried over {n} steps).",
        "损失在 {lr} 处下降最快（共测试 {n} 步）。",
    ),
    "range.none": (
        "The loss did not fall in {n} steps, so no rate can be suggested.",
        "{n} 步内损失没有下降，无法给出建议。",
    ),
    "range.cut": (
        "Time ran out at {lr}: higher rates were not tried. A smaller batch or network gets further.",
        "时间用尽，只测试到 {lr}。减小批量或网络可以测得更远。",
    ),
    "range.of_before": (
        "Measured before your last changes, for “{name}”: {n} layers on {data}.",
        "这是修改之前为“{name}”测得的结果：{n} 层，数据为{data}。",
    ),
    "range.use": ("Use {lr}", "采用 {lr}"),
}
