"""The learning-rate range test."""

TEXT: dict[str, tuple[str, str]] = {
    "range.title": ("Find a learning rate", "寻找学习率"),
    "range.help": (
        "a short run of its own whose rate grows at every step; yours is not disturbed",
        "一次独立的短训练，学习率逐步增大，不影响你的训练",
    ),
    "range.start": ("Try all rates", "试遍各种学习率"),
    "range.running": ("Trying …", "正在尝试……"),
    "range.found": (
        "The loss falls fastest at {lr}, seen over {n} steps.",
        "损失在 {lr} 处下降最快（{n} 步）。",
    ),
    "range.none": (
        "The loss never fell in {n} steps: no rate to suggest.",
        "{n} 步内损失没有下降：无法建议。",
    ),
    "range.cut": (
        "Its time was over at {lr}: higher rates were not tried. A smaller batch or network gets further.",
        "时间到，只试到 {lr}，更高的学习率没有试；较小的批量或网络可以试得更远。",
    ),
    "range.use": ("Use {lr}", "采用 {lr}"),
}
