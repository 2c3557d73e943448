"""Words of the lab about triplets."""

TEXT = {
    "title": ("Triplets", "三元组"),
    "notice": (
        "Drag the three points. The loss is how far the negative is inside the outer circle; outside of it nothing pulls "
        "any more, however near the edge.",
        "拖动三个点。损失是负样本进入外圆的深度；一旦在圆外，无论离边缘多近，都不再有拉力。",
    ),
    "try": (
        "Place the points so that the loss is exactly the margin. How far are positive and negative then?",
        "摆放三个点，使损失正好等于间隔。这时正样本和负样本各有多远？",
    ),
    "field.anchor": ("Anchor", "锚点"),
    "field.positive": ("Same class", "同类"),
    "field.negative": ("Other class", "异类"),
    "field.margin": ("Margin", "间隔"),
    "field.steps": ("Steps", "步数"),
    "field.lr": ("Learning rate", "学习率"),
    "surprise.easy": ("easy: nothing to learn", "容易：没有可学的"),
    "surprise.semi_hard": ("semi-hard", "半难"),
    "surprise.hard": ("hard", "困难"),
    "surprise.together": ("all in one place", "全部在同一点"),
    "surprise.in_line": ("the negative in between", "负样本在中间"),
    "number.loss": ("loss", "损失"),
    "anchor": ("anchor", "锚点"),
    "positive": ("same class", "同类"),
    "negative": ("other class", "异类"),
    "as_far_as_positive": ("as far as the same class", "与同类同样远"),
    "free_beyond": ("beyond here the other class costs nothing", "异类在此之外不产生损失"),
    "pull": ("against the gradient", "梯度的反方向"),
    "point": ("point", "点"),
    "gradient_x": ("gradient, x", "梯度 x"),
    "gradient_y": ("gradient, y", "梯度 y"),
    "length": ("length", "长度"),
    "easy": (
        "Easy: {n} is at least {p} + {m}, so the loss and all gradients are 0.",
        "容易：{n} 不小于 {p} + {m}，所以损失和所有梯度都是 0。",
    ),
    "semi_hard": (
        "Semi-hard: the other class is farther ({n}) than the same class ({p}), but not by the margin of {m}.",
        "半难：异类（{n}）比同类（{p}）远，但没有超出间隔 {m}。",
    ),
    "hard": (
        "Hard: the other class ({n}) is not farther than the same class ({p}); the margin of {m} comes on top.",
        "困难：异类（{n}）并不比同类（{p}）远；还要再加上间隔 {m}。",
    ),
}
HELP_ZH = {
    "anchor": "从它出发比较的样本",
    "positive": "同一类别的样本",
    "negative": "另一类别的样本",
    "margin": "同类必须近多少",
    "steps": "画出的梯度下降步数",
    "lr": "这些步的学习率",
}
