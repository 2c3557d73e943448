"""Words of the lab about the graph of a computation."""

TEXT = {
    "title": ("A graph of gradients", "梯度的计算图"),
    "notice": (
        "Values go forward, gradients come back along the same edges: at each node what arrives is multiplied by the "
        "node's own slope. Where a value is used twice, its gradients add up.",
        "值向前走，梯度沿同样的边返回：每个节点把到来的梯度乘以自己的斜率。一个值被用两次时，两份梯度相加。",
    ),
    "try": (
        "For x*x + x at x = 3 the gradient is 7. Which three edges carry it back to x?",
        "对 x*x + x，在 x = 3 处梯度是 7。是哪三条边把它带回 x 的？",
    ),
    "field.expression": ("Formula", "公式"),
    "field.at": ("Values", "取值"),
    "field.step": ("Step", "步骤"),
    "field.passes": ("Backward passes", "反向传播次数"),
    "surprise.twice": ("a value used twice", "用两次的值"),
    "surprise.accumulate": ("three passes, never zeroed", "三次反向传播而不清零"),
    "surprise.relu": ("a ReLU that is off", "关闭的 ReLU"),
    "surprise.matrix": ("a layer: ReLU(Wx + b)", "一层网络：ReLU(Wx + b)"),
    "surprise.infinite": ("an infinite slope", "无穷大的斜率"),
    "number.value": ("value", "值"),
    "result": ("{formula} = {value}", "{formula} = {value}"),
    "variable": ("variable", "变量"),
    "value": ("value", "值"),
    "gradient": ("gradient", "梯度"),
    "accumulated": (
        "Each of the {n} backward passes added its gradient to what was there: call zero_grad before the next step.",
        "{n} 次反向传播都把梯度加到已有的上面：下一步之前要调用 zero_grad。",
    ),
    "summed": (
        "The result is no single number, so its sum was differentiated.",
        "结果不是单个数，所以对它的和求导。",
    ),
}
HELP_ZH = {
    "expression": "公式",
    "at": "各变量的取值：数、列表或列表的列表",
    "step": "计算进行到哪一步；-1：到最后",
    "passes": "反向传播的次数，中间不把梯度清零",
}
