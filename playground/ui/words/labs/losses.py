"""Words of the lab about losses."""

TEXT = {
    "title": ("Losses", "损失函数"),
    "notice": (
        "Each curve is the loss as one number of the prediction moves and the others stay; the green line is the "
        "gradient, the pull that the network feels. Look where the pull is strong, and where it vanishes.",
        "每条曲线表示预测中一个数变化、其他数不变时的损失；绿线是梯度，即网络感受到的拉力。看看哪里拉力大，哪里消失。",
    ),
    "try": (
        "With a label smoothing of 0.3 and three classes, at which probability of the right class is the loss smallest?",
        "标签平滑为 0.3、共三个类别时，正确类别的概率是多少时损失最小？",
    ),
    "field.loss": ("Loss", "损失函数"),
    "field.options": ("Options", "选项"),
    "field.prediction": ("Prediction", "预测"),
    "field.target": ("Target", "目标"),
    "field.shows": ("Shows", "显示"),
    "choice.curve": ("curve", "曲线"),
    "choice.map": ("map", "等高线图"),
    "choice.surface": ("surface", "曲面"),
    "surprise.smoothing": ("too sure", "过于自信"),
    "surprise.saturated": ("a large loss without a gradient", "损失很大却没有梯度"),
    "surprise.logits": ("the same from logits", "直接用 logits 计算"),
    "surprise.one_sample": ("a class weight that cancels", "被约掉的类别权重"),
    "surprise.corner": ("the corner of L1", "L1 的尖点"),
    "surprise.settled": ("good enough for the hinge", "对合页损失已经足够"),
    "surprise.places": ("places instead of scores", "位置而不是得分"),
    "number.value": ("loss", "损失"),
    "loss": ("loss", "损失"),
    "slope": ("slope here", "此处的斜率"),
    "prediction": ("prediction", "预测"),
    "target": ("target", "目标"),
    "difference": ("difference", "差"),
    "gradient": ("gradient", "梯度"),
    "output": ("output", "输出"),
    "score": ("score", "得分"),
    "probability": ("probability", "概率"),
    "point": ("point", "点"),
    "class": ("class", "类别"),
    "place": ("place", "位置"),
    "chance": (
        "The right class has a probability of {p}; its negative logarithm is {loss}.",
        "正确类别的概率是 {p}，它的负对数是 {loss}。",
    ),
    "pull": (
        "The gradient here is at most {slope} in size: so hard does this loss pull at the prediction.",
        "这里梯度的大小最多为 {slope}：损失就以这样的力拉动预测。",
    ),
    "stuck": (
        "The loss is {value}, yet every gradient is 0: nothing can be learned from this.",
        "损失是 {value}，但所有梯度都是 0：从中学不到任何东西。",
    ),
    "settled": (
        "The loss and all gradients are 0: for this loss there is nothing left to learn here.",
        "损失和所有梯度都是 0：对这个损失来说，这里已经没有可学的了。",
    ),
    "not_finite": (
        "The loss is {value}: with such numbers no training can go on.",
        "损失是 {value}：有这样的数，训练无法继续。",
    ),
}
HELP_ZH = {
    "loss": "使用哪个损失函数",
    "options": "损失函数的选项",
    "prediction": "网络的输出：一个数、一个列表，或每个样本一个列表",
    "target": "正确答案：数，或从 0 开始的类别编号",
    "shows": "curve：一个数变化；map 和 surface：两个数变化",
}
