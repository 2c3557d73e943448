"""Words of the lab about the first weights."""

TEXT = {
    "title": ("First weights", "初始权重"),
    "notice": (
        "Every layer multiplies the spread of its values by some factor. Thirty layers multiply it thirty times, so "
        "only a factor close to 1 lets values pass forwards and gradients backwards.",
        "每一层都把数值的散布乘上某个系数。三十层就乘三十次，所以只有接近 1 的系数才能让数值向前、梯度向后顺利通过。",
    ),
    "try": (
        "Xavier was made for tanh, Kaiming for ReLU. What happens if you swap them, and from which depth do you see it?",
        "Xavier 适合 tanh，Kaiming 适合 ReLU。如果互换会怎样？从多深开始能看出来？",
    ),
    "field.initializer": ("Initialiser", "初始化方法"),
    "field.options": ("Options", "选项"),
    "field.activation": ("Activation", "激活函数"),
    "field.depth": ("Depth", "深度"),
    "field.width": ("Width", "宽度"),
    "field.seed": ("Seed", "随机种子"),
    "field.normalisation": ("Normalisation", "归一化"),
    "field.residual": ("Residual", "残差连接"),
    "choice.none": ("none", "无"),
    "choice.batchnorm1d": ("BatchNorm", "批归一化"),
    "choice.layernorm": ("LayerNorm", "层归一化"),
    "surprise.torch": ("PyTorch's default", "PyTorch 默认值"),
    "surprise.xavier": ("Xavier with ReLU", "Xavier 配 ReLU"),
    "surprise.explodes": ("standard deviation 1", "标准差为 1"),
    "surprise.rescued": ("rescued by BatchNorm", "由批归一化挽救"),
    "surprise.residual": ("with residual connections", "加上残差连接"),
    "surprise.sigmoid": ("sigmoid", "sigmoid"),
    "surprise.zeros": ("all zeros", "全为零"),
    "axis.layer": ("layer", "层"),
    "axis.spread": ("spread (root mean square)", "散布（均方根）"),
    "axis.value": ("value, in units of its spread", "数值（以散布为单位）"),
    "axis.share": ("share", "比例"),
    "values": ("values", "数值"),
    "gradients": ("gradients", "梯度"),
    "predicted": ("values, by theory", "数值（理论）"),
    "predicted_grad": ("gradients, by theory", "梯度（理论）"),
    "layer": ("layer", "层"),
    "distribution": (
        "Outputs of the first, the middle and the last layer",
        "第一层、中间层和最后一层的输出",
    ),
    "values_keeps": (
        "Through {n} layers the spread goes from {first} to {last}, and the gradient from {grad_last} at the end to "
        "{grad} at the first layer: all layers can learn.",
        "经过 {n} 层，散布从 {first} 变为 {last}，梯度从末端的 {grad_last} 变为第一层的 {grad}：所有层都能学习。",
    ),
    "values_explodes": (
        "The values explode: from a spread of {first} to {last} over {n} layers; the first layer's gradient is {grad}.",
        "数值爆炸：经过 {n} 层，散布从 {first} 变为 {last}；第一层的梯度是 {grad}。",
    ),
    "values_fades": (
        "The values fade: from a spread of {first} to {last} over {n} layers; the first layer's gradient is {grad}.",
        "数值消失：经过 {n} 层，散布从 {first} 变为 {last}；第一层的梯度是 {grad}。",
    ),
    "values_dies": (
        "All values are 0, so all gradients are 0: nothing will ever be learned.",
        "所有数值都是 0，所以所有梯度都是 0：什么也学不到。",
    ),
    "values_overflows": (
        "The values grow beyond what 32 bits can hold: they become ∞, and then NaN.",
        "数值增长到 32 位放不下：先变成 ∞，再变成 NaN。",
    ),
    "gradients_explodes": (
        "The values keep their spread ({first}, then {last}), but the gradient grows from {grad_last} at the end to "
        "{grad} at the first of {n} layers.",
        "数值保持散布（{first} 到 {last}），但梯度从末端的 {grad_last} 增长到 {n} 层中第一层的 {grad}。",
    ),
    "gradients_fades": (
        "The values keep their spread ({first}, then {last}), but the gradient fades from {grad_last} at the end to "
        "{grad} at the first of {n} layers: it learns almost nothing.",
        "数值保持散布（{first} 到 {last}），但梯度从末端的 {grad_last} 减弱到 {n} 层中第一层的 {grad}：它几乎学不到东西。",
    ),
    "gradients_dies": (
        "The values keep their spread, but no gradient comes back to the first layer.",
        "数值保持散布，但没有梯度回到第一层。",
    ),
    "gradients_overflows": (
        "The values keep their spread, but the gradient grows beyond what 32 bits can hold.",
        "数值保持散布，但梯度增长到 32 位放不下。",
    ),
    "theory": (
        "Theory: the first layer multiplies the mean square by {factor}. That is an average over all draws: with "
        "{width} units a layer, chance alone moves the result at the end by a factor of about {drift}.",
        "理论：第一层把均方值乘以 {factor}。这是对所有随机抽取的平均：每层 {width} 个单元时，单凭偶然，末端的结果就会"
        "偏离约 {drift} 倍。",
    ),
    "no_theory": (
        "There is no theory for this: it is about random weights, and here all are equal.",
        "这里没有理论曲线：理论针对随机权重，而这里所有权重都相等。",
    ),
}
HELP_ZH = {
    "initializer": "用什么填充权重",
    "options": "初始化方法的选项",
    "activation": "每个线性层之后的曲线",
    "depth": "层数",
    "width": "每层的单元数",
    "seed": "随机数的起点",
    "normalisation": "线性层与曲线之间的归一化",
    "residual": "把每层的输入加到它的输出上",
}
